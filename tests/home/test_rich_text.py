"""What visitors get of a link in a text, and what its editor does; whose page may be gone."""

import json

import pytest
from django.core.exceptions import SuspiciousOperation
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html

from home.models import StandardPage
from home.rich_text_area import MAX_DEPTH, RichTextArea

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(eu_home) -> StandardPage:
    """A live page."""
    return eu_home.add_child(instance=StandardPage(title="Another", slug="another"))


def link(key: int, kind: str = "page") -> str:
    return f'<p><a linktype="{kind}" id="{key}">There</a></p>'


def test_a_link_leads_to_a_live_page(other):
    assert expand_db_html(link(other.pk)) == '<p><a href="/eu/another/">There</a></p>'


def test_a_link_to_what_is_taken_down_is_text(other):
    other.unpublish()
    assert expand_db_html(link(other.pk)) == "<p><a>There</a></p>"


@pytest.mark.parametrize("kind", ["page", "document"])
def test_a_link_to_what_is_deleted_is_text(kind):
    assert not get_document_model().objects.filter(pk=987654).exists()
    assert expand_db_html(link(987654, kind)) == "<p><a>There</a></p>"


def taken_in(html: str) -> dict:
    """Return what the editor knows of the only link in a text."""
    state = json.loads(ContentstateConverter(["link"]).from_database_format(html))
    (entity,) = state["entityMap"].values()
    return entity["data"]


def test_the_editor_takes_a_link_in_with_one_query(other, eu_home, django_assert_num_queries):
    taken_in(link(other.pk))
    with django_assert_num_queries(1):
        known = taken_in(link(other.pk))
    assert known == {"id": other.pk, "url": other.url, "parentId": eu_home.pk}


def test_the_editor_keeps_a_link_to_what_is_deleted():
    assert taken_in(link(987654)) == {"id": 987654, "url": None, "parentId": None}


def sent(*depths: object) -> dict[str, str]:
    blocks = [{"text": "A", "type": "unordered-list-item", "depth": depth} for depth in depths]
    return {"text": json.dumps({"blocks": blocks, "entityMap": {}})}


def test_lists_within_lists_are_read():
    text = RichTextArea().value_from_datadict(sent(0, 1, 2, MAX_DEPTH), {}, "text")
    assert text.count("<ul>") == text.count("</ul>") == MAX_DEPTH + 1


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 10**9, 10**30])
def test_lists_that_nobody_writes_are_refused_before_they_are_made(depth):
    """Each level takes memory: a single text could take all of the machine's."""
    with pytest.raises(SuspiciousOperation):
        RichTextArea().value_from_datadict(sent(0, depth), {}, "text")
    broken = sent(0, depth)["text"].replace('"blocks": [', '"blocks": [1, ').replace("depth", "\\u0064epth")
    with pytest.raises(SuspiciousOperation):
        RichTextArea().value_from_datadict({"text": broken}, {}, "text")


def test_a_text_of_such_lists_is_a_bad_request(eu_editor, other):
    address = reverse("wagtailadmin_pages:edit", args=[other.pk])
    sending = {"title": "A", "slug": "a", "intro": sent(10**9)["text"]}
    assert eu_editor.post(address, sending).status_code == 400
