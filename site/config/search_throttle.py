"""How often visitors at one address may search: a search is made anew each time, unlike a page."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.client_address import client_network

SEARCHES = 600  # in a minute; a whole hospital may share an address
MINUTE = 60  # seconds


def may_search(request: HttpRequest) -> bool:
    """Count a search by whoever sends `request`, and say whether it is one too many for this minute."""
    minute = int(timezone.now().timestamp()) // MINUTE
    address = salted_hmac("config.search_throttle", client_network(request)).hexdigest()
    key = f"searches:{minute}:{address}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return (cache.incr(key) or 0) <= SEARCHES  # no number where the shared cache does not answer
    except ValueError:  # dropped meanwhile
        return True
