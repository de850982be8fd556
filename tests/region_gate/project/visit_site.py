"""A visitor and an administrator on the made-up site; run by test_lifted.py with this site's settings."""

import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Site

from region_gate import conf, snapshot
from region_gate.links.destinations import DestinationKind
from region_gate.links.signing import SignedCrossing, gate_address
from region_gate.models import Notice, NoticeVersion
from region_gate.notices.texts import shipped

pytestmark = pytest.mark.django_db
THIRD = SignedCrossing("https://evil.test/x", "north")
HOST = {"HTTP_HOST": "www.example.com"}


def address(passage: SignedCrossing = THIRD, path: str = "/leaving/") -> str:
    return gate_address(path, passage, conf.keys())


def hrefs(html: str) -> dict[str, str | None]:
    return {a.attributes["id"] or "": a.attributes.get("href") for a in LexborHTMLParser(html).css("a[id]")}


def link(html: str, text: str) -> str | None:
    (found,) = [a for a in LexborHTMLParser(html).css("a") if a.text(strip=True) == text]
    return found.attributes["href"]


def words(html: str) -> str:
    (notice,) = LexborHTMLParser(html).css("[data-notice]")
    parts = notice.css("h1, p")
    assert notice.text().split() == " ".join(part.text() for part in parts).split()
    return "\n\n".join(part.text() for part in parts) + "\n"


def test_the_site_stands_alone(settings):
    settings.LANGUAGES = [("en", "English")]  # the only one with approved words
    assert not {"home", "therapies", "config"} & set(sys.modules)
    site = Site.objects.get()
    site.hostname = "www.example.com"
    site.save()
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", "--check", "--dry-run")


def test_every_link_of_a_page_leads_where_it_may(visitor):
    found = hrefs(visitor.get("/north/").text)
    assert found["same"] == "/north/a/"
    assert found["blocked"] is None
    assert visitor.get(found["other"]).status_code == 200
    assert visitor.get(found["third"]).status_code == 200


def test_error_pages_are_gated_too(visitor):
    page = visitor.get("/north/nothing/")
    assert page.status_code == 404
    assert (hrefs(page.text)["other"] or "").startswith("/leaving/?")


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        (DestinationKind.THIRD_PARTY, THIRD.to),
        (DestinationKind.CROSS_REGION, "http://www.example.com/south/"),
    ],
)
def test_the_notice_stands_whole_and_continue_is_a_plain_link(visitor, kind, to):
    page = visitor.get(address(SignedCrossing(to, "north")))
    assert words(page.text) == shipped(kind).text
    assert link(page.text, "Continue") == to
    assert f'data-notice="{kind}" lang="en" dir="ltr"' in page.text
    assert page.text.count(f'href="{to}"') == 1


def test_the_notice_is_kept_framed_and_indexed_by_nobody(visitor):
    headers = visitor.get(address()).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Vary" not in headers or "Cookie" not in headers["Vary"]
    assert "Set-Cookie" not in headers


def test_a_german_visitor_meets_the_approved_english_marked_as_such(visitor):
    page = visitor.get(address(path="/de/leaving/"))
    assert '<html lang="de"' in page.text
    assert 'data-notice="third-party" lang="en"' in page.text
    assert words(page.text) == shipped(DestinationKind.THIRD_PARTY).text


@pytest.mark.parametrize(
    ("passage", "referer", "stay"),
    [
        (THIRD, None, "/north/"),
        (THIRD, "http://www.example.com/north/a/?b", "http://www.example.com/north/a/?b"),
        (THIRD, "http://www.example.com/south/", "/north/"),
        (THIRD, "http://www.example.com/", "/north/"),
        (THIRD, "https://evil.test/north/", "/north/"),
        (THIRD, "javascript:alert(1)", "/north/"),
        (THIRD, "\x00", "/north/"),
        (THIRD, "http://www.example.com" + address(), "/north/"),
        (SignedCrossing(THIRD.to, ""), None, "/"),
        (SignedCrossing(THIRD.to, ""), "http://www.example.com/south/", "http://www.example.com/south/"),
        (SignedCrossing(THIRD.to, ""), "http://www.example.com" + address(), "/"),
        (SignedCrossing(THIRD.to, "gone"), None, "/"),
    ],
)
def test_stay_leads_back_or_home(visitor, passage, referer, stay):
    page = visitor.get(address(passage), **({"HTTP_REFERER": referer} if referer else {}))
    assert link(page.text, "Stay on this site") == stay


def test_stay_leads_to_the_region_s_home_in_the_visitor_s_language(visitor):
    page = LexborHTMLParser(visitor.get(address(path="/de/leaving/")).text)
    assert page.css_first(".gate-stay").attributes["href"] == "/de/north/"


def test_the_destination_is_told_in_both_spellings_of_its_host(visitor):
    page = visitor.get(address(SignedCrossing("https://xn--bcher-kva.test/a", "north"))).text
    assert "bücher.test" in page
    assert "https://xn--bcher-kva.test/a" in LexborHTMLParser(page).text()


def test_a_destination_that_is_no_crossing_any_more_has_no_notice(visitor):
    page = visitor.get(address(SignedCrossing("http://www.example.com/north/", "north")))
    assert page.status_code == 200
    assert "data-notice" not in page.text
    assert link(page.text, "Continue") == "http://www.example.com/north/"


GOOD = address()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "to=https://evil.test/x",
        GOOD.partition("?")[2] + "&sig=x",
        GOOD.partition("?")[2] + "x",
        GOOD.partition("?")[2][:-1],
        GOOD.partition("?")[2].replace("from=north", "from=south"),
        GOOD.partition("?")[2].replace("evil.test", "evil.test%00"),
        GOOD.partition("?")[2].replace("/x", "/x" * 5000),
        address(SignedCrossing("javascript:alert('evil.test')", "north")).partition("?")[2],
        address(SignedCrossing("https:evil.test", "north")).partition("?")[2],
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_what_the_gate_did_not_sign_or_would_block_is_not_found(visitor, query, method):
    page = getattr(visitor, method)(f"/leaving/?{query}")
    assert page.status_code == 404
    notices = LexborHTMLParser(page.text).css("[data-notice], a[href^='https:'], a[href^='javascript:']")
    assert notices == []


@pytest.mark.parametrize(
    "appended",
    [
        "&fbclid=appended",
        "&utm_source=https://appended.test/&gclid=appended",
        "&amp;_gl=appended",
        "&appended=%22%3E%3Ca%20href=https://appended.test/%3E",
        ".",
    ],
)
def test_what_others_append_to_a_gate_address_is_neither_shown_nor_passed_on(visitor, appended):
    page = visitor.get(GOOD + appended)
    assert page.status_code == 200
    assert link(page.text, "Continue") == THIRD.to
    assert "appended" not in page.text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_only_reading_is_allowed(method):
    strict = Client(enforce_csrf_checks=True, **HOST)
    assert getattr(strict, method)(address()).status_code == 405


def test_a_head_request_is_answered_like_a_get(visitor):
    page = visitor.head(address())
    assert (page.status_code, page.content) == (200, b"")


def test_an_unknown_host_is_a_bad_request():
    assert Client(HTTP_HOST="evil.test").get("/north/").status_code == 400


@pytest.mark.parametrize(
    ("next_", "status", "start"),
    [
        ("/north/", 302, "/north/"),
        ("/south/", 302, "/leaving/?to=http://www.example.com/south/&from=north&sig="),
        ("https://evil.test", 302, "/leaving/?to=https://evil.test/&from=north&sig="),
        ("https:evil.test", 404, ""),
    ],
)
def test_a_careless_redirect_is_stopped(visitor, next_, status, start):
    found = visitor.get("/north/redirect/", {"next": next_})
    assert found.status_code == status
    assert found.headers.get("Location", "").startswith(start)
    assert status == 302 or (hrefs(found.text)["third"] or "").startswith("/leaving/?")


@pytest.fixture
def admin() -> Client:
    """Return a browser in which an administrator is signed in."""
    browser = Client(**HOST)
    browser.force_login(get_user_model().objects.create_superuser("admin", "a@example.com", "x"))
    return browser


def test_the_notices_are_listed(admin):
    page = admin.get(reverse(Notice.snippet_viewset.get_url_name("list"))).text
    assert "Third party, every region, en" in page
    assert "Cross-region, every region, en" in page


def test_a_draft_is_kept_and_previewed_but_not_shown(admin, visitor):
    notice = Notice.objects.get(kind="third-party")
    edit = reverse(Notice.snippet_viewset.get_url_name("edit"), args=[notice.pk])
    form = {
        "kind": "third-party",
        "region": "",
        "heading": "Draft",
        "body": "One.",
        "continue_label": "On",
    }
    assert admin.post(edit, form).status_code == 302
    assert words(visitor.get(address()).text) == shipped(DestinationKind.THIRD_PARTY).text
    notice.refresh_from_db()
    preview = notice.get_latest_revision_as_object().make_preview_request()
    assert words(preview.text) == "Draft\n\nOne.\n"
    assert admin.post(edit, {**form, "action-publish": "1"}).status_code == 302
    assert words(visitor.get(address()).text) == "Draft\n\nOne.\n"
    assert link(visitor.get(address()).text, "On") == THIRD.to


def test_the_form_offers_the_regions_and_refuses_a_second_notice(admin):
    add = reverse(Notice.snippet_viewset.get_url_name("add"))
    assert '<option value="north">North</option>' in admin.get(add).text
    form = {"kind": "third-party", "region": "", "heading": "x", "body": "y", "continue_label": "z"}
    assert "such a notice already" in admin.post(add, {**form, "action-publish": "1"}).text
    assert admin.post(add, {**form, "region": "north", "action-publish": "1"}).status_code == 302
    assert Notice.objects.get(region="north").live


def test_words_are_put_on_record_once(capsys):
    before = list(NoticeVersion.objects.values_list())
    call_command("record_notices")
    assert capsys.readouterr().out == "1.0: on record already.\n"
    assert list(NoticeVersion.objects.values_list()) == before


def test_without_words_on_record_every_crossing_is_closed(visitor):
    QuerySet(NoticeVersion).delete()
    snapshot.invalidate()
    found = hrefs(visitor.get("/north/").text)
    assert found == {"same": "/north/a/", "other": None, "third": None, "blocked": None}
    assert visitor.get(address()).status_code == 404
    assert visitor.get("/north/redirect/", {"next": "https://evil.test"}).status_code == 404
    call_command("record_notices", verbosity=0)
    assert hrefs(visitor.get("/north/").text)["third"]
    assert visitor.get(address()).status_code == 200


@pytest.mark.parametrize("folder", [None, "", 1, "/nowhere/1.0", Path(__file__)])
def test_without_a_folder_of_words_every_crossing_is_closed(visitor, settings, folder):
    settings.REGION_GATE = {**settings.REGION_GATE, "NOTICES": folder}
    page = visitor.get("/north/").text
    assert hrefs(page)["third"] is hrefs(page)["other"] is None
    assert 'data-blocked="no words"' in page
    assert visitor.get(address()).status_code == 404
    with pytest.raises(CommandError):
        call_command("record_notices")
    with pytest.raises(SystemCheckError, match="for lack of approved words"):
        call_command("check")


@pytest.mark.parametrize(("codename", "status"), [("access_admin", 302), ("view_notice", 200)])
def test_the_record_of_notices_is_open_to_whoever_may_see_notices(codename, status):
    person = get_user_model().objects.create_user("person")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", codename]))
    browser = Client(**HOST)
    browser.force_login(person)
    record = reverse(Notice.snippet_viewset.get_url_name("record"))
    assert browser.get(record).status_code == status
    assert (record in browser.get("/admin/").text) == (status == 200)
