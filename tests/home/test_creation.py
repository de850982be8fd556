"""A new page is created once, however often its form is sent."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from home.models import StandardPage
from tests.conftest import signed_in
from tests.home.test_access import form

pytestmark = pytest.mark.django_db


def send(client, home, title: str, key: str, **headers: str):
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    return client.post(address, form(title, creation_key=key), headers=headers)


def made(home) -> list[StandardPage]:
    return [*StandardPage.objects.child_of(home).filter(slug__startswith="a-new-page")]


def test_the_form_has_a_key_of_its_own(eu_editor, eu_home):
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", eu_home.pk])
    keys = [re.findall(r'name="creation_key" value="([^"]+)"', eu_editor.get(address).text) for _ in range(2)]
    assert [len(one) for one in keys] == [1, 1]
    assert keys[0] != keys[1]


def test_the_button_saves_the_page_that_autosave_has_created(eu_editor, eu_home):
    key = str(uuid4())
    assert send(eu_editor, eu_home, "A new page", key, accept="application/json").json()["success"]
    answer = send(eu_editor, eu_home, "A new page, whole", key)
    (page,) = made(eu_home)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.get_latest_revision_as_object().title == "A new page, whole"


def test_autosave_that_comes_second_saves_it_too(eu_editor, eu_home):
    key = str(uuid4())
    send(eu_editor, eu_home, "A new page", key)
    answer = send(eu_editor, eu_home, "A new page, whole", key, accept="application/json").json()
    (page,) = made(eu_home)
    assert (answer["success"], answer["pk"]) == (True, page.pk)


@pytest.mark.parametrize("key", ["", "no key", "\0"])
def test_without_a_key_it_is_as_ever(eu_editor, eu_home, key):
    for number in range(2):
        send(eu_editor, eu_home, "A new page", key)
        assert len(made(eu_home)) <= number + 1


def test_another_forms_page_is_another_and_its_address_is_taken(eu_editor, eu_home):
    for _form in range(2):
        answer = send(eu_editor, eu_home, "A new page", str(uuid4()))
    assert answer.status_code == 200
    assert len(made(eu_home)) == 1


def test_nobody_edits_by_the_key_of_another(eu_editor, eu_home, us_home):
    key = str(uuid4())
    send(eu_editor, eu_home, "A new page", key)
    send(signed_in("us-editor"), us_home, "Ours", key)
    (page,) = made(eu_home)
    assert page.get_latest_revision_as_object().title == "A new page"
    assert [one.title for one in made(us_home)] == ["Ours"]
