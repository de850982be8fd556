"""What visitors get of a link in a text whose page they cannot see."""

import pytest
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html

from home.models import StandardPage

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
