"""Visitors get the documents that something live leads them to, and no others."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection

from config.documents import is_public
from region_gate import clock
from tests.conftest import signed_in
from therapies.models import Label
from therapies.models.in_force import Status
from therapies.models.label_text import LabelText

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(settings, tmp_path, eu) -> Document:
    """A document of the European region, which nothing shows."""
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(b"%PDF", "a.pdf")
    return Document.objects.create(title="Instructions", file=file, collection=eu.collection)


def link_to(document: Document) -> str:
    return f'<p><a linktype="document" id="{document.pk}">Instructions</a></p>'


def status(document: Document, client: Client | None = None) -> int:
    return fetched(document, client or Client()).status_code


def fetched(document: Document, client: Client):
    """Return the answer for `document`, with its file closed and no connection."""
    answer = client.get(document.url)
    for close in answer._resource_closers if answer.streaming else []:
        close()
    return answer


def show(page, document: Document) -> None:
    page.intro = link_to(document)
    page.save_revision().publish()


def test_what_nothing_shows_nobody_gets(document):
    assert status(document) == 404


def test_what_a_draft_shows_nobody_gets(document, eu_home):
    eu_home.intro = link_to(document)
    eu_home.save_revision()
    assert status(document) == 404


def test_what_a_live_page_shows_everybody_gets(document, eu_home):
    show(eu_home, document)
    assert status(document) == 200


def test_what_a_live_page_shows_stays_while_a_draft_does_without_it(document, eu_home):
    show(eu_home, document)
    eu_home.intro = ""
    eu_home.save_revision()
    assert status(document) == 200


def test_what_is_shown_no_more_is_public_no_more(document, eu_home):
    show(eu_home, document)
    eu_home.intro = ""
    eu_home.save_revision().publish()
    assert status(document) == 404


def test_what_a_page_showed_that_is_down_is_public_no_more(document, eu_home):
    show(eu_home, document)
    eu_home.unpublish()
    assert status(document) == 404


def test_what_a_private_page_shows_is_private(document, eu_home):
    show(eu_home, document)
    eu_home.view_restrictions.create(restriction_type="login")
    assert status(document) == 404


@pytest.mark.parametrize(("days", "is_shown"), [(-1, True), (0, True), (1, False)])
def test_what_a_label_shows_is_public_once_it_is_in_force(document, eu, days, is_shown):
    label = Label.objects.filter(region=eu).first()
    starts = clock.today() + timedelta(days=days)
    approved = {"status": Status.APPROVED, "effective_from": starts, "withdrawn_on": None}
    QuerySet(Label).filter(pk=label.pk).update(**approved)
    QuerySet(LabelText).filter(label=label).update(instructions_document=document)
    assert is_public(document) is is_shown


@pytest.mark.parametrize(
    ("username", "answer"),
    [("eu-editor", 200), ("eu-legal", 200), ("us-editor", 404), ("us-legal", 404), ("admin", 200)],
)
def test_a_regions_people_get_their_own(document, username, answer):
    assert status(document, signed_in(username)) == answer


def test_what_is_nobodys_yet_is_kept_by_nobody_in_between(document, eu_editor):
    assert fetched(document, eu_editor)["Cache-Control"] == "private, no-store"


def test_what_no_region_owns_all_people_get_and_no_visitor(document):
    Document.objects.filter(pk=document.pk).update(collection=Collection.get_first_root_node())
    assert status(document) == 404
    assert status(document, signed_in("us-editor")) == 200


def test_to_ask_costs_few_queries(document, eu_home, django_assert_max_num_queries):
    show(eu_home, document)
    with django_assert_max_num_queries(20):
        assert is_public(document)
