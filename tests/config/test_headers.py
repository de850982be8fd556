"""What every public page says of itself to browsers and caches."""

import pytest

from config.errors import server_error
from config.fallback_page import last_resort

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/de/", "/eu/", "/de/eu/", "/eu/therapies/", "/eu/search/?q=liver", "/eu/nowhere/"]
public = pytest.mark.parametrize("address", ADDRESSES)


@public
def test_the_address_alone_decides_what_a_page_is(client, address):
    page = client.get(address, headers={"accept-language": "de"})
    assert not page.has_header("Vary")
    assert not page.cookies
    assert page.text == client.get(address, headers={"accept-language": "fr"}).text


@public
def test_the_content_security_policy_is_strict(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "base-uri 'none'" in policy


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/eu/", "headers": {"host": "evil.test"}}, 400),
        ({"path": "/static/css/base.css", "headers": {"host": "a b"}}, 400),
        ({"path": "/eu/", "CONTENT_TYPE": "text/plain; charset=rot13"}, 400),
        ({"path": "/eu/nowhere/"}, 404),
        ({"path": "/nowhere/"}, 404),
        ({"path": "/leaving/?to=x"}, 404),
        ({"path": "/documents/1/a.pdf"}, 404),
        ({"path": "/media/images/a.png"}, 404),
    ],
)
def test_an_error_page_is_as_strict_and_kept_by_nobody(client, asked, status):
    answer = client.get(**asked)
    assert answer.status_code == status
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "public" not in answer.get("Cache-Control", "")
    assert "<style" not in answer.text


@pytest.mark.parametrize("page", [lambda: server_error(None), lambda: last_resort("id")])
def test_what_broke_of_ours_is_told_as_strictly(page):
    assert "default-src 'none'" in page()["Content-Security-Policy"]
    assert page()["X-Content-Type-Options"] == "nosniff"


@public
def test_nothing_inline_stands_on_a_page(client, address):
    page = client.get(address).text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_the_admin_has_a_policy_of_its_own(administrator):
    policy = administrator.get("/admin/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy


@public
def test_other_hosts_learn_nothing_and_frame_nothing(client, address):
    page = client.get(address)
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert "camera=()" in page["Permissions-Policy"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/admin/login/", "/robots.txt"])
def test_no_other_site_loads_anything(client, address):
    assert client.get(address)["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_reset/", "/admin/logout/"])
def test_where_passwords_are_typed_nothing_inline_runs(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self'" in policy


def test_a_second_factor_is_added_without_anything_inline(administrator):
    page = administrator.get("/admin/account/second-factor/app/", follow=True)
    assert "unsafe-inline" not in page["Content-Security-Policy"]
