"""What was withdrawn says so, and what to do; what an editor unpublished is not found."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from redirecting.models import Redirect
from review.endings.taking_down import take_down
from therapies.models import Label

pytestmark = pytest.mark.django_db

ABOUT, PRODUCT = "/eu/about/", "/eu/sir-spheres/"


def person(username: str):
    return get_user_model().objects.get(username=username)


@pytest.fixture
def about() -> Page:
    return Page.objects.get(url_path="/regions/eu/about/").specific


def test_a_page_that_legal_took_down_is_gone_and_says_what_to_do(client, about):
    take_down(about, person("eu-legal"), "A mistake.")
    answer = client.get(ABOUT)
    assert answer.status_code == 410
    assert "ask your doctor" in answer.text
    assert 'href="/eu/therapies/"' in answer.text
    assert "mailto:eu@example.com" in answer.text.partition("<main")[2].partition("</main>")[0]
    assert 'name="robots" content="noindex"' in answer.text
    assert client.get(f"/de{ABOUT}").status_code == 200


def test_it_is_told_in_the_language_of_its_address(client, about):
    german = about.get_translations().get(locale__language_code="de")
    take_down(german, person("eu-legal"), "A mistake.")
    answer = client.get(f"/de{ABOUT}")
    assert answer.status_code == 410
    assert '<html lang="de"' in answer.text
    assert 'href="/de/eu/therapies/"' in answer.text


def test_a_page_that_came_down_with_its_label_is_gone(client, eu):
    label = Label.objects.get(region=eu)
    label.unpublish()
    assert not Page.objects.get(url_path=f"/regions{PRODUCT}").live
    assert client.get(PRODUCT).status_code == 410


def test_a_page_that_was_unpublished_is_not_found(client, about):
    about.unpublish()
    assert client.get(ABOUT).status_code == 404


def test_a_page_that_is_back_is_shown_and_then_not_found_when_it_is_unpublished(
    client, about, one_person_may
):
    take_down(about, person("eu-legal"), "A mistake.")
    Page.objects.get(pk=about.pk).specific.save_revision().publish()
    assert client.get(ABOUT).status_code == 200
    Page.objects.get(pk=about.pk).specific.unpublish()
    assert client.get(ABOUT).status_code == 404


def test_a_redirect_leads_on_from_a_page_that_is_gone(client, about):
    take_down(about, person("eu-legal"), "A mistake.")
    Redirect.objects.create(old_path=ABOUT, new_path="/eu/contact/")
    answer = client.get(ABOUT)
    assert answer.status_code in (301, 302)
    assert answer.headers["Location"].endswith("/eu/contact/")
