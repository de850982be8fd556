"""The audit visits what sitemaps name, and names what is not there."""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from region_gate.auditing import listed
from region_gate.auditing.audit import audit
from region_gate.auditing.flaws import AuditFault
from region_gate.auditing.listed import listed_addresses
from region_gate.internal_client import Visit, visitor

pytestmark = pytest.mark.django_db

ROOT = "http://localhost/"
USUAL = f"{ROOT}sitemap.xml"
ROBOTS = f"{ROOT}robots.txt"


@pytest.fixture
def answers(monkeypatch) -> Iterator[dict[str, str]]:
    """Answers to visits, by path: a status, XML or text, ">" and where a redirect leads; else a 404."""
    found: dict[str, str] = {}

    def visit(url: str) -> Visit:
        visited[url] += 1
        answer = found.get(url.removeprefix(ROOT))
        if answer is None:
            return Visit(url, HTTPStatus.NOT_FOUND, "text/html", "", b"", "en")
        if answer.isdecimal():
            return Visit(url, int(answer), "text/html", "", b"", "en")
        if answer.startswith(">"):
            return Visit(url, HTTPStatus.FOUND, "text/html", answer[1:], b"", "en")
        kind = "text/plain" if url == ROBOTS else "text/html" if "<html" in answer else "text/xml"
        return Visit(url, HTTPStatus.OK, kind, "", answer.encode(), "en")

    visited: Counter[str] = Counter()
    monkeypatch.setattr(listed, "visitor", lambda: visit)
    yield found
    assert set(visited.values()) <= {1}, "each is visited once"


def urlset(*addresses: str, alternates: tuple[str, ...] = ()) -> str:
    """Return a sitemap."""
    links = "".join(f'<x:link rel="alternate" href="{address}"/>' for address in alternates)
    urls = "".join(f"<url><loc>{address}</loc>{links}</url>" for address in addresses)
    return f'<urlset xmlns:x="http://www.w3.org/1999/xhtml">{urls}</urlset>'


def index(*addresses: str) -> str:
    """Return an index of sitemaps."""
    inside = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex>{inside}</sitemapindex>"


def refused(found: listed.Listing) -> list[tuple[str, str, str]]:
    """Return what is wrong: where, with which address, and why."""
    assert {flaw.fault for flaw in found.flaws} <= {AuditFault.NOT_AS_LISTED}
    return [(flaw.page, flaw.address, flaw.detail) for flaw in found.flaws]


def test_a_site_without_a_sitemap_has_no_flaw(answers):
    found = listed_addresses()
    assert (found.addresses, found.flaws) == ({}, [])


def test_a_page_of_html_in_the_usual_place_is_no_sitemap_unless_it_is_named(answers):
    answers["sitemap.xml"] = "<html>Welcome</html>"
    assert listed_addresses().flaws == []


def test_a_sitemap_that_robots_txt_names_must_be_one(answers):
    answers["sitemap.xml"], answers["robots.txt"] = "<html>Welcome</html>", f"Sitemap: {USUAL}"
    assert [flaw.page for flaw in listed_addresses().flaws] == [ROBOTS]


def test_indexes_are_followed_and_alternates_taken_each_once(answers):
    answers["robots.txt"] = f"Sitemap: {ROOT}index.xml\nSitemap: {USUAL}"
    answers["index.xml"] = index(f"{ROOT}a.xml", f"{ROOT}b.xml", f"{ROOT}index.xml")
    answers["a.xml"] = urlset(f"{ROOT}eu/", alternates=(f"{ROOT}de/eu/", "https://other.test/"))
    answers["b.xml"] = urlset(f"{ROOT}eu/", "HTTP://LOCALHOST:80/us/#top")
    answers["sitemap.xml"] = urlset(f"{ROOT}eu/")
    found = listed_addresses()
    assert refused(found) == []
    assert [*found.addresses] == [f"{ROOT}eu/", f"{ROOT}de/eu/", f"{ROOT}us/"]
    assert {*found.sitemaps} == {f"{ROOT}{name}.xml" for name in ("index", "a", "b", "sitemap")}


def test_only_the_region_s_own_are_given(answers):
    answers["sitemap.xml"] = urlset(f"{ROOT}eu/", f"{ROOT}us/", ROOT)
    assert [*listed_addresses("us").addresses] == [f"{ROOT}us/"]


def test_other_hosts_of_ours_are_visited_too(answers, eu):
    eu.further_hosts = "eu.hospital.test"
    eu.save()
    answers["sitemap.xml"] = urlset("http://eu.hospital.test/about/")
    found = listed_addresses()
    assert [*found.addresses] == ["http://eu.hospital.test/about/"]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.test/",
        "http://localhost@evil.test/",
        "http://localhost.evil.test/",
        "//localhost/eu/",
        "/eu/",
        "javascript:alert(1)",
        "ftp://localhost/eu/",
        "",
    ],
)
def test_what_is_no_address_of_ours_is_a_flaw_and_not_visited(answers, address):
    answers["sitemap.xml"] = urlset(address)
    answers["robots.txt"] = f"Sitemap: {address}" if address else ""
    found = listed_addresses()
    assert found.addresses == {}
    wrong = (address, "not an address of ours")
    assert refused(found) == [(ROBOTS, *wrong)] * bool(address) + [(USUAL, *wrong)]


def test_an_alternate_that_cannot_be_read_is_a_flaw(answers):
    answers["sitemap.xml"] = urlset(f"{ROOT}eu/", alternates=("/de/eu/",))
    assert refused(listed_addresses()) == [(USUAL, "/de/eu/", "not an address of ours")]


@pytest.mark.parametrize("answer", ["404", "500", ">http://localhost/other.xml"])
def test_a_named_sitemap_that_does_not_answer_200_is_a_flaw(answers, answer):
    answers["robots.txt"], answers["a.xml"] = f"Sitemap: {ROOT}a.xml", answer
    status = answer if answer.isdecimal() else "302"
    assert refused(listed_addresses()) == [(ROBOTS, f"{ROOT}a.xml", f"HTTP {status}")]


def test_a_redirect_from_the_usual_place_is_followed_unless_it_leads_away(answers):
    answers["sitemap.xml"], answers["a.xml"] = ">/a.xml", urlset(f"{ROOT}eu/")
    assert [*listed_addresses().addresses] == [f"{ROOT}eu/"]


@pytest.mark.parametrize("target", ["https://evil.test/a.xml", "/sitemap.xml", "/nowhere.xml"])
def test_a_redirect_that_leads_nowhere_ends_the_walk(answers, target):
    answers["sitemap.xml"] = f">{target}"
    assert listed_addresses().flaws == []


@pytest.mark.parametrize(("name", "said"), [("robots.txt", "HTTP 500"), ("sitemap.xml", "HTTP 500")])
def test_what_breaks_is_a_flaw(answers, name, said):
    answers[name] = "500"
    assert refused(listed_addresses()) == [(f"{ROOT}{name}", f"{ROOT}{name}", said)]


def test_more_than_is_visited_is_a_flaw(answers, monkeypatch):
    monkeypatch.setattr(listed, "MAX_SITEMAPS", 3)
    answers["sitemap.xml"] = index(*(f"{ROOT}{number}.xml" for number in range(9)))
    assert [detail for *_where, detail in refused(listed_addresses())] == ["more than 3 sitemaps"]


def test_more_addresses_than_are_visited_is_a_flaw(answers, monkeypatch):
    monkeypatch.setattr(listed, "MAX_LISTED", 2)
    answers["sitemap.xml"] = urlset(*(f"{ROOT}{number}/" for number in range(9)))
    found = listed_addresses()
    assert refused(found) == [(USUAL, f"{ROOT}2/", "more than 2 addresses")]
    assert len(found.addresses) == 2


def test_the_audit_visits_what_is_listed_once_and_names_what_is_not_there(answers):
    answers["sitemap.xml"] = urlset(f"{ROOT}eu/", f"{ROOT}eu/nowhere-at-all/", f"{ROOT}")
    found = audit([f"{ROOT}eu/", USUAL], listed=listed_addresses())
    assert found.pages == 3
    assert [(flaw.page, flaw.address, flaw.detail) for flaw in found.flaws] == [
        (USUAL, f"{ROOT}eu/nowhere-at-all/", "HTTP 404")
    ]


def test_the_sitemap_of_the_demo_is_read(eu_home):
    found = listed_addresses()
    assert found.flaws == []
    assert eu_home.full_url in found.addresses
    assert visitor()(USUAL).status == HTTPStatus.OK
    assert found.sitemaps == {USUAL: ROBOTS}
