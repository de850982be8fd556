"""The page that an address means which is written in capitals, or with the language that needs no prefix."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_path
from wagtail.models import Page

from home.routing import root_paths
from home.visibility import shown


def page_meant(request: HttpRequest) -> str | None:
    """Return the path of the page that visitors are shown at another spelling of the address asked for."""
    path = _usual(request.path_info)
    if path == request.path_info:
        return None
    language = get_language_from_path(path)
    below = path.removeprefix(f"/{language}/" if language else "/")
    root = root_paths(request).get(language or settings.LANGUAGE_CODE)
    pages = Page.objects.live().filter(url_path=f"{root}{below}")
    return path if root and shown(pages).exists() else None


def _usual(path: str) -> str:
    """Return `path` in small letters, without the prefix of the language that has none."""
    small = path.lower()
    prefix = f"/{settings.LANGUAGE_CODE.lower()}/"
    return f"/{small.removeprefix(prefix)}" if small.startswith(prefix) else small
