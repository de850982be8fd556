"""Each address of ours has one spelling: another is no page, or leads to it."""

import socket
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import CollectionViewRestriction

from config import urls
from tests.browser.server import serving

from .spellings import ask, others, routes

pytestmark = pytest.mark.django_db
THERAPIES = "/eu/therapies/"


@pytest.fixture
def document(settings, tmp_path, eu, monkeypatch) -> Document:
    """A document in the European region's collection, which something shows."""
    monkeypatch.setattr("config.documents.is_public", lambda document: True)
    settings.MEDIA_ROOT = tmp_path
    return Document.objects.create(title="q", file=ContentFile(b"%PDF", "q.pdf"), collection=eu.collection)


@pytest.fixture
def picture(document, eu):
    """A picture in the European region's collection."""
    file = get_test_image_file("q.png")
    return get_image_model().objects.create(title="q", file=file, collection=eu.collection)


def path_led_to(answer) -> str:
    """Return the path that a redirect leads to, blank for another answer."""
    return urlsplit(answer.headers.get("Location", "")).path if 300 <= answer.status_code < 400 else ""


def is_no_other(client: Client, target: str, path: str) -> bool:
    """Say whether `target` is no page, or leads to `path` or to no page."""
    for _ in range(4):
        answer = ask(client, target)
        target = path_led_to(answer)
        if not target or target == path:
            return bool(target) or answer.status_code in (400, 404) or _is_of_another(answer, client, path)
    return False


def _is_of_another(answer, client: Client, path: str) -> bool:
    """Say whether a `Tripwire` took the address for another one than `path`."""
    return answer.content.startswith(b"(") and answer.content != ask(client, path).content


def served_by_others(client: Client, path: str, some: slice = slice(None)) -> list[str]:
    """Return the other spellings of `path`, or `some`, that are answered with something of their own."""
    return [other for other in others(path)[some] if not is_no_other(client, other, path)]


@pytest.fixture
def bare(settings) -> Client:
    """A browser for which no view is run, and no page made for what is not found."""
    settings.MIDDLEWARE = [
        "config.locale.AddressLocaleMiddleware",
        "config.canonical_addresses.SpellingMiddleware",
        "django.middleware.common.CommonMiddleware",
        "tests.config.spellings.Tripwire",
    ]
    return Client()


@pytest.fixture(autouse=True)
def _nothing_is_found_in_no_time(monkeypatch):
    """Make no page for what is not found."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404))


def test_every_view_is_reached_by_one_spelling_of_its_address(bare):
    paths = sorted(set(routes()))
    assert len(paths) > 300
    assert {"/documents/7/q.pdf", "/media/images/q.max-100x100.png", "/admin/pages/7/edit/"} <= set(paths)
    for path in paths:
        assert ask(bare, path).status_code == 200, path
    for number, path in enumerate(paths):
        assert served_by_others(bare, path, _turn(number)) == []


def _turn(number: int) -> slice:
    """Give each route some of the spellings, since there are many routes of each kind."""
    return slice(number % 7, None, 7)


@pytest.mark.parametrize(
    "path",
    ["/", "/de/", "/eu/", THERAPIES, f"/de{THERAPIES}", "/eu/regions/", "/eu/search/", "/sitemap.xml"],
)
def test_a_page_is_served_by_one_spelling(client, path):
    assert client.get(path).status_code == 200
    assert served_by_others(client, path) == []


def test_the_notice_is_served_by_one_spelling(client):
    assert served_by_others(client, "/de/leaving/") == []


@pytest.mark.parametrize("path", ["/static/css/base.css", "/static/region_gate/gate.js"])
def test_a_static_file_is_served_by_one_spelling(client, path):
    assert ask(client, path).status_code == 200
    assert served_by_others(client, path) == []


def test_a_document_is_served_by_one_spelling(client, document):
    assert ask(client, document.url).status_code == 200
    assert served_by_others(client, document.url) == []


def test_a_rendition_is_served_by_one_spelling(client, picture):
    rendition = picture.get_rendition("width-20")
    assert ask(client, rendition.url).status_code == 200
    assert served_by_others(client, rendition.url) == []


def test_a_page_of_the_admin_is_served_by_one_spelling(administrator, eu_home):
    path = f"/admin/pages/{eu_home.pk}/edit/"
    assert ask(administrator, path).status_code == 200
    assert served_by_others(administrator, path) == []


@pytest.mark.parametrize(
    "way", ["%s", "..%%2f%s", "%%2e%%2e/%s", "../%s", "x/../../%s", "..%%5c%s", "%%2f%s"]
)
def test_originals_and_documents_are_no_renditions(client, document, picture, way):
    for name in (document.file.name, picture.file.name):
        for folder in ("", "images/"):
            assert ask(client, f"/media/{folder}{way % name}").status_code == 404


@pytest.mark.parametrize("name", [".", "..", "...", "a" * 5000, "ä" * 90, "a%00.png", "a%0a"])
def test_an_odd_name_of_a_rendition_is_not_found(client, picture, name):
    picture.get_rendition("width-20")
    path = f"/media/images/{name}"
    assert is_no_other(client, path, path)
    assert ask(client, path).status_code != 200


def test_a_private_document_is_asked_for_by_its_view_alone(client, document, eu):
    CollectionViewRestriction.objects.create(collection=eu.collection, restriction_type="login")
    assert ask(client, document.url).status_code == 302
    assert served_by_others(client, document.url) == []


@pytest.mark.parametrize("path", ["/_util/login/", "/de/_util/login/"])
def test_whoever_may_see_what_is_private_can_sign_in(client, path):
    assert ask(client, path)["Location"] == "/admin/login/"
    page = client.get(f"{path}?next=https://evil.test/", follow=True)
    assert page.status_code == 200
    assert 'href="https://evil.test' not in page.text
    assert served_by_others(client, path) == []


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "0"])
def test_a_document_has_a_number_that_can_be_one(client, number):
    assert ask(client, f"/documents/{number}/q.pdf").status_code == 404


def test_another_spelling_of_the_encoding_leads_to_the_one(client, eu_home):
    eu_home.add_child(instance=type(eu_home.get_children().first().specific)(title="x", slug="über"))
    answer = ask(client, "/eu/%c3%bcber/?a=%c3%bc")
    assert answer.status_code == 301
    assert answer["Location"] == "/eu/%C3%BCber/?a=%c3%bc"
    assert ask(client, answer["Location"]).status_code != 301


def test_what_is_sent_is_not_led_anywhere(client):
    assert ask(client, "/%65u/", "POST").status_code == 404


def test_the_target_may_be_absolute(client):
    assert ask(client, "http://testserver/eu/").status_code == 200
    assert path_led_to(ask(client, "http://testserver/%65u/")) == "/eu/"


def test_an_old_address_in_an_odd_spelling_leads_on(client):
    from redirecting.models import Redirect

    Redirect.objects.create(old_path="/old/007%20a/", new_path="/eu/", match="exact", status_code=301)
    assert ask(client, "/old/007%20a/")["Location"] == "/eu/"
    assert ask(client, "/old/%30%307%20a/")["Location"] == "/eu/"


def test_a_server_that_keeps_the_target_to_itself_still_serves_one_path(client):
    assert client.get("/eu/").status_code == 200
    assert client.get("/%65u/").status_code == 200
    assert client.get("/documents/007/q.pdf").status_code == 404


@pytest.fixture(scope="module")
def host(django_db_setup) -> str:
    """Serve the tests' database through gunicorn, and return host and port."""
    with serving() as address:
        yield address.removeprefix("http://")


def sent(host: str, target: str, header: str = "Accept: */*") -> tuple[int, str]:
    """Send `target` as it is, with `header`, and return status and path of a redirect."""
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port))) as connection:
        head = (f"GET {target} HTTP/1.1", f"Host: {host}", "Connection: close", header, "", "")
        connection.sendall("\r\n".join(head).encode())
        with connection.makefile("rb") as answer:
            head = answer.read().partition(b"\r\n\r\n")[0].decode("latin-1")
    status, *headers = head.split("\r\n")
    led = [header for header in headers if header.lower().startswith("location: ")]
    return int(status.split()[1]), urlsplit(led[0].split(": ", 1)[1]).path if led else ""


@pytest.mark.parametrize("prefix", ["/elsewhere", "//elsewhere.test"])
def test_no_request_says_below_which_path_the_site_stands(client, prefix):
    page = client.get(f"{prefix}/eu/regions/", SCRIPT_NAME=prefix, PATH_INFO="/eu/regions/")
    for seen in (page, client.get("/eu/regions/")):
        assert "/leaving/?" in seen.text
        assert "elsewhere" not in seen.text


def test_a_real_server_takes_no_prefix_from_a_header(host):
    assert sent(host, "/elsewhere/eu/", "SCRIPT_NAME: /elsewhere") in {(301, "/eu/"), (404, "")}


@pytest.mark.parametrize("path", ["/eu/", "/de/eu/", "/static/css/base.css", "/sitemap.xml"])
def test_a_real_server_serves_one_spelling(host, path):
    assert sent(host, path) == (200, "")
    found = {other: sent(host, other) for other in others(path)[::3]}
    assert {other: got for other, got in found.items() if got[0] not in (400, 404) and got[1] != path} == {}
