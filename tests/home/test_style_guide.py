"""The style guide: no block is missing, and each is explained and shown."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.conftest import signed_in

from .blocks_in_preview import BLOCKS


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_says_what_it_is_for_and_has_rules_and_a_preview(name):
    block = BLOCKS[name]
    assert str(block.get_description())
    assert [str(rule) for rule in block.meta.rules]
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["eu-editor", "eu-legal", "admin"])
def test_the_guide_shows_every_block(person):
    page = signed_in(person).get(reverse("style_guide")).text
    for name, block in BLOCKS.items():
        assert f'id="block-{name}"' in page
        assert f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}" in page
        assert all(str(rule) in page for rule in block.meta.rules)


@pytest.mark.django_db
def test_the_menu_leads_there(eu_editor):
    assert reverse("style_guide") in eu_editor.get("/admin/").text


@pytest.mark.django_db
def test_strangers_are_asked_to_sign_in(client):
    assert client.get(reverse("style_guide")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_a_preview_looks_like_a_page(name, eu_editor):
    answer = eu_editor.get(reverse("wagtailadmin_block_preview"), {"id": BLOCKS[name].definition_prefix})
    assert answer.status_code == 200
    assert "css/blocks.css" in answer.text
    assert 'class="page-body"' in answer.text


def test_a_preview_speaks_the_language_of_whoever_looks():
    quote = BLOCKS["quote"]
    with translation.override("de"):
        quote.get_preview_value()
    assert quote.get_preview_value()["role"] == "profession, place"
