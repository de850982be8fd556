"""What a request's head alone shows to make no sense is refused before anything breaks over it."""

import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.request_validation import is_readable
from tests.browser.server import serving

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
UNREADABLE = [
    *(f"{FORM}; charset={name}" for name in ("rot13", "hex", "base64", "zlib", "idna", "undefined")),
    *(f"{FORM}; charset={name}" for name in ("nonsense", "utf-16", "x" * 5000, "é", '"a b"', "punycode")),
    *(f"{FORM}; x*={value}" for value in ("foo'en'a", "idna'en'%ff", "undefined'en'a")),
    f"{FORM}; x*=a; x*0=b",
    "multipart/form-data; boundary=x; charset=rot13",
    "multipart/form-data; boundary*=foo'en'x",
    "text/plain; charset=rot13",
]


@pytest.mark.parametrize("content_type", UNREADABLE)
@pytest.mark.parametrize("path", ["/eu/?q=a", "/admin/login/?next=/admin/", "/nowhere/", "/sitemap.xml?a=b"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_content_type_that_cannot_be_read_is_a_bad_request(client, path, content_type, method):
    answer = client.generic(method, path, b"a=b", content_type=content_type)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        FORM,
        f"{FORM}; charset=UTF-8",
        "text/plain;charset=us-ascii",
        "multipart/form-data; boundary=x",
        ";",
    ],
)
def test_a_content_type_that_browsers_send_is_read(content_type):
    assert is_readable(content_type)


@pytest.mark.parametrize(
    "line", ["form-data; name*=foo'en'a", "form-data; name*=a; name*0=b", "form-data; name*=idna'en'%ff"]
)
def test_a_part_of_a_form_that_cannot_be_read_is_a_bad_request_or_none(client, line):
    body = f"--x\r\nContent-Disposition: {line}\r\n\r\na\r\n--x--\r\n"
    client.raise_request_exception = False
    answer = client.post("/admin/login/", body.encode(), content_type="multipart/form-data; boundary=x")
    assert answer.status_code < 500


@pytest.mark.parametrize("host", ["localhost:99999", "localhost:65536", "localhost:0", "[::1", "", "a b"])
@pytest.mark.parametrize("path", ["/eu/", "/admin/", "/static/css/base.css"])
def test_an_impossible_host_is_not_led_to_https(client, settings, host, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path, headers={"host": host}).status_code == 400


def test_a_possible_host_is_led_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/eu/", headers={"host": "localhost:8000"}).headers["Location"].startswith("https://")


def test_a_server_answers_with_the_sites_own_page(tmp_path: Path, django_db_setup):
    with (tmp_path / "stderr").open("wb") as stderr, serving(stderr=stderr) as site:
        answers = [ask(site, {"Content-Type": kind}) for kind in (UNREADABLE[0], f"{FORM}; x*=foo'en'a")]
        answers.append(ask(site, {"SCRIPT_NAME": "/nowhere", "Content-Type": f"{FORM}; charset=hex"}))
    assert [status for status, _page in answers] == [400] * 3
    assert all("<main" in page for _status, page in answers)
    assert "Traceback" not in (tmp_path / "stderr").read_text()


def ask(site: str, headers: dict[str, str]) -> tuple[int, str]:
    """Return status and text of what a server answers to a form."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    connection.request("POST", "/eu/", b"a=b", headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page
