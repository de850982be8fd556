"""The site's own part in what its pages are: another release of it makes other pages."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

FOLDERS = ("home", "therapies", "region_gate", "site")
SUFFIXES = {".py", ".html", ".xml", ".mo", ".css", ".js"}
# Whatever else of the settings a page shows comes with the code.
DECISIVE = (
    *("SECRET_KEY", "SECRET_KEY_FALLBACKS", "SITE_URL", "TIME_ZONE", "LANGUAGE_CODE"),
    *("STATIC_URL", "MEDIA_URL", "DEBUG"),
)


@cache
def fingerprint() -> str:
    """Return what tells this release, with these settings, from any other."""
    found = blake2b(digest_size=16)
    for name in DECISIVE:
        found.update(repr(getattr(settings, name, None)).encode())
    found.update(repr([code for code, _name in settings.LANGUAGES]).encode())
    for path in sorted(_files()):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in (settings.BASE_DIR / folder).rglob("*") if path.suffix in SUFFIXES)
    yield settings.BASE_DIR / "requirements.txt"
