"""The demo's pages as a search engine crawls them, from the selector on, at a host of the internet."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from unittest import mock
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.test import Client, override_settings
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page, Site

from config import sitemap
from region_gate.snapshot import _snapshot

HOST = "site.example"
ORIGIN = f"https://{HOST}"
START = f"{ORIGIN}/"
MOST_CLICKS = 4
# Of the pages about one country a few, of a region and of none: all are alike.
COUNTRIES = re.compile(r"/country/(?!(?:ca|de|jp)/)[a-z]{2}/")
NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@dataclass
class Visited:
    """A page as it was answered, and after how many clicks."""

    url: str
    clicks: int
    status: int
    html: str = field(repr=False)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page, read."""
        return LexborHTMLParser(self.html)

    @cached_property
    def anchors(self) -> set[str]:
        """What of the page can be linked to."""
        return {node.attributes["id"] or "" for node in self.tree.css("[id]")}

    @cached_property
    def links(self) -> list[str]:
        """The addresses on our host that the page links to, absolute."""
        found = (urljoin(self.url, node.attributes["href"] or "") for node in self.tree.css("a[href]"))
        return [link for link in found if urlsplit(link).netloc == HOST and not COUNTRIES.search(link)]

    @property
    def is_notice(self) -> bool:
        """Say whether this is the gate's."""
        return "/leaving/" in self.url

    @property
    def is_listed(self) -> bool:
        """Say whether search engines may list it."""
        return self.tree.css_first("meta[name=robots]") is None

    def content(self, selector: str, attribute: str = "content") -> str:
        """Return what the one element that `selector` finds says."""
        (node,) = self.tree.css(selector)
        return node.attributes[attribute] or ""

    @property
    def alternates(self) -> dict[str, str]:
        """The addresses of the page in other languages, as its head has them."""
        found = self.tree.css("link[rel=alternate][hreflang]")
        return {node.attributes["hreflang"] or "": node.attributes["href"] or "" for node in found}


@dataclass(frozen=True)
class Crawl:
    """All that was met: pages by their addresses, the files they need or offer, what the sitemaps name."""

    pages: dict[str, Visited]
    files: dict[str, int]
    live: set[str]
    alternates: dict[str, dict[str, str]]
    parts: list[str]
    listed_in_parts: list[str]
    robots: str

    @property
    def listed(self) -> list[Visited]:
        """The pages that search engines may list."""
        return [page for page in self.pages.values() if page.status == 200 and page.is_listed]


@pytest.fixture(scope="module")
def crawl(django_db_setup, django_db_blocker) -> Iterator[Crawl]:
    """The whole demo, crawled once, as it stands at its host."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(ALLOWED_HOSTS=[HOST]):
        Site.objects.filter(is_default_site=True).update(hostname=HOST, port=443)
        Site.clear_site_root_paths_cache()
        _snapshot.cache_clear()
        yield _crawl(Client(SERVER_NAME=HOST, SERVER_PORT="443"))
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()
    _snapshot.cache_clear()


def _crawl(client: Client) -> Crawl:
    pages: dict[str, Visited] = {}
    downloads: dict[str, int] = {}
    queue = [(START, 0)]
    for url, clicks in queue:  # which grows meanwhile
        if url in pages or url in downloads:
            continue
        answer = client.get(url.removeprefix(ORIGIN), secure=True)
        if not answer.headers["Content-Type"].startswith("text/html"):
            downloads[url] = answer.status_code
            answer.getvalue()  # to its end, which closes the file
            continue
        pages[url] = page = Visited(url, clicks, answer.status_code, answer.text)
        if not page.is_notice:
            queue += [(urldefrag(link).url, clicks + 1) for link in page.links]
    with mock.patch.object(sitemap, "IN_PART", 20):
        parts = _locations(client, f"{ORIGIN}/sitemap.xml")
        listed_in_parts = [url for part in parts for url in _locations(client, part)]
    return Crawl(
        pages,
        downloads | {url: _status_of(client, url) for url in sorted(_files_of(pages.values()))},
        {page.full_url for page in Page.objects.live().public().filter(depth__gt=1)},
        _alternates(client),
        parts,
        listed_in_parts,
        client.get("/robots.txt", secure=True).text,
    )


def _files_of(pages) -> set[str]:
    """Return the addresses of the style sheets, scripts and pictures of `pages`."""
    needed = ("link[href]:not([rel=canonical]):not([rel=alternate])", "href"), ("[src]", "src")
    return {
        urljoin(page.url, node.attributes[name] or "")
        for page in pages
        for selector, name in needed
        for node in page.tree.css(selector)
    }


def _status_of(client: Client, url: str) -> int:
    answer = client.get(url.removeprefix(ORIGIN), secure=True)
    answer.getvalue()  # to its end, which closes the file
    return answer.status_code


def _read(client: Client, url: str) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(url.removeprefix(ORIGIN), secure=True).content)  # noqa: S314 - our own


def _locations(client: Client, url: str) -> list[str]:
    return [node.text or "" for node in _read(client, url).findall(".//s:loc", NAMESPACES)]


def _alternates(client: Client) -> dict[str, dict[str, str]]:
    listed = _read(client, f"{ORIGIN}/sitemap.xml").findall("s:url", NAMESPACES)
    return {
        url.findtext("s:loc", "", NAMESPACES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMESPACES)
        }
        for url in listed
    }


def test_every_page_is_reached_in_a_few_clicks(crawl):
    assert crawl.live - crawl.pages.keys() == set()
    assert max(crawl.pages[url].clicks for url in crawl.live) <= MOST_CLICKS


def test_no_link_is_dead_or_leads_on(crawl):
    assert {url: page.status for url, page in crawl.pages.items() if page.status != 200} == {}
    assert {url: status for url, status in crawl.files.items() if status != 200} == {}


def test_no_link_leads_to_a_place_that_the_page_has_not(crawl):
    lost = set()
    for page in crawl.pages.values():
        for url, fragment in map(urldefrag, page.links):
            if fragment and fragment not in crawl.pages[url].anchors:
                lost.add((page.url, url, fragment))
    assert lost == set()


def test_each_page_that_may_be_listed_is_in_the_sitemap_and_no_other(crawl):
    assert {page.url for page in crawl.listed} == crawl.alternates.keys() == crawl.live


def test_the_index_of_a_large_site_names_its_parts_on_the_host(crawl):
    assert crawl.parts == [f"{ORIGIN}/sitemap-{number}.xml" for number in range(1, len(crawl.parts) + 1)]
    assert len(crawl.parts) > 2
    assert sorted(crawl.listed_in_parts) == sorted(crawl.alternates)
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in crawl.robots


def test_each_page_has_itself_for_canonical_and_what_may_not_be_listed_has_none(crawl):
    for page in crawl.pages.values():
        found = [node.attributes["href"] for node in page.tree.css("link[rel=canonical]")]
        assert found == ([page.url] if page.is_listed else []), page.url
        if page.is_listed:
            assert page.content("meta[property='og:url']") == page.url


def test_whoever_names_an_alternate_is_named_by_it(crawl):
    """In the sitemap and in the heads of pages; the selector stands for all that has no page for somebody."""
    for url, links in crawl.alternates.items():
        assert url in links.values()
        for tag, other in links.items():
            assert tag == "x-default" or url in crawl.alternates[other].values(), (url, tag, other)
    for page in crawl.listed:
        links = page.alternates
        assert links.get(page.content("html", "lang"), page.url) == page.url
        for tag, other in links.items():
            assert crawl.pages[other].alternates == links, (page.url, tag, other)
            assert crawl.pages[other].content("html", "lang") == tag
        assert {*links.values()} <= {*crawl.alternates[page.url].values()}


def test_titles_and_descriptions_are_each_pages_own(crawl):
    titles = Counter(page.tree.css_first("title").text() for page in crawl.listed)
    assert [title for title, times in titles.items() if times > 1] == []
    homes = Counter((home_of(page), page.content("meta[name=description]")) for page in crawl.listed)
    assert [said for said, times in homes.items() if times > 1 or not said[1]] == []


def test_every_page_that_is_linked_to_has_a_title_and_a_description(crawl):
    for page in crawl.pages.values():
        assert page.content("meta[name=description]"), page.url
        assert page.tree.css_first("title").text().endswith("Sirtex"), page.url


def home_of(page: Visited) -> str:
    """Return the beginning of a page's address: its language and region, whose pages share no description."""
    return re.match(r"https://[^/]+/(?:(?:de|fr)/)?(?:[a-z]{2}/)?", page.url)[0]


# What each type of schema.org that the site uses says, and as what; what ends in "?" may be missing.
TEXT, URL, DAY, MOMENT, NUMBER = "text", "address", "day", "moment", "number"
PAGE = {
    "@id": URL,
    "url": URL,
    "name": TEXT,
    "description": TEXT,
    "inLanguage": ["en", "de", "fr"],
    "datePublished": MOMENT,
    "dateModified": MOMENT,
    "lastReviewed?": DAY,
    "isPartOf": "WebSite",
    "publisher": "Organization",
    "breadcrumb?": "BreadcrumbList",
}
SCHEMAS: dict[str, dict[str, object]] = {
    "WebPage": PAGE,
    "MedicalWebPage": {
        **PAGE,
        "lastReviewed": DAY,
        "audience": ("Patient", "MedicalAudience"),
        "about?": "MedicalDevice",
        "citation?": "CreativeWork",
    },
    "WebSite": {"name": TEXT, "url": URL},
    "MedicalDevice": {"name": TEXT, "manufacturer?": "Organization"},
    "CreativeWork": {"name": TEXT, "url?": URL},
    "Organization": {"name": TEXT, "url?": URL, "telephone?": TEXT, "email?": TEXT},
    "BreadcrumbList": {"itemListElement": "ListItem"},
    "ListItem": {"position": NUMBER, "name": TEXT, "item": URL},
    "Patient": {},
    "MedicalAudience": {"audienceType": TEXT},
}


def flaws(said: object, expected: object, place: str) -> Iterator[str]:
    """Give what is wrong with `said`, which stands at `place`."""
    if (isinstance(expected, str) and expected in SCHEMAS) or isinstance(expected, tuple):
        for one in said if isinstance(said, list) else [said]:
            yield from flaws_of_thing(one, (expected,) if isinstance(expected, str) else expected, place)
    elif not is_of(said, expected):
        yield f"{place}: {said!r} is no {expected}"


def flaws_of_thing(said: object, types: tuple[str, ...], place: str) -> Iterator[str]:
    """Give what is wrong with `said`, which is to be of one of `types`."""
    if not isinstance(said, dict) or said.get("@type") not in types:
        yield f"{place}: {said!r} is none of {types}"
        return
    fields = {name.rstrip("?"): expected for name, expected in SCHEMAS[said["@type"]].items()}
    needed = {name for name in SCHEMAS[said["@type"]] if not name.endswith("?")}
    for name in sorted((needed - said.keys()) | (said.keys() - fields.keys() - {"@type", "@context"})):
        yield f"{place}: {said['@type']} has {name} unexpectedly or not"
    for name in fields.keys() & said.keys():
        yield from flaws(said[name], fields[name], f"{place}.{name}")


def is_of(said: object, expected: object) -> bool:
    """Say whether `said` is a value as `expected`."""
    if isinstance(expected, list):
        return said in expected
    if expected == NUMBER:
        return isinstance(said, int)
    if not isinstance(said, str) or not said.strip():
        return False
    parsers = {DAY: date.fromisoformat, MOMENT: datetime.fromisoformat}
    if expected in parsers:
        return bool(parsers[str(expected)](said))
    return expected != URL or urlsplit(said).scheme == "https"


def test_structured_data_is_sound(crawl):
    found = []
    for page in crawl.listed:
        (script,) = page.tree.css("script[type='application/ld+json']")
        said = json.loads(script.text())
        assert said["@context"] == "https://schema.org"
        assert said["url"] == page.url
        found += flaws_of_thing(said, ("WebPage", "MedicalWebPage"), page.url)
        for one in said.get("breadcrumb", {}).get("itemListElement", []):
            assert one["item"] in crawl.pages
    assert found == []


def test_what_may_not_be_listed_says_nothing_of_itself(crawl):
    for page in crawl.pages.values():
        is_said = bool(page.tree.css("script[type='application/ld+json']"))
        assert is_said == page.is_listed, page.url


def test_every_address_that_a_page_gives_of_itself_is_on_the_host(crawl):
    for page in crawl.listed:
        for node in page.tree.css("link[rel=canonical], link[rel=alternate], meta[property^='og:']"):
            said = node.attributes.get("href") or node.attributes.get("content") or ""
            assert not said.startswith("http") or said.startswith(START), (page.url, said)
