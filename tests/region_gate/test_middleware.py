"""The gate at the site's edge: what becomes of every kind of response."""

import io

import pytest
from django.core.exceptions import DisallowedHost
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from selectolax.lexbor import LexborHTMLParser

from region_gate import conf, middleware, snapshot
from region_gate.links.destinations import no_redirects
from region_gate.links.policies import NO_POLICIES
from region_gate.middleware import CompressedPageError, GateMiddleware
from region_gate.snapshot import Snapshot
from tests.region_gate.world import HOST, REGIONS

LINK = '<a href="https://evil.test/">L</a>'
PAGE = f"<!DOCTYPE html><html><head></head><body>{LINK} é €</body></html>"


@pytest.fixture(autouse=True)
def _site(monkeypatch, settings):
    monkeypatch.setattr(snapshot, "current", lambda _request: Snapshot(REGIONS, NO_POLICIES, no_redirects))
    monkeypatch.setattr(conf, "ungated_prefixes", lambda: ("/admin/",))
    settings.ALLOWED_HOSTS = [HOST]


def served(
    response: HttpResponseBase, path: str = "/us/", *, language: str = "en", method: str = "get"
) -> HttpResponseBase:
    """Return what the gate makes of `response` at `path`."""
    request: HttpRequest = getattr(RequestFactory(), method)(path, secure=True, headers={"host": HOST})
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined] # as LocaleMiddleware does
    return GateMiddleware(lambda _request: response)(request)


def href(content: str) -> str:
    return LexborHTMLParser(content).css_first("a").attributes["href"] or ""


@pytest.mark.parametrize("status", [200, 403, 404, 500])
def test_pages_are_gated_whatever_their_status(status):
    page = served(HttpResponse(PAGE, status=status))
    assert page.status_code == status
    assert href(page.text).startswith("/leaving/?to=https://evil.test/&from=us&sig=")


def test_a_german_page_leads_to_the_german_notice():
    assert href(served(HttpResponse(PAGE), "/de/us/", language="de").text).startswith("/de/leaving/?")


def test_the_length_is_the_gated_page_s_and_the_old_tag_goes():
    page = served(HttpResponse(PAGE, headers={"Content-Length": "1", "ETag": '"x"'}))
    assert page.headers["Content-Length"] == str(len(page.content))
    assert "ETag" not in page.headers


def test_a_streamed_page_is_joined_and_gated():
    page = served(StreamingHttpResponse(iter([PAGE[:60].encode(), PAGE[60:].encode()])))
    assert href(b"".join(page).decode()).startswith("/leaving/?")


def test_a_page_served_as_a_file_is_gated_and_not_sent_by_the_server():
    page = served(FileResponse(io.BytesIO(PAGE.encode()), filename="page.html"))
    assert page.file_to_stream is None
    assert href(b"".join(page).decode()).startswith("/leaving/?")


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/html", "utf-8"),
        ("TEXT/HTML ; Charset=UTF-8", "utf-8"),
        ("text/html; charset=utf-8", "utf-8-sig"),
        ("text/html; charset=iso-8859-1", "cp1252"),
        ("text/html; charset=iso-8859-15", "iso-8859-15"),
        ("text/html; charset=utf-16", "utf-16"),
        ("text/html; charset=iso-8859-1", "utf-16"),
        ("application/xhtml+xml", "utf-8"),
    ],
)
def test_every_page_is_read_in_its_own_letters_and_sent_in_utf_8(content_type, encoding):
    page = served(HttpResponse(PAGE.encode(encoding), content_type=content_type))
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    text = page.content.decode("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert " é €" in text
    assert href(text).startswith("/leaving/?")


@pytest.mark.parametrize(
    "response",
    [
        JsonResponse({"html": LINK}),
        HttpResponse(LINK, content_type="text/plain"),
        HttpResponse(LINK, content_type="application/javascript"),
        HttpResponse(b"\xff", content_type="image/png"),
        HttpResponseNotModified(),
    ],
)
def test_what_is_no_page_is_left_alone_and_costs_no_query(response, monkeypatch):
    monkeypatch.setattr(snapshot, "current", None)
    content = response.content
    assert served(response).content == content


def test_the_admin_is_left_alone():
    assert served(HttpResponse(PAGE), "/admin/pages/").text == PAGE
    assert served(HttpResponse(PAGE), "/adminx/").text != PAGE


def test_an_error_while_rewriting_never_serves_the_page(monkeypatch):
    monkeypatch.setattr(middleware, "gate_links", lambda html, gate: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        served(HttpResponse(PAGE))


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {"Content-Encoding": "br"}])
def test_a_compressed_page_is_not_served_unread(headers):
    with pytest.raises(CompressedPageError):
        served(HttpResponse(b"\x1f\x8b", headers=headers))


def test_a_page_that_names_its_charset_only_itself_is_read_in_it():
    page = HttpResponse(PAGE.replace("<head>", "<head><meta charset=windows-1252>").encode("cp1252"))
    page.headers["Content-Type"] = "text/html"
    assert " é €" in served(page).content.decode("utf-8")


@pytest.mark.parametrize("content_type", ["text/html, text/plain", "text/plain, text/html; charset=utf-8"])
def test_a_list_of_content_types_counts_as_a_page_if_one_is(content_type):
    page = served(HttpResponse(PAGE, content_type=content_type))
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert href(page.text).startswith("/leaving/?")


@pytest.mark.parametrize(
    "response", [JsonResponse({}), HttpResponse(PAGE), HttpResponse(b"", content_type="")]
)
def test_no_browser_is_left_to_guess_what_a_response_is(response):
    assert served(response).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "application/json"])
def test_a_refresh_header_that_leads_away_is_taken_and_another_stays(content_type):
    for value, kept in (("0;url=/eu/", False), ("0;//evil.test", False), ("5;url=/us/x/", True), ("5", True)):
        response = HttpResponse("x", content_type=content_type, headers={"Refresh": value})
        assert served(response).has_header("Refresh") is kept


def test_headers_that_fetch_ahead_what_leads_away_are_taken():
    headers = {"Link": "<//evil.test>; rel=prerender", "Speculation-Rules": '"/rules.json"'}
    found = served(HttpResponse(PAGE, headers=headers)).headers
    assert not {"Link", "Speculation-Rules"} & set(found)
    assert "Link" in served(HttpResponse(PAGE, headers={"Link": "</x.css>; rel=preload"})).headers


DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><a href='//evil.test'/></svg>"
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'><path/></svg>"


@pytest.mark.parametrize("content_type", ["image/svg+xml", "text/xml", "application/atom+xml; charset=utf-8"])
def test_xml_that_leads_away_is_downloaded_and_not_shown(content_type):
    found = served(HttpResponse(DRAWING, content_type=content_type))
    assert found.headers["Content-Disposition"] == "attachment"
    assert (found.content, found.headers["Content-Type"]) == (DRAWING, content_type)
    streamed = served(StreamingHttpResponse(iter([DRAWING[:9], DRAWING[9:]]), content_type=content_type))
    assert streamed.headers["Content-Disposition"] == "attachment"
    assert b"".join(streamed) == DRAWING
    packed = served(HttpResponse(b"x", content_type=content_type, headers={"Content-Encoding": "gzip"}))
    assert packed.headers["Content-Disposition"] == "attachment"


def test_a_picture_is_shown_as_it_is():
    found = served(HttpResponse(PICTURE, content_type="image/svg+xml"))
    assert "Content-Disposition" not in found.headers
    assert found.content == PICTURE


def test_an_unknown_charset_is_not_guessed():
    with pytest.raises(LookupError):
        served(HttpResponse(PAGE.encode(), content_type="text/html; charset=nonsense"))


def test_an_unknown_host_is_refused_before_the_page_is_made():
    request = RequestFactory().get("/us/", headers={"host": "evil.test"})
    with pytest.raises(DisallowedHost):
        GateMiddleware(lambda _request: pytest.fail("made a page"))(request)


def redirect(location: str, status: int = 302) -> HttpResponse:
    return HttpResponse(status=status, headers={"Location": location}, content_type="text/plain")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300])
@pytest.mark.parametrize(
    "location", ["https://evil.test/", "//evil.test/", "/\\evil.test/", "/eu/", "../eu/", "/us/..%2feu/"]
)
def test_a_redirect_that_crosses_goes_to_the_gate_and_is_kept_by_nobody(status, location):
    found = served(redirect(location, status))
    assert found.status_code == 302
    assert found.headers["Location"].startswith("/leaving/?to=https://")
    assert found.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("location", ["/us/x/", "?x", "/", "/static/x", "https://www.example.com/de/us/"])
def test_a_redirect_that_stays_is_left_as_it_is(location):
    found = served(HttpResponsePermanentRedirect(location))
    assert (found.status_code, found.headers["Location"]) == (301, location)


def test_from_a_neutral_page_a_redirect_may_lead_into_a_region():
    assert served(redirect("/eu/"), "/").headers["Location"] == "/eu/"
    assert served(redirect("https://evil.test/"), "/").headers["Location"].startswith("/leaving/?")


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_redirect_is_gated_for_every_method(method):
    found = served(HttpResponseRedirect("/eu/"), method=method)
    assert found.headers["Location"].startswith("/leaving/?")


def test_a_gated_redirect_keeps_its_cookies():
    response = redirect("/eu/")
    response.set_cookie("a", "b")
    assert served(response).cookies["a"].value == "b"


def test_a_redirect_to_the_gate_is_not_gated_again():
    address = served(redirect("/eu/")).headers["Location"]
    assert served(redirect(address)).headers["Location"] == address


@pytest.mark.parametrize("location", ["https:evil.test", "https://[::1", "ftp://evil.test/", "javascript:x"])
@pytest.mark.django_db
def test_a_blocked_redirect_is_the_site_s_gated_404_page(location, monkeypatch):
    not_found = HttpResponse(PAGE, status=404)
    monkeypatch.setattr(middleware, "response_for_exception", lambda request, error: not_found)
    found = served(redirect(location))
    assert found.status_code == 404
    assert href(found.text).startswith("/leaving/?")
    assert location not in found.text


def test_the_admin_may_redirect_where_it_likes():
    assert served(redirect("https://evil.test/"), "/admin/x/").headers["Location"] == "https://evil.test/"
