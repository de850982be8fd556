"""Link texts that look like an address, but not like the one that the link leads to."""

import re
from urllib.parse import unquote

from ada_url import URL

from region_gate.links.destinations import Destination

EDGES = "()[]<>«»„“”\"'.,;:!?…"
WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?")
FILE = re.compile(r"[^/]+\.(?:csv|docx?|html?|jpe?g|pdf|png|pptx?|txt|xlsx?|zip)", re.IGNORECASE)
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def is_misleading(text: str, destination: Destination) -> str:
    """Return the address in a link's `text` that is not where it leads, blank if there is none.

    Of web addresses only the hosts are compared: to shorten one is not to mislead.
    """
    words = (word.strip(EDGES) for word in text.split())
    return next((word for word in words if word and _misleads(word, destination)), "")


def _misleads(word: str, destination: Destination) -> bool:
    if MAIL.fullmatch(word):
        return word.casefold() not in unquote(destination.url).casefold()
    if not (WEB.fullmatch(word) or HOST.fullmatch(word)) or FILE.fullmatch(word):
        return False
    return _host_in(word) != _plain(destination.host)


def _host_in(word: str) -> str:
    """Return the host as the URL Standard spells it, blank where it cannot be read."""
    try:
        return _plain(URL(word if "://" in word else f"https://{word}").host)
    except ValueError:
        return ""


def _plain(host: str) -> str:
    """Return the host without `www.`, which readers ignore."""
    return host.removesuffix(".").removeprefix("www.")
