"""What browsers and password managers ask every site for."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_picture_of_the_site_is_found_at_the_usual_place():
    answer = Client().get("/favicon.ico")
    assert answer.status_code == 302
    picture = Client().get(answer.headers["Location"])
    assert picture.status_code == 200
    assert picture.getvalue()[:4] == b"\0\0\1\0"


def test_passwords_are_changed_in_the_account():
    assert Client().get("/.well-known/change-password").headers["Location"] == "/admin/account/"
    assert Client().post("/.well-known/change-password").status_code == 405


def test_each_page_names_its_pictures():
    page = Client().get("/eu/").text
    for name in ("favicon.ico", "favicon.svg", "apple-touch-icon.png"):
        assert f"img/{name}" in page
