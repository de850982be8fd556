"""Garbage in each field of the page editor, in turn: refused, and never a 500."""

import json
from itertools import cycle
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.conftest import TOPIC, approval
from tests.home.test_optimistic_locking import shown
from tests.review.conftest import about, submit  # noqa: F401 - a fixture
from therapies.models import TherapyPage

from .test_garbage import status_of

NINES = "9" * 30
TEXTS = ["x", "\0", "-1", NINES, "9" * 5000, "0001-01-01", "[1"]
JSON = [
    *(
        "[]",
        "1",
        "null",
        "[" * 100_000,
        '{"blocks":1}',
        '{"blocks":[1]}',
        '{"blocks":[{"text":1}]}',
        '{"user":1}',
    ),
    '{"blocks":[{"text":"a","type":"unstyled","entityRanges":[{"key":0,"offset":0,"length":1}]}]}',
    '{"blocks":[{"text":"a","entityRanges":[{"key":0,"offset":0,"length":1}]}],"entityMap":{"0":[]}}',
    json.dumps({"code": [], "review_by": 1, "prepared_on": None}),
]


def blocks() -> list[tuple[str, Any]]:
    """Return one of each kind of block, as the editor sends it."""
    section = {"heading": "A", "text": rich_text("<p>a</p>")}
    picture = get_image_model().objects.create(title="A", file=get_test_image_file())
    image = {"image": picture.pk, "alt_text": "A", "decorative": ""}
    return [("section", section), ("callout", section), ("figure", {"image": image, "caption": "A"})]


def sent_from(client: Client, page: Any) -> dict[str, Any]:
    """Return what the editor of `page` sends, with one of each kind of block and a comment."""
    stored = shown(client.get(address_of(page)).text)
    stored = {name: values for name, values in stored.items() if not name.startswith("body")}
    comment = {"comments-TOTAL_FORMS": "1", "comments-0-text": "A", "comments-0-contentpath": "title"}
    more = {"comments-0-position": "", "comments-0-DELETE": "", "comments-0-resolved": ""}
    return {**stored, **nested_form_data({"body": streamfield(blocks())}), **comment, **more}


def address_of(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def in_turn(sent: dict[str, Any]) -> list[tuple[str, str]]:
    """Return all texts for each field that takes JSON, and some for any other; each text has its turn."""
    turns = cycle(TEXTS)
    structured = [name for name, value in sent.items() if "{" in str(value)]
    plain = [(name, next(turns)) for name in sent for _time in range(2)]
    return plain + [(name, text) for name in structured for text in TEXTS + JSON]


def broken(client: Client, address: str, sent: dict[str, Any], turns: list[tuple[str, str]]) -> list[str]:
    """Return which field broke `address` over which text."""
    client.raise_request_exception = False
    return [
        f"{name}={text[:60]}"
        for name, text in turns
        if status_of(client, address, "post", data={**sent, name: text}) >= 500
    ]


@pytest.fixture
def therapy(eu_home) -> TherapyPage:
    """A page with all kinds of fields."""
    return TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)


@pytest.mark.parametrize("way", ["", "preview/"], ids=["saving", "previewing"])
def test_no_field_of_the_editor_breaks_it(eu_editor, therapy, way):
    sent = sent_from(eu_editor, therapy)
    assert status_of(eu_editor, address_of(therapy), "post", data=sent) == 302
    assert {"intro", "body-0-value-text", "body-2-value-image-image"} <= sent.keys()
    assert not broken(eu_editor, address_of(therapy) + way, sent, in_turn(sent))


@pytest.mark.parametrize("column", ["evil", "", "text\0"])
@pytest.mark.parametrize("way", ["", "preview/"], ids=["saving", "previewing"])
def test_no_column_of_a_table_breaks_the_editor(eu_editor, therapy, way, column):
    table = {"caption": "A", "column-count": "1", "row-count": "0", "column-0-type": column}
    table |= {"column-0-order": "0", "column-0-heading": "A", "column-0-deleted": ""}
    body = nested_form_data({"body": streamfield([("table", table)])})
    sent = {**sent_from(eu_editor, therapy), **body}
    eu_editor.raise_request_exception = False
    assert status_of(eu_editor, address_of(therapy) + way, "post", data=sent) == 400


def test_no_button_of_a_reviewer_breaks_it(eu_editor, eu_legal, about):  # noqa: F811 - the fixture
    submit(eu_editor, about)
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    action["workflow-action-extra-data"] = json.dumps(approval())
    sent = sent_from(eu_legal, about) | action
    turns = [(name, text) for name in action for text in TEXTS + JSON]
    assert not broken(eu_legal, address_of(about), sent, turns)


@pytest.mark.parametrize("parent", [NINES, "999999", "x", ""])
def test_a_page_is_not_copied_to_where_there_is_none(administrator, about, parent):  # noqa: F811 - the fixture
    administrator.raise_request_exception = False
    address = reverse("wagtailadmin_pages:copy", args=[about.pk])
    answer = administrator.post(address, {"new_title": "A", "new_slug": "copied", "new_parent_page": parent})
    assert answer.status_code == 400


@pytest.mark.parametrize("position", [NINES, "-1", "x", "9" * 5000])
def test_a_page_has_no_position_out_of_range(administrator, about, position):  # noqa: F811 - the fixture
    administrator.raise_request_exception = False
    address = reverse("wagtailadmin_pages:set_page_position", args=[about.pk])
    assert status_of(administrator, f"{address}?position={position}", "post") < 500


@pytest.mark.parametrize("body", ["[1]", '"a"', "1", "null", "[" * 100_000, '{"a":"\\u0000"}', b"\xff"])
def test_hints_are_put_away_by_nothing_else_than_their_names(eu_editor, body):
    eu_editor.raise_request_exception = False
    address = reverse("wagtailadmin_dismissibles")
    kind = {"content_type": "application/json"}
    assert status_of(eu_editor, address, "patch", data=body, **kind) < 500
