"""Builds the demo's page trees: first every page, then the texts, which link the pages."""

import json
import re
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from home.models import Region, RegionHomePage, RegionSelectorPage, StandardPage
from therapies.catching_up.deciding import declare
from therapies.catching_up.families import sources_of
from therapies.models import (
    EvidencePage,
    ProductPage,
    Reference,
    TherapyIndexPage,
    TherapyPage,
    Topic,
)

from . import files
from .approvals import approve
from .contacts import office_hours, reporting
from .regions import DemoRegion
from .texts import page_text

SELECTOR_TITLES = {
    "en": "Choose your region",
    "de": "Wählen Sie Ihre Region",
    "fr": "Choisissez votre région",
}
# Each page's name, its class and what is set on it besides its text.
HOME_CHILDREN: list[tuple[str, type[Page], dict[str, Any]]] = [
    ("therapies", TherapyIndexPage, {"slug": "therapies", "show_in_menus": True}),
    ("product", ProductPage, {"slug": "sir-spheres", "show_in_menus": True}),
    ("evidence", EvidencePage, {"slug": "clinical-evidence", "show_in_menus": True}),
    ("professionals", StandardPage, {"slug": "professionals", "show_in_menus": True}),
    ("about", StandardPage, {"slug": "about", "show_in_menus": True}),
    ("glossary", StandardPage, {"slug": "glossary", "show_in_footer": True}),
    ("contact", StandardPage, {"slug": "contact", "show_in_footer": True}),
    ("legal", StandardPage, {"slug": "legal", "show_in_footer": True}),
    ("privacy", StandardPage, {"slug": "privacy", "show_in_footer": True}),
    ("cookies", StandardPage, {"slug": "cookies", "show_in_footer": True}),
    ("accessibility", StandardPage, {"slug": "accessibility", "show_in_footer": True}),
]
# Each topic's page by the name of its text: the topic's slug and its name for editors.
TOPICS = {
    "therapy": ("liver-metastases-colorectal-cancer", "Liver metastases from colorectal cancer"),
    "difference": ("liver-cancer-and-metastases", "Liver cancer and liver metastases"),
    "tests": ("imaging-and-tests", "Imaging and tests"),
    "visit": ("preparing-for-a-visit", "Preparing for a visit"),
    "living": ("living-with-treatment", "Living with treatment"),
}


@dataclass(frozen=True)
class DemoPage:
    """Where a page of the demo stands: region, language and the name of its text."""

    region: str
    language: str
    name: str


Pages = dict[DemoPage, Page]


def selectors() -> dict[str, RegionSelectorPage]:
    """Return the region selector in each of the demo's languages, made if need be."""
    first = RegionSelectorPage.objects.get(locale=Locale.get_default())
    return {language: _selector(first, language) for language in SELECTOR_TITLES}


def _selector(first: RegionSelectorPage, language: str) -> RegionSelectorPage:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    selector = first.get_translation_or_none(locale) or first.copy_for_translation(locale)
    selector.title = SELECTOR_TITLES[language]
    return publish(selector)


def build(region: Region, demo: DemoRegion) -> Pages:
    """Return the pages of `region` in its languages, still drafts without their texts."""
    homes = {home.locale.language_code: home for home in region.home_pages.select_related("locale")}
    pages: Pages = {DemoPage(demo.code, language, "home"): home for language, home in homes.items()}
    first, *others = demo.titles
    tree = _tree(homes[first], demo, first)
    for name, page in tree.items():
        pages[DemoPage(demo.code, first, name)] = page
        for language in others:
            pages[DemoPage(demo.code, language, name)] = _translation(page, homes[language])
    return pages


def _translation(page: Page, home: RegionHomePage) -> Page:
    """Return the translation of `page` below `home`, which a new region may have already."""
    found = page.get_translation_or_none(home.locale)
    return _last(found, home) if found else page.copy_for_translation(home.locale)


def _last(page: Page, home: RegionHomePage) -> Page:
    """Return `page`, a draft, moved behind the other children of `home`: they stand in the demo's order."""
    page.move(home, pos="last-child")
    return Page.objects.get(pk=page.pk).specific


def _tree(home: RegionHomePage, demo: DemoRegion, language: str) -> dict[str, Page]:
    """Return the pages below a region's home page in its first language, each child after its parent."""
    pages = {}
    for name, page_class, values in HOME_CHILDREN:
        if name == "product" and not demo.has_product:
            continue
        title = page_text(name, language, demo)["title"]
        found = page_class.objects.child_of(home).filter(slug=values["slug"]).first()
        new = page_class(title=title, live=False, **values)
        pages[name] = _last(found, home) if found else home.add_child(instance=new)
    for name in TOPICS:
        pages[name] = pages["therapies"].add_child(instance=_therapy(name, language, demo))
    return pages


def _therapy(name: str, language: str, demo: DemoRegion) -> TherapyPage:
    slug, title = TOPICS[name]
    topic, _ = Topic.objects.get_or_create(slug=slug, defaults={"name": title})
    return TherapyPage(title=page_text(name, language, demo)["title"], slug=slug, topic=topic, live=False)


def fill(pages: Pages, demo: DemoRegion) -> None:
    """Write the texts of `demo`'s pages, with their links, and publish them."""
    for place in pages:
        if place.region == demo.code:
            _fill(place, pages, demo)


def _fill(place: DemoPage, pages: Pages, demo: DemoRegion) -> None:
    # Read anew: what `build` holds does not know the children that came after it.
    page = Page.objects.get(pk=pages[place].pk).specific
    text = page_text(place.name, place.language, demo)
    page.title = page.draft_title = text["title"] or demo.titles[place.language]
    page.search_description = text["search_description"]
    page.intro = _linked(text["intro"], place, pages, demo)
    page.body = _linked(json.dumps(text["body"]), place, pages, demo)
    if isinstance(page, RegionHomePage):
        page.office_hours, page.time_zone = office_hours(), demo.time_zone
        page.reporting = reporting(demo, place.language)
    publish(page, place)


def _linked(text: str, place: DemoPage, pages: Pages, demo: DemoRegion) -> str:
    """Return `text`, HTML or HTML within JSON, with `page:` and `reference:` made links and citations.

    A string of JSON that is nothing else is what a block points to: that may be a picture or a document, too.
    """

    def key(kind: str, name: str) -> int:
        match kind:
            case "page":
                return int(_target(name, place, pages, demo).pk)
            case "reference":
                return int(_van_hazel().pk)
        region = Region.objects.get(code=place.region)
        return int((files.picture if kind == "picture" else files.document)(name, region).pk)

    def link(match: re.Match[str]) -> str:
        quote, kind, name = match.groups()
        return f"id={quote}{key(kind, name)}{quote} linktype={quote}{kind}{quote}"

    linked = re.sub(r'href=(\\?")(page|reference):(\w+)\\?"', link, text)
    return re.sub(
        r'"(page|reference|picture|document):([\w.]+)"', lambda match: str(key(*match.groups())), linked
    )


def _target(name: str, place: DemoPage, pages: Pages, demo: DemoRegion) -> Page:
    """Return the page called `name` that the page at `place` links to."""
    if name == "evidence" and place.name == "therapy" and demo.evidence_in:
        return pages[DemoPage(demo.evidence_in, "en", name)]
    return pages[DemoPage(place.region, place.language, name)]


def _van_hazel() -> Reference:
    reference, _ = Reference.objects.get_or_create(
        doi="10.1200/JCO.2015.66.1181",
        defaults={"text": "van Hazel GA et al. J Clin Oncol 2016; 34: 1723–31.", "year": 2016},
    )
    return reference


def publish(page: Page, place: DemoPage | None = None) -> Page:
    """Publish `page` as an editor's revision would be, in a region with its legal team's approval."""
    revision = page.save_revision()
    if place:
        approve(revision, place.region, place.language, place.name)
        for one in sources_of(page):
            declare(page, Page.objects.get(pk=one.source), None)
    revision.publish()
    return page
