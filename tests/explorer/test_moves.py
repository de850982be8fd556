"""Before a page moves or is renamed, its people are told which addresses will lead on."""

import pytest
from django.urls import reverse

from home.models import StandardPage
from redirecting.models import Redirect
from tests.conftest import findings
from tests.review.conftest import approve, screen, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(eu_home) -> StandardPage:
    """Another live page, below which the first may stand."""
    return StandardPage.objects.child_of(eu_home).get(slug="contact")


def confirm(page, parent) -> str:
    return reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk])


@pytest.mark.usefixtures("one_person_may")
def test_a_move_is_told_as_it_will_be(administrator, about, contact):
    about.add_child(instance=StandardPage(title="Below", slug="below"))
    about.add_child(instance=StandardPage(title="Never live", slug="never", live=False))
    asked = administrator.get(confirm(about, contact))
    told = asked.context["moved"]
    assert told == {
        "/eu/about/": "/eu/contact/about/",
        "/eu/about/below/": "/eu/contact/about/below/",
    }
    assert "2 addresses that visitors know will lead on" in asked.text
    assert all(f"<bdi>{old}</bdi> → <bdi>{new}</bdi>" in asked.text for old, new in told.items())
    administrator.post(confirm(about, contact))
    written = dict(Redirect.objects.values_list("old_path", "new_path"))
    assert {old: written[old.removesuffix("/")] for old in told} == told


def test_a_move_that_changes_no_address_says_so(administrator, about, eu_home, contact):
    draft = eu_home.add_child(instance=StandardPage(title="Draft", slug="draft", live=False))
    assert "No address that visitors know changes." in administrator.get(confirm(draft, contact)).text


def test_a_new_address_is_told_beside_the_draft_and_to_the_reviewer(
    eu_editor, eu_legal, about, django_capture_on_commit_callbacks
):
    write(eu_editor, about)
    assert "The address changes" not in findings(eu_editor, about)
    write(eu_editor, about, slug="about-us")
    told = "<bdi>/eu/about/</bdi> → <bdi>/eu/about-us/</bdi>"
    assert told in findings(eu_editor, about)
    write(eu_editor, about, slug="about-us", **{"action-submit": "1"})
    assert told in eu_legal.get(screen(about)).text
    with django_capture_on_commit_callbacks(execute=True):
        approve(eu_legal, about)
    assert Redirect.objects.get(old_path="/eu/about").new_path == "/eu/about-us/"
