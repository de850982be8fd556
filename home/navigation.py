"""A page's navigation: its region's header, menu, languages and footer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from django.template.context import Context
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from region_gate.constancy import asked_once

from .models import Region, RegionHomePage, RegionSelectorPage
from .models.frame import contact_of
from .ownership import owner_at
from .visibility import shown


@dataclass(frozen=True)
class LanguageLink:
    """A link to the current page in one of the languages."""

    code: str
    url: str
    is_current: bool
    absolute_url: str = ""

    @property
    def name(self) -> str:
        """The language's name for itself, such as “Deutsch”."""
        return get_language_info(self.code)["name_local"].capitalize()


@dataclass(frozen=True)
class Navigation:
    """A region's navigation in one language; without a region, the site's own.

    `home` is the region's home page in the active language, or in its first language where
    there is none in the active one. `contact` has the details for the footer. `branch` is the child
    of `home` that the page is or stands below. `translations` are for the page itself only.
    """

    region: Region | None = None
    home: RegionHomePage | None = None
    homes: list[RegionHomePage] = field(default_factory=list)
    menu: list[Page] = field(default_factory=list)
    contact: Any = None
    footer: list[Page] = field(default_factory=list)
    branch: Page | None = None
    languages: list[LanguageLink] = field(default_factory=list)
    translations: list[LanguageLink] = field(default_factory=list)


def navigation(request: HttpRequest, page: Page | None, region_code: str | None) -> Navigation:
    """Return the navigation for `page`, else for the region `region_code`, else for the address."""
    homes = _live_homes()
    here = _homes_here(homes, request, page, region_code)
    if not here:
        return Navigation(languages=_selector_languages(request, page))
    home = in_active_language(here)
    children = _children(home)
    translations = _translations(page, request)
    languages = _language_links({**_by_language(here), **translations}, request)
    return Navigation(
        region=home.region,
        home=home,
        homes=here,
        menu=_chosen(home, "menu") or [child for child in children if child.show_in_menus],
        footer=_chosen(home, "footer_menu") or [child for child in children if child.show_in_footer],
        contact=contact_of(home, home.region),
        branch=_branch(children, home, page),
        languages=languages,
        translations=[link for link in languages if link.code in translations],
    )


@asked_once
def _live_homes() -> list[RegionHomePage]:
    return list(RegionHomePage.objects.live().in_order())


def _homes_here(
    homes: list[RegionHomePage], request: HttpRequest, page: Page | None, code: str | None
) -> list[RegionHomePage]:
    """Return one region's home pages: the page's, else the code's, else the address's."""
    if page is not None and page.path:
        home = owner_at(page.path, {home.path: home for home in homes})
        codes = {home.slug} if home else set()
    elif code is not None:
        codes = {code}
    else:
        codes = _codes_at(homes, request)
    return [home for home in homes if home.slug in codes]


def _codes_at(homes: Iterable[RegionHomePage], request: HttpRequest) -> set[str]:
    """Return the code of the region at the request's address, whatever the language."""
    site = Site.find_for_request(request)
    address = _without_language(request.path)
    found = set()
    for home in homes:
        site_id, _root_url, path = home.get_url_parts(request) or (None, None, None)
        if site and path and site_id == site.pk and address.startswith(_without_language(path)):
            found.add(home.slug)
    return found


def _without_language(path: str) -> str:
    """Return `path` as it would be in the default language."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if slash and first in dict(settings.LANGUAGES) else path


def _in_language(homes: Iterable[RegionHomePage], language: str | None) -> RegionHomePage | None:
    return next((home for home in homes if home.locale.language_code == language), None)


@asked_once
def _children(home: RegionHomePage) -> list[Page]:
    """Return those children of `home` that have a place in its navigation."""
    placed = Q(show_in_menus=True) | Q(show_in_footer=True)
    children = shown(Page.objects.live().child_of(home)).order_by("path")
    return list(children.annotate(show_in_footer=F("standardpage__show_in_footer")).filter(placed))


@asked_once
def _chosen(home: RegionHomePage, menu: str) -> list[Page]:
    """Return the pages that `home` puts into one of its menus, in its own language, in their order."""
    keys = [child["value"] for child in getattr(home, menu).raw_data]
    if not keys:
        return []
    wanted = dict(Page.objects.filter(pk__in=keys).values_list("pk", "translation_key"))
    found = shown(Page.objects.live().descendant_of(home).filter(translation_key__in=wanted.values()))
    pages = {page.translation_key: page for page in found}
    return [pages[wanted[key]] for key in dict.fromkeys(keys) if wanted.get(key) in pages]


def _branch(children: Iterable[Page], home: RegionHomePage, page: Page | None) -> Page | None:
    """Return the child of `home` that `page` is or stands below."""
    path = page.path[: len(home.path) + Page.steplen] if page is not None else ""
    if len(path) <= len(home.path):
        return None
    return next((child for child in children if child.path == path), None) or _shown_at(path)


@asked_once
def _shown_at(path: str) -> Page | None:
    return shown(Page.objects.live().filter(path=path)).first()


def _by_language(pages: Iterable[Page]) -> dict[str, Page]:
    return {page.locale.language_code: page for page in pages}


def _translations(page: Page | None, request: HttpRequest) -> dict[str, Page]:
    if page is None or not page.pk:
        return {}
    pages = shown(Page.objects.live().filter(translation_key=page.translation_key))
    return _by_language(pages.select_related("locale"))


def _selector_languages(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    if isinstance(page, RegionSelectorPage):
        return _language_links(_translations(page, request), request)
    selectors = RegionSelectorPage.objects.live().select_related("locale")
    return _language_links(_by_language(selectors), request)


def _language_links(pages: Mapping[str, Page], request: HttpRequest) -> list[LanguageLink]:
    """Return the links in the order of the settings' languages."""
    return [_language_link(code, pages[code], request) for code, _name in settings.LANGUAGES if code in pages]


def _language_link(code: str, page: Page, request: HttpRequest) -> LanguageLink:
    url = page.get_url(request) or "/"
    return LanguageLink(code, url, code == get_language(), page.get_full_url(request) or url)


def canonical_url(request: HttpRequest, page: Page) -> str:
    """Return the address asked for at the page's own site, by whatever host or port it was reached."""
    _site, origin, _path = page.get_url_parts(request) or (None, "", "")
    return f"{origin}{request.path}"


def in_active_language(homes: list[RegionHomePage]) -> RegionHomePage:
    """Return the one of a region's home pages in the active language, else its first."""
    return _in_language(homes, get_language()) or homes[0]


def navigation_of(context: Context) -> Navigation:
    """Return the navigation for what a template shows, found once for each request.

    Reads `page`, `region_code` and `request` from `context`.
    """
    request = context["request"]
    if not hasattr(request, "_navigation"):
        request._navigation = navigation(request, context.get("page"), context.get("region_code"))
    return request._navigation
