"""Days, languages and addresses as the reports write them, cached because there are thousands."""

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language

from region_gate import clock

DAY = "j F Y"  # never to be taken for another day
SHORT_DAY = "j M Y"
MAX_CACHED = 4096


def written(day: date, form: str = DAY) -> str:
    """Return `day` in the active language; of a moment, its day on the site."""
    if isinstance(day, datetime):
        day = clock.day_of(day)
    return _written(day, form, get_language())


def language_name(code: str) -> str:
    """Return the name of a language in the active one; of one that the settings do not know, its code."""
    return _language_name(code, get_language())


def address(name: str, pk: int) -> str:
    """Return the address called `name` of the row with the key `pk`."""
    return _pattern(name, get_language()).replace("/0/", f"/{pk}/")


@lru_cache(MAX_CACHED)
def _written(day: date, form: str, active: str | None) -> str:
    return str(date_format(day, form))


@lru_cache(MAX_CACHED)
def _language_name(code: str, active: str | None) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


@lru_cache(MAX_CACHED)
def _pattern(name: str, active: str | None) -> str:
    return reverse(name, args=[0])
