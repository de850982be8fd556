"""What a draft's blocks lack is told as it is written, in the words in which sending it is refused."""

import pytest

from home.incomplete_blocks import incomplete_blocks
from home.models import StandardPage
from tests.conftest import findings

pytestmark = pytest.mark.django_db
DOCUMENT = "Documents: Document: This field is required."
LACKING = [
    ("quote", {}, ["Words: This field is required.", "Who said it: This field is required."]),
    ("section", {"heading": "Here", "text": "<p>There</p>"}, []),
    ("call_to_action", {"label": "Go"}, ["Page: Choose a page or give an address: it leads nowhere yet."]),
    (
        "table",
        {
            "caption": "",
            "columns": [{"type": "text", "heading": ""}],
            "rows": [{"values": ["<p>One</p>"]}],
        },
        ["Give the table a caption that says what it shows.", "Give column 1 a heading."],
    ),
    (
        "cards",
        {"cards": [{"type": "item", "value": {"title": ""}}]},
        ["Cards: Title: This field is required.", "Cards: The minimum number of items is 2"],
    ),
    ("figure", {}, ["Image: Image: This field is required."]),
    (
        "downloads",
        {"downloads": [{"type": "item", "value": {}}]},
        ["Documents: Document: This field is required."],
    ),
]


@pytest.fixture
def page(eu_home) -> StandardPage:
    """A page with one block of each kind above."""
    found = StandardPage.objects.child_of(eu_home).get(slug="about")
    found.body = [{"type": name, "value": value} for name, value, _why in LACKING]
    return found


def test_each_block_tells_what_it_lacks(page):
    told = [(place.split(":")[0], why) for place, why in incomplete_blocks(page)]
    assert told == [
        (f"Body {place}", why) for place, (*_block, whys) in enumerate(LACKING, 1) for why in whys
    ]
    assert incomplete_blocks(StandardPage(title="A", slug="a")) == []


def test_live_pages_lack_nothing():
    pages = StandardPage.objects.live().specific()
    assert pages.count() > 10
    assert [found for page in pages for found in incomplete_blocks(page)] == []


def test_a_draft_is_told_so_beside_its_editor(eu_editor, page):
    page.save_revision()
    told = findings(eu_editor, page)
    assert "Before this can be sent for review" in told
    assert "Body 4: Table" in told
    assert "Give the table a caption that says what it shows." in told
