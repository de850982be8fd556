"""The one walk through fields and blocks: each value once, named as editors know it, shown or stored."""

import pytest
from wagtail.blocks import (
    CharBlock,
    IntegerBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from home.models import StandardPage
from therapies.content_walk import fields_of, leaves_of_block, leaves_of_field, pointers_in
from therapies.models import Label, TherapyPage

GONE = 999_999


class Card(StructBlock):
    """A block with a block of each kind."""

    title = CharBlock(label="Title")
    text = RichTextBlock(label="Text")
    lines = ListBlock(CharBlock(), label="Lines")
    more = StreamBlock(
        [("note", CharBlock(label="Note")), ("year", IntegerBlock(label="Year"))], label="More"
    )


BODY = StreamBlock([("card", Card(label="Card")), ("page", PageChooserBlock(label="Page"))])
STORED = [
    {
        "type": "card",
        "value": {
            "title": "Head",
            "text": "<p>Words</p>",
            "lines": [
                {"type": "item", "value": "One", "id": "a"},
                {"type": "item", "value": "Two", "id": "b"},
            ],
            "more": [{"type": "note", "value": "Small"}, {"type": "year", "value": 2026}],
        },
    },
    {"type": "card", "value": {"title": "", "text": "", "lines": ["As it was stored before"], "more": []}},
    {"type": "page", "value": GONE},
    {"type": "gone", "value": "of a kind that is no more"},
]
NAMED = [
    ("Body 1: Card, Title", "Head"),
    ("Body 1: Card, Text", "<p>Words</p>"),
    ("Body 1: Card, Lines 1", "One"),
    ("Body 1: Card, Lines 2", "Two"),
    ("Body 1: Card, More 1: Note", "Small"),
    ("Body 1: Card, More 2: Year", 2026),
    ("Body 2: Card, Lines 1", "As it was stored before"),
]


def read(block, value) -> list[tuple[str, object]]:
    """Return the name of each leaf, and what it holds: of rich text the source."""
    leaves = leaves_of_block("Body", block, value)
    return [(leaf.name, leaf.value if leaf.html is None else leaf.html) for leaf in leaves if leaf.html != ""]


def test_what_is_stored_is_read_with_the_keys_of_what_is_gone():
    assert read(BODY, STORED) == [*NAMED, ("Body 3: Page", GONE)]


@pytest.mark.django_db
def test_what_is_shown_has_the_same_names_without_what_is_gone():
    assert read(BODY, BODY.to_python(STORED)) == NAMED


@pytest.mark.django_db
def test_a_value_that_visitors_get_by_default_is_shown():
    block = StructBlock([("text", CharBlock(label="Text", default="By default"))])
    assert read(block, block.to_python({})) == [("Body, Text", "By default")]
    assert read(block, {}) == []


@pytest.mark.parametrize(
    ("stored", "name"), [({"image": GONE, "alt_text": ""}, "Picture, Image"), (GONE, "Picture")]
)
def test_the_key_of_a_picture_is_found_however_it_is_stored(stored, name):
    (leaf,) = leaves_of_block("Picture", ImageBlock(), stored)
    assert (leaf.name, leaf.value) == (name, GONE)
    assert leaf.model is get_image_model()


def test_a_page_says_what_visitors_meet_and_nothing_of_wagtails_bookkeeping():
    names = {field.name for field in fields_of(TherapyPage())}
    assert {"title", "slug", "search_description", "show_in_menus", "intro", "body", "topic"} <= names
    assert names.isdisjoint({"path", "live", "locked_by", "draft_title", "content_type", "locale", "id"})


def test_a_snippet_says_its_own_fields():
    names = {field.name for field in fields_of(Label())}
    assert {"product", "region", "effective_from"} <= names
    assert names.isdisjoint({"live", "locale", "latest_revision", "locked_at", "id"})


def test_a_picture_says_its_title(db):
    assert "title" in {field.name for field in fields_of(get_image_model()())}


def test_a_field_is_named_as_editors_know_it():
    page = StandardPage(title="About", intro="<p>Words</p>")
    leaves = [leaf for field in fields_of(page) for leaf in leaves_of_field(page, field)]
    found = {leaf.name: leaf.html or leaf.value for leaf in leaves}
    assert (found["Title"], found["Introduction"]) == ("About", "<p>Words</p>")


def test_a_key_says_whose_it_is():
    page = TherapyPage(topic_id=GONE)
    (leaf,) = leaves_of_field(page, TherapyPage._meta.get_field("topic"))
    assert (leaf.value, leaf.model) == (GONE, TherapyPage._meta.get_field("topic").related_model)
    (leaf,) = leaves_of_block("Page", PageChooserBlock(), GONE)
    assert leaf.model is Page


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a linktype="page" id="3">A</a>', [("page", "3")]),
        ('<embed embedtype="image" id="4" alt="">', [("image", "4")]),
        ('<a linktype="page" id="3">A</a><a id="3" linktype="page">A</a>', [("page", "3")] * 2),
        ('<a href="/eu/">A</a>', []),
        ('<embed embedtype="media" url="https://example.com/">', [("media", "")]),
        ('&lt;a linktype="page" id="3"&gt;', []),
        ("", []),
    ],
)
def test_a_rich_text_points_to(html, found):
    assert [*pointers_in(html)] == found
