"""In which country a visitor seems to be, as far as the request tells."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from .directory import Country, all_countries

COUNTRY_OF = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})"
)  # a language as it is used somewhere (RFC 5646)


def suggested(request: HttpRequest, language: str) -> Country | None:
    """Return the country that the CDN names, else the first that the browser's languages do."""
    known = all_countries(language)
    return next((known[code] for code in _codes(request) if code in known), None)


def _codes(request: HttpRequest) -> Iterator[str]:
    if settings.COUNTRY_HEADER:
        yield request.headers.get(settings.COUNTRY_HEADER, "").strip().upper()
    for tag, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if found := COUNTRY_OF.fullmatch(tag):
            yield found[1].upper()
