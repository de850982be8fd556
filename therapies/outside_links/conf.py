"""How far the job goes, read nowhere else.

`OUTSIDE_LINKS_PER_NIGHT`: how many addresses of other sites are asked each night; none unless it is set.
"""

from django.conf import settings

MAX_FOR_EACH_HOST = 20  # addresses in a night
PAUSE = 1.0  # seconds between two addresses of one host
MAX_MINUTES = 60  # that a night's work takes


def per_night() -> int:
    """Return how many addresses are asked in a night."""
    return int(getattr(settings, "OUTSIDE_LINKS_PER_NIGHT", 0))
