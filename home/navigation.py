"""A page's navigation: its region's header, menu, languages and footer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from django.template.context import Context
from django.utils.translation import get_language, get_language_info
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, Site

from region_gate.constancy import asked_once

from .blocks.reporting import ReportingContactValue
from .models import Region, RegionHomePage, RegionSelectorPage
from .models.frame import contact_of
from .office_hours import OfficeHours, hours_of, written_hours
from .ownership import above, owner_at
from .reporting import reporting_contacts
from .visibility import PRIVATE, marked_private, shown

NEAREST = "nearest"  # the fragment at which a page says that it stands for one that is not translated


@dataclass(frozen=True)
class LanguageLink:
    """A link to the current page in one of the languages.

    Where that language has no such page, to the nearest one above it that it has, titled `instead`.
    """

    code: str
    url: str
    is_current: bool
    absolute_url: str = ""
    instead: str = ""

    @property
    def name(self) -> str:
        """The language's name for itself, such as “Deutsch”."""
        return get_language_info(self.code)["name_local"].capitalize()


@dataclass(frozen=True)
class Navigation:
    """A region's navigation in one language; without a region, the site's own.

    `home` is the region's home page in the active language, or in its first language where
    there is none in the active one. `contact` has the details for the footer. `branch` is the child
    of `home` that the page is or stands below, `trail` the way there: the pages from `home` down to the
    page itself, none for `home`. `translations` are for the page itself only. `everywhere` are the live
    home pages of all regions, in order.
    """

    region: Region | None = None
    home: RegionHomePage | None = None
    homes: list[RegionHomePage] = field(default_factory=list)
    menu: list[Page] = field(default_factory=list)
    contact: Any = None
    footer: list[Page] = field(default_factory=list)
    branch: Page | None = None
    trail: list[Page] = field(default_factory=list)
    languages: list[LanguageLink] = field(default_factory=list)
    translations: list[LanguageLink] = field(default_factory=list)
    everywhere: tuple[RegionHomePage, ...] = ()

    @property
    def home_title(self) -> str:
        """The title of `home`, with its language where the region's homes in others are called the same."""
        if self.home is None:
            return ""
        title, language = self.home.title, self.home.locale.language_code
        is_shared = any(other.pk != self.home.pk and other.title == title for other in self.homes)
        name = get_language_info(language)["name_local"].capitalize()
        return f"{title} ({name})" if is_shared else title

    @property
    def office_hours(self) -> OfficeHours | None:
        """The office hours of the contact, in words of the language of `home`; None without any."""
        if self.home is None:
            return None
        country = next((country.code for country in self.home.region.countries), "")
        return written_hours(hours_of([self.home, *self.homes]), get_language() or "en", country)

    @property
    def reporting(self) -> list[ReportingContactValue]:
        """Whom the region's people tell of a side effect, country by country."""
        return reporting_contacts([self.home, *self.homes])


def navigation(request: HttpRequest, page: Page | None, region_code: str | None) -> Navigation:
    """Return the navigation for `page`, else for the region `region_code`, else for the address."""
    homes = _live_homes()
    here = _homes_here(homes, request, page, region_code)
    if not here:
        languages = _selector_languages(request, page)
        is_selector = isinstance(page, RegionSelectorPage)
        return Navigation(languages=languages, translations=languages if is_selector else [])
    home = in_active_language(here)
    children = _children(home)
    family = _family(page)
    nearest = _by_language(family)
    translations = {code: one for code, one in nearest.items() if page and _is_same(one, page)}
    entrances = (entrance for entrance in here if not getattr(entrance, PRIVATE))
    languages = _language_links({**_by_language(entrances), **nearest}, request, page)
    return Navigation(
        region=home.region,
        home=home,
        homes=here,
        menu=_chosen(home, "menu") or [child for child in children if child.show_in_menus],
        footer=_chosen(home, "footer_menu") or [child for child in children if child.show_in_footer],
        contact=contact_of(home, home.region),
        branch=_branch(children, home, page),
        trail=_trail(family, home, page),
        languages=languages,
        translations=[link for link in languages if link.code in translations],
        everywhere=tuple(homes),
    )


@asked_once
def _live_homes() -> list[RegionHomePage]:
    return list(marked_private(RegionHomePage.objects.live().in_order()))


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


def _family(page: Page | None) -> list[Page]:
    """Return `page` and the pages above it, as visitors are shown them in all languages, from the top."""
    if page is None or not page.pk:
        return []
    way = Page.objects.filter(path__in=above(page.path), depth__gt=1).values("translation_key")
    pages = shown(
        Page.objects.live().filter(Q(translation_key=page.translation_key) | Q(translation_key__in=way))
    )
    return [*pages.select_related("locale").order_by("depth")]


def _trail(family: Iterable[Page], home: RegionHomePage, page: Page | None) -> list[Page]:
    """Return the way from `home` down to `page`, perhaps a draft, by what of its `family` is above it."""
    if page is None or page.pk == home.pk:
        return []
    places = {*above(page.path)[1:]}
    return [*(one for one in family if one.path in places and one.depth >= home.depth), page]


def _is_same(one: Page, page: Page) -> bool:
    return bool(one.translation_key == page.translation_key)


def _selector_languages(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    if isinstance(page, RegionSelectorPage):
        return _language_links(_by_language(_family(page)), request, page)
    selectors = RegionSelectorPage.objects.live().select_related("locale")
    return _language_links(_by_language(selectors), request)


def _language_links(
    pages: Mapping[str, Page], request: HttpRequest, shown_page: Page | None = None
) -> list[LanguageLink]:
    """Return the links to `pages`, by language, in the order of the settings' languages."""
    codes = [code for code, _name in settings.LANGUAGES if code in pages]
    return [_language_link(code, pages[code], request, shown_page) for code in codes]


def _language_link(code: str, page: Page, request: HttpRequest, shown_page: Page | None) -> LanguageLink:
    url = page.get_url(request) or "/"
    absolute = page.get_full_url(request) or url
    if shown_page is None or not shown_page.pk:
        return LanguageLink(code, url, code == get_language(), absolute)
    if _is_same(page, shown_page):
        part = _part_of(shown_page, request)
        return LanguageLink(code, url + part, code == get_language(), absolute + part)
    return LanguageLink(code, f"{url}#{NEAREST}", code == get_language(), absolute, page.title)


def _part_of(page: Page, request: HttpRequest) -> str:
    """Return what the address asked for has below that of `page`, as a home page's "regions/"."""
    own = page.get_url(request) or ""
    return request.path.removeprefix(own) if isinstance(page, RoutablePageMixin) and own else ""


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
