"""At which addresses a change is seen: a page's own, or all."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.db.models import Model, Q
from wagtail.models import Page

from home.glossary import glossary_pages
from home.models import RegionHomePage
from review.models import Approval
from therapies.models import Mention

from .conf import is_fronted
from .purging import purge, purge_all

# What of a page other pages show, in menus, lists and links; a change of these is seen everywhere.
SHOWN_ELSEWHERE = ("title", "slug", "url_path", "live", "show_in_menus", "locale_id", "expired")
KEPT = "_shown_elsewhere"


def remember(page: Page) -> None:
    """Note on `page`, about to be saved, what other pages show of it as it is stored."""
    if is_fronted():
        stored = Page.objects.filter(pk=page.pk).values_list(*SHOWN_ELSEWHERE).first()
        setattr(page, KEPT, stored)


def purge_what_shows(instance: Model) -> None:
    """Have the cache in front drop what shows `instance`, which has just been changed; when in doubt, all."""
    if isinstance(instance, (Approval, Mention)):  # written with their page, and seen on it alone
        purge(addresses_of([instance.page]) if instance.page else [])
    elif isinstance(instance, Page) and _is_seen_there_alone(instance):
        purge(addresses_of(_showing(instance)))
    else:
        purge_all()


def _is_seen_there_alone(page: Page) -> bool:
    """Say whether nothing has changed of `page` but what stands on itself, and in the list above it."""
    before: Any = getattr(page, KEPT, None)
    return before is not None and before == tuple(getattr(page, name) for name in SHOWN_ELSEWHERE)


def _showing(page: Page) -> Iterable[Page]:
    """Return `page`, its translations, the pages above it, which may list it, and its region's glossary."""
    pages = Page.objects.filter(Q(translation_key=page.translation_key) | Q(pk__in=page.get_ancestors()))
    home = RegionHomePage.objects.ancestor_of(page, inclusive=True).first()
    return [*pages, *(glossary_pages(home) if home else [])]


def addresses_of(pages: Iterable[Page]) -> set[str]:
    """Return the addresses of `pages`, and of the sitemap beside them."""
    found = set[str]()
    for page in pages:
        if url := page.full_url:
            found |= {url, urljoin(url, "/sitemap.xml")}
    return found
