"""What is done to many pages at once: by those who may, each page by itself, the refused ones named."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.models import StandardPage
from review.endings.models import TakeDownRequest
from tests.conftest import signed_in
from tests.review.conftest import fresh, screen, submit, waiting, write
from therapies.models import Product

pytestmark = pytest.mark.django_db


def address(action: str, *pages: Page, **asked: object) -> str:
    query = urlencode({"id": [page.pk for page in pages], "next": "/admin/", **asked}, doseq=True)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{query}"


@pytest.fixture
def contact(eu_home) -> StandardPage:
    """A live page without a newer draft."""
    return StandardPage.objects.child_of(eu_home).get(slug="contact")


@pytest.fixture
def begun(eu_home) -> StandardPage:
    """A page that never was live, whose title has been deleted since."""
    page = eu_home.add_child(instance=StandardPage(title="Begun", slug="begun", live=False))
    page.save_revision()
    return page


def test_drafts_are_sent_and_those_that_cannot_be_are_named_with_the_reason(
    eu_editor,
    about,
    contact,
    begun,
):
    write(eu_editor, about)
    asked = address("submit", about, contact, begun)
    assert "Send the latest drafts of these pages to their reviews?" in eu_editor.get(asked).text
    answer = eu_editor.post(asked, follow=True).text
    assert "2 pages were sent to review." in answer
    assert f"“{contact.title}”: It has no newer draft than what is live." in answer
    assert waiting(about)
    assert waiting(begun)
    assert waiting(contact) is None
    assert "It is in review already." in eu_editor.post(address("submit", about), follow=True).text


def test_a_draft_with_something_missing_is_not_sent(eu_editor, begun):
    draft = begun.get_latest_revision_as_object()
    draft.title = ""
    draft.save_revision(clean=False)
    answer = eu_editor.post(address("submit", begun), follow=True).text
    assert "Title: This field cannot be blank." in answer
    assert waiting(begun) is None


def test_a_draft_that_names_a_product_without_a_label_is_not_sent(eu_editor, begun):
    Product.objects.create(name="Newol", maker="M", first_published_at=timezone.now())
    draft = begun.get_latest_revision_as_object()
    draft.title = "Newol for everybody"
    draft.save_revision()
    assert "Newol" in eu_editor.post(address("submit", begun), follow=True).text
    assert waiting(begun) is None


def test_what_was_sent_back_is_sent_anew(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "Why?"})
    before = fresh(about).current_workflow_state
    eu_editor.post(address("submit", about))
    assert fresh(about).current_workflow_state == before
    assert fresh(about).workflow_in_progress


def test_legal_is_asked_for_each_page_and_answers_each(eu_editor, about, contact, begun):
    asked = address("request_take_down", about, contact, begun)
    shown = eu_editor.get(asked).text
    assert "These are not live, or not your region’s:" in shown
    assert "This field is required." in eu_editor.post(asked, {"reason": ""}).text
    answer = eu_editor.post(asked, {"reason": "It is out of date."}, follow=True).text
    assert "Legal has been asked to take 2 pages down" in answer
    found = TakeDownRequest.objects.filter(reason="It is out of date.")
    assert {one.page for one in found} == {about.pk, contact.pk}
    again = eu_editor.post(asked, {"reason": "Again."}, follow=True).text
    assert "Legal has been asked for this already" in again
    assert f"“{contact.title}”" in again


@pytest.mark.parametrize("name", ["us-editor", "us-legal", "eu-legal"])
@pytest.mark.parametrize("action", ["submit", "request_take_down"])
def test_nobody_else_does_it(name, action, eu_editor, about):
    write(eu_editor, about)
    answer = signed_in(name).post(address(action, about), {"reason": "Mine."})
    assert answer.status_code in (302, 404)
    assert waiting(about) is None
    assert not TakeDownRequest.objects.exists()


@pytest.mark.parametrize("action", ["submit", "request_take_down", "delete", "publish"])
@pytest.mark.parametrize("place", ["home", "selector", "nowhere"])
def test_all_of_a_list_is_nobody_elses(action, place, eu_editor, us_home):
    us_home.add_child(instance=StandardPage(title="Walrus", slug="walrus", live=False))
    above = {"home": {"childOf": us_home.pk}, "selector": {"childOf": us_home.get_parent().pk}, "nowhere": {}}
    answer = eu_editor.get(address(action, id="all", **above[place], q="walrus"))
    assert answer.status_code == 404


def test_all_of_a_list_is_what_it_shows(eu_editor, eu_home, about, begun):
    write(eu_editor, about)
    given = {"id": "all", "childOf": eu_home.pk}
    items = eu_editor.get(address("submit", **given, state="changed")).context["items"]
    assert [one["item"].pk for one in items] == [about.pk]
    items = eu_editor.get(address("submit", **given, q="begun")).context["items"]
    assert [one["item"].pk for one in items] == [begun.pk]
    items = eu_editor.get(address("submit", **given)).context["items"]
    assert {one["item"].pk for one in items} >= {about.pk, begun.pk}


@pytest.mark.parametrize("next_url", ["", "https://evil.example/"])
def test_whoever_is_not_told_where_to_go_on_goes_on_among_the_pages(eu_editor, about, next_url):
    write(eu_editor, about)
    answer = eu_editor.post(address("submit", about, next=next_url), follow=True)
    assert answer.redirect_chain[0][0] == reverse("wagtailadmin_explore_root")
    assert answer.status_code == 200
    assert "1 page was sent to review." in answer.text


def test_what_is_asked_about_is_named_with_its_language(eu_editor, about):
    german = about.get_translations().get(locale__language_code="de")
    asked = eu_editor.get(address("submit", about, german)).text
    assert "(English)" in asked
    assert "(Deutsch)" in asked
