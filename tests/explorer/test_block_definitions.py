"""A body's blocks are described to the editor's scripts once for each language, as Wagtail describes them."""

import re
from unittest import mock

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks.base import BlockField, BlockWidget
from wagtail.models import get_page_models

from explorer import block_definitions
from explorer.block_definitions import ITEM_ID, RememberingBlockWidget
from home.models import StandardPage

BODIES = [
    (model.__name__, name, field)
    for model in get_page_models()
    for name, field in model.get_edit_handler().get_form_class().base_fields.items()
    if isinstance(field, BlockField)
]


@pytest.fixture
def nothing_remembered():
    """A process that has made no editor yet."""
    with mock.patch.object(block_definitions, "_described", {}):
        yield


def without_keys(definitions: str) -> str:
    """Leave out what an empty text, and the item that a list begins with, are called by chance."""
    return ITEM_ID.sub("", re.sub(r"key\W+\w{5}\b", "", definitions))


def test_every_body_of_every_kind_of_page_remembers():
    assert BODIES
    assert [one[:2] for one in BODIES if type(one[2].widget) is not RememberingBlockWidget] == []


@pytest.mark.parametrize("field", [one[2] for one in BODIES], ids=["-".join(one[:2]) for one in BODIES])
def test_the_blocks_are_described_as_wagtail_describes_them_in_each_language(field, nothing_remembered):
    said = []
    for language in ("en", "de", "en"):
        with override(language):
            wagtails = BlockWidget(field.block)
            assert without_keys(field.widget.block_json) == without_keys(wagtails.block_json)
            assert str(field.widget.media) == str(wagtails.media)
            said.append(without_keys(field.widget.block_json))
    assert said[0] == said[2] != said[1]


def test_the_items_that_lists_begin_with_are_of_each_editor_alone(nothing_remembered):
    body = next(field for kind, name, field in BODIES if (kind, name) == ("StandardPage", "body"))
    first, second = (ITEM_ID.findall(body.widget.block_json) for _ in range(2))
    assert first
    assert not {*first} & {*second}


def test_no_other_thread_sees_a_description_that_is_not_whole(nothing_remembered):
    field, whole = BODIES[0][2], BlockWidget._build_block_json
    seen = []

    def describe(widget: BlockWidget) -> None:
        whole(widget)
        seen.append(dict(block_definitions._described))

    with mock.patch.object(BlockWidget, "_build_block_json", describe):
        assert str(field.widget.media)
    assert seen == [{}]
    assert len(block_definitions._described) == 1


def test_the_second_editor_of_a_language_describes_nothing_anew(eu_editor, nothing_remembered):
    page = StandardPage.objects.get(url_path="/regions/eu/about/", locale__language_code="en")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first = eu_editor.get(address)
    with mock.patch.object(BlockWidget, "_build_block_json") as describing:
        second = eu_editor.get(address)
    assert describing.call_count == 0
    assert "data-w-block-data-value" in first.text
    assert first.text.count("data-w-block-data-value") == second.text.count("data-w-block-data-value")
