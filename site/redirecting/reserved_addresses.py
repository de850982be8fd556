"""The addresses that the site answers itself, which no rule touches: admin, files, the gate."""

from collections.abc import Iterator
from urllib.parse import unquote

from django.conf import settings

from home.models.region import RESERVED_CODES


def is_reserved(path: str) -> bool:
    """Say whether `path` starts with a segment that is the site's own, in any language."""
    segments = [segment for segment in unquote(path).lower().split("/") if segment]
    if segments and segments[0] in dict(settings.LANGUAGES):
        segments = segments[1:]
    return bool(segments) and segments[0] in RESERVED_CODES


def reserved_samples() -> Iterator[str]:
    """Give addresses that are reserved, to try a pattern on."""
    for language in ("", *(f"/{code}" for code in dict(settings.LANGUAGES))):
        for code in sorted(RESERVED_CODES):
            yield f"{language}/{code}/"
            yield f"{language}/{code}/x/"
