"""Garbage in the address, the query, the form and the headers of every route: refused, and never a 500."""

from itertools import cycle

import pytest
from django.db import transaction
from django.test import Client

from tests.config.routes import Route, routes
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999"
PARTS = [HUGE, "3000000000", "x", "%00"]
VALUES = [HUGE, "%00", "x", "-1", "0001-01-01", "%ED%A0%80"]
# Parameters that views of ours or of Wagtail's read.
NAMES = """
p page q ordering next tag day on at regions base subject export languages locale mode kind id ids
collection_id object_type content_type page_type parent_page_id site user pk region product status
instance_id live created_at created_at_from created_at_to latest_revision_created_at_from file revision
owner timestamp action object link_url link_text select_format multiple results_only edit_id standing
""".split()  # noqa: SIM905 - fifty quoted words are no clearer
FORMS = [{}, *(dict.fromkeys(NAMES, value) for value in (HUGE, "\0", "x", "-1", "0001-01-01", ""))]


def every_route() -> list[Route]:
    """Return all but those that end the test's session."""
    return [route for route in routes() if "logout" not in route.template]


def broken(client: Client, addresses: list[str], method: str = "get", **sent: object) -> dict[str, int]:
    """Return which of `addresses` answer with an error of ours."""
    client.raise_request_exception = False
    answers = {address: status_of(client, address, method, **sent) for address in addresses}
    return {address: status for address, status in answers.items() if status >= 500}


def status_of(client: Client, address: str, method: str, **sent: object) -> int:
    """Return what is answered, and leave nothing changed: neither for the next, nor by a failed query."""
    with transaction.atomic():
        status = getattr(client, method)(address, **sent).status_code
        transaction.set_rollback(True)
    return status


def in_parts() -> list[str]:
    varying = [route for route in every_route() if route.names]
    turns = zip(varying, cycle(PARTS), strict=False)
    return [route.address(dict.fromkeys(route.names, value)) for route, value in turns]


def in_queries() -> list[str]:
    """Return each route once, with one value in all parameters; each value has its turn."""
    found = []
    for number, route in enumerate(every_route()):
        value = VALUES[number % len(VALUES)]
        query = "&".join(f"{name}={value}" for name in NAMES)
        found.append(f"{route.address(dict.fromkeys(route.names, '1'))}?{query}")
    return found


def test_garbage_in_a_form_breaks_nothing(administrator):
    """Send each route one value in all parameters that anything reads, or none; each value has its turn."""
    found = {}
    for route, form in zip(every_route(), cycle(FORMS), strict=False):
        address = route.address(dict.fromkeys(route.names, "1"))
        found |= broken(administrator, [address], "post", data=form)
    assert not found


def test_garbage_in_the_parts_of_an_address_breaks_nothing(administrator):
    assert not broken(administrator, in_parts())


def test_garbage_in_the_parts_of_an_address_breaks_nothing_for_visitors(client):
    public = [address for address in in_parts() if not address.startswith("/admin/")]
    assert not broken(client, public)


def test_garbage_in_the_query_breaks_nothing(administrator):
    assert not broken(administrator, in_queries())


def test_garbage_in_the_query_breaks_nothing_for_visitors(client, eu_home):
    pages = ["/", "/eu/", "/eu/search/", "/eu/regions/", "/sitemap.xml", "/leaving/", "/documents/1/x/"]
    queries = ["&".join(f"{name}={value}" for name in NAMES) for value in VALUES]
    assert not broken(client, [f"{page}?{query}" for page in pages for query in queries])


PAGES = [
    "/",
    "/eu/",
    "/eu/search/",
    "/leaving/",
    "/admin/login/",
    "/admin/",
    "/media/images/x.png",
    "/robots.txt",
]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace", "head"])
def test_no_method_breaks_anything(client, administrator, method):
    for browser in (client, administrator):
        assert not broken(browser, PAGES, method)


HEADERS = [
    {"Accept-Language": "x" * 5000},
    {"Accept-Language": "é;q=☃,,;;q=99999999999999999999999999"},
    {"Range": "bytes=9-1,a-b"},
    {"If-Modified-Since": "Mon, 99 Foo 99999 99:99:99 GMT"},
    {"If-None-Match": '"' * 1000},
    {"Cookie": "sessionid=\x00; csrftoken=\xff; " + "a=" * 1000},
    {"Cookie": "sessionid=%00"},
    {"Accept": "\x00"},
    {"Referer": "http://[::1"},
    {"Origin": "http://[::1"},
]


@pytest.mark.parametrize("headers", HEADERS)
def test_no_header_breaks_anything(client, headers):
    assert not broken(client, PAGES, headers=headers)


BODIES = [
    ("multipart/form-data", b"garbage"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\x00'),
    ("multipart/form-data; boundary=" + "x" * 500, b"--x"),
    ("multipart/form-data; boundary=é", b"--x"),
    ("application/x-www-form-urlencoded", b"%ff=%00&" + b"a=1&" * 2000),
    ("application/json", b"[" * 100_000),
    ("application/json", b"\xff"),
    ("x" * 1000, b"a"),
    ("", b"a"),
]


@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_no_body_breaks_anything(administrator, kind, body):
    posted = [
        "/admin/login/",
        "/eu/",
        "/admin/images/multiple/add/",
        "/admin/pages/1/edit/",
        "/admin/account/",
    ]
    assert not broken(administrator, posted, "post", data=body, content_type=kind)


@pytest.mark.parametrize("username", ["eu-editor", "eu-legal"])
def test_garbage_in_the_query_breaks_nothing_for_people_of_a_region(username):
    reports = [address for address in in_queries() if "/reports/" in address or "/record" in address]
    assert not broken(signed_in(username), reports)
