"""What visitors get from the page cache, what they never get from it, and what it keeps."""

import gzip

import brotli
import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from home.models import StandardPage
from region_gate import snapshot
from region_gate.internal_client import visitor as own_visitor
from region_gate.links.policies import Decision
from region_gate.models import Policy
from region_gate.pipeline import rehearsal

from .conftest import HOST, TREATMENT, kept

pytestmark = pytest.mark.django_db

KEPT = ["/", "/de/", "/eu/", "/de/eu/", "/eu/regions/", TREATMENT, "/sitemap.xml", "/robots.txt"]
NOT_KEPT = [
    *("/eu/search/", "/eu/search/?q=liver", "/eu/nowhere/", "/eu", "/admin/login/", "/leaving/"),
    *("/.well-known/record-keys.json", "/.well-known/security.txt", "/country/?q=de", "/country/suggested/"),
]


def is_kept(visitor: Client, queries_of, address: str, **headers: str) -> bool:
    """Say whether `address` was answered with no more than the question for the edition."""
    return len(queries_of(visitor, address, **headers)) == 1


def lasting(answer) -> dict[str, str]:
    """Return the headers that are the same for each visitor of a page, at whatever second."""
    return {name: said for name, said in answer.items() if name not in ("X-Request-ID", "Cache-Control")}


@pytest.mark.parametrize("address", KEPT)
def test_a_page_is_made_once_and_then_costs_one_query(visitor, queries_of, address):
    assert not is_kept(visitor, queries_of, address)
    first, second = visitor.get(address), visitor.get(address)
    assert is_kept(visitor, queries_of, address)
    assert first.content == second.content
    assert lasting(first) == lasting(second)


@pytest.mark.parametrize("address", NOT_KEPT)
def test_what_is_not_the_same_for_all_is_not_kept(visitor, queries_of, address):
    caches["pages"].clear()
    visitor.get(address)
    assert not kept()


def test_what_stands_outside_holds_for_kept_pages_too(visitor, settings):
    made, again = visitor.get("/eu/"), visitor.get("/eu/")
    assert made["X-Request-ID"] != again["X-Request-ID"]
    assert "default-src 'none'" in again["Content-Security-Policy"]
    assert again["Referrer-Policy"] == "same-origin"
    assert "camera=()" in again["Permissions-Policy"]
    assert Client(headers={"host": "evil.test"}).get("/eu/").status_code == 400
    settings.SECURE_SSL_REDIRECT = True
    assert Client(headers={"host": HOST}).get("/eu/").status_code == 301


def test_another_spelling_leads_to_the_page(visitor):
    visitor.get("/eu/")
    spelt = visitor.get("/eu/", RAW_URI="/%65u/")
    assert (spelt.status_code, spelt["Location"]) == (301, "/eu/")


def test_a_change_is_seen_at_once(visitor, one_person_may):
    assert "A new name" not in visitor.get("/eu/about/").text
    page = StandardPage.objects.get(url_path="/regions/eu/about/")
    page.title = "A new name"
    page.save_revision()
    assert "A new name" not in visitor.get("/eu/about/").text
    page.save_revision().publish()
    assert "A new name" in visitor.get("/eu/about/").text
    assert "A new name" in visitor.get("/eu/").text
    page.unpublish()
    assert visitor.get("/eu/about/").status_code == 404


def test_a_blocked_host_is_gone_from_all_pages_at_once(visitor):
    assert "/leaving/" in visitor.get(TREATMENT).text
    for host in ("doi.org", "www.doi.org"):
        Policy.objects.create(decision=Decision.BLOCKED, host=host, reason="Asked for.", live=True)
    assert "doi.org" not in "".join(line for line in visitor.get(TREATMENT).text.split('"') if "to=" in line)


def test_a_page_that_was_begun_before_a_change_is_not_kept_after_it(visitor, monkeypatch):
    page = Page.objects.get(url_path="/regions/eu/about/").specific
    serve = StandardPage.serve

    def serve_slowly(self, request, *args, **kwargs):
        response = serve(self, request, *args, **kwargs).render()
        monkeypatch.setattr(StandardPage, "serve", serve)
        page.title = "Meanwhile"
        page.save()
        return response

    monkeypatch.setattr(StandardPage, "serve", serve_slowly)
    assert "Meanwhile" not in visitor.get("/eu/about/").text
    assert "Meanwhile" in visitor.get("/eu/about/").text


@pytest.mark.parametrize("query", ["utm_source=x", "a", "fbclid=1&a=b", "%ff", "q=x", "page=9999"])
def test_parameters_that_no_page_reads_get_the_kept_page(visitor, queries_of, query):
    visitor.get("/eu/")
    assert is_kept(visitor, queries_of, f"/eu/?{query}")


def test_parameters_fill_no_memory_and_change_nothing_for_others(visitor):
    first = visitor.get("/eu/?utm_source=evil-words")
    assert "evil-words" not in first.text
    before = kept()
    for number in range(5):
        assert visitor.get(f"/eu/?a={number}").content == first.content
    assert kept() == before


def test_a_search_is_answered_by_its_words(visitor):
    assert visitor.get("/eu/search/?q=liver").text != visitor.get("/eu/search/?q=nothing").text
    assert visitor.get("/eu/search/").text != visitor.get("/eu/search/?q=liver").text


def test_whoever_is_signed_in_gets_a_page_of_their_own(visitor, queries_of, cached, administrator):
    visitor.get("/eu/")
    administrator.defaults["HTTP_HOST"] = HOST
    own = administrator.get("/eu/")
    assert "wagtail-userbar" in own.text
    assert own["Cache-Control"] == "private, no-cache"
    assert "wagtail-userbar" not in visitor.get("/eu/").text


def test_no_page_is_made_for_all_of_what_one_may_see(cached, administrator, visitor):
    administrator.defaults["HTTP_HOST"] = HOST
    administrator.get("/eu/about/")
    assert not kept()


@pytest.mark.parametrize("header", [{"authorization": "Basic x"}, {"cookie": "sessionid=made-up"}])
def test_who_shows_a_pass_is_not_answered_from_the_cache(visitor, queries_of, header):
    visitor.get("/eu/")
    assert not is_kept(visitor, queries_of, "/eu/", **header)


def test_other_cookies_make_no_difference(visitor, queries_of):
    visitor.get("/eu/")
    assert is_kept(visitor, queries_of, "/eu/", cookie="consent=1; other=sessionid")


@pytest.mark.parametrize("kind", ["password", "login"])
def test_a_private_page_is_never_kept(visitor, kind):
    page = Page.objects.get(url_path="/regions/eu/about/")
    PageViewRestriction(page=page, restriction_type=kind, password="x").save_base(raw=True)
    snapshot.invalidate()
    answer = visitor.get("/eu/about/")
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    assert not kept()


def test_a_page_that_becomes_private_is_so_at_once(visitor):
    assert visitor.get("/eu/about/").status_code == 200
    page = Page.objects.get(url_path="/regions/eu/about/")
    PageViewRestriction(page=page, restriction_type="login").save_base(raw=True)
    assert visitor.get("/eu/about/").status_code == 302


def test_our_own_visits_see_what_is_not_out_yet_and_leave_nothing(visitor):
    page = StandardPage.objects.get(url_path="/regions/eu/about/")
    with rehearsal():
        page.title = "Only tried"
        page.save()
        assert b"Only tried" in own_visitor()(f"http://{HOST}/eu/about/").content
        assert not kept()
    assert "Only tried" not in visitor.get("/eu/about/").text


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_the_preview_of_a_draft_is_neither_kept_nor_answered_from_what_is(visitor, rf, is_signed_in):
    page = StandardPage.objects.get(url_path="/regions/eu/about/")
    visitor.get("/eu/about/")
    before = kept()
    page.title = "Only a draft"
    page.save_revision()
    asked = rf.get("/admin/", headers={"host": HOST, "cookie": "sessionid=x" if is_signed_in else "a=b"})
    assert "Only a draft" in page.make_preview_request(original_request=asked).text
    assert "Only a draft" in page.make_preview_request().text
    assert kept() == before
    assert "Only a draft" not in visitor.get("/eu/about/").text


def test_languages_hosts_and_schemes_are_kept_apart(visitor, eu_home):
    Site.objects.create(hostname="eu.example.com", root_page=eu_home)
    elsewhere = Client(headers={"host": "eu.example.com"})
    for _time in range(2):
        assert 'lang="de"' in visitor.get("/de/eu/").text
        assert 'lang="en"' in visitor.get("/eu/").text
        assert "Change region" not in visitor.get("/").text
        assert "Change region" in elsewhere.get("/").text


def test_hosts_that_are_only_let_in_fill_no_memory(cached):
    for number in range(3):
        assert Client(headers={"host": f"a{number}.example.com"}).get("/eu/").status_code == 200
    assert not kept()


def test_head_says_what_get_does(visitor, queries_of):
    made = visitor.head("/eu/")
    got, again = visitor.get("/eu/"), visitor.head("/eu/")
    assert made.content == again.content == b""
    assert lasting(made) == lasting(got) == lasting(again)
    assert int(got["Content-Length"]) == len(got.content)


def test_pages_are_compressed_once_for_each_encoding(visitor, monkeypatch):
    plain = visitor.get("/eu/").content
    packed = {name: visitor.get("/eu/", headers={"accept-encoding": name}) for name in ("gzip", "br")}
    assert gzip.decompress(packed["gzip"].content) == plain
    assert brotli.decompress(packed["br"].content) == plain
    monkeypatch.setattr("page_cache.encodings.compress", None)
    for name, answer in packed.items():
        again = visitor.get("/eu/", headers={"accept-encoding": name})
        assert again.content == answer.content
        assert again["Content-Encoding"] == name
        assert again["Vary"] == "Accept-Encoding"


def test_each_representation_has_a_tag_of_its_own_by_which_it_need_not_be_sent_again(visitor):
    tags = set()
    for encoding in ("identity", "gzip", "br"):
        whole = visitor.get("/eu/", headers={"accept-encoding": encoding})
        known = {"accept-encoding": encoding, "if-none-match": f'"other", W/{whole["ETag"]}'}
        answer = visitor.get("/eu/", headers=known)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == whole["ETag"]
        assert answer["Vary"] == "Accept-Encoding"
        assert "s-maxage" in answer["Cache-Control"]
        tags.add(whole["ETag"])
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("*", 304),
        ("{}", 304),
        ("W/{}", 304),
        ('"a", {} , "b"', 304),
        ('"a"', 200),
        ("", 200),
        ("no tag", 200),
        ('{}-br"', 200),
        ('"' * 999, 200),
    ],
)
def test_whoever_names_the_tag_among_others_has_the_page(visitor, asked, status):
    tag = visitor.get("/eu/")["ETag"]
    known = asked.format(tag.removesuffix('"') if "-br" in asked else tag)
    assert visitor.get("/eu/", headers={"if-none-match": known}).status_code == status


def test_a_tag_lasts_as_long_as_the_words(visitor, one_person_may):
    tag = visitor.get("/eu/")["ETag"]
    snapshot.invalidate()
    assert visitor.get("/eu/")["ETag"] == tag
    page = Page.objects.get(url_path="/regions/eu/about/").specific
    page.title = "A new name"
    page.save_revision().publish()
    assert visitor.get("/eu/", headers={"if-none-match": tag}).status_code == 200


def test_what_is_not_kept_here_is_fresh_nowhere(visitor):
    assert visitor.get("/eu/nowhere/")["Cache-Control"] == "no-cache"
    assert visitor.get("/eu/search/?q=a")["Cache-Control"] == "no-cache"


def test_it_can_be_turned_off(visitor, settings, queries_of):
    settings.PAGE_CACHE = False
    visitor.get("/eu/")
    assert not is_kept(visitor, queries_of, "/eu/")
    assert not visitor.get("/eu/").has_header("Cache-Control")
