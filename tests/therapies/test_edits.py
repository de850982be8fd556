"""What counts as an edit: every field and block, and neither comments nor what Wagtail keeps for itself."""

import json

import pytest
from wagtail.models import Revision

from therapies.editing import edits
from therapies.editing.edits import is_outdated, latest_edit, says_the_same
from therapies.models import Label

from .label_texts import say

SECTION = {"type": "section", "id": "a", "value": {"heading": "One", "text": "<p data-block-key='x'>A</p>"}}
BASE = {
    "title": "One",
    "slug": "one",
    "go_live_at": None,
    "body": json.dumps([SECTION]),
    "intro": '<p data-block-key="k1">An introduction</p>',
    "wagtail_admin_comments": [],
}


def revision(**more) -> Revision:
    return Revision(content={**BASE, **more})


@pytest.mark.parametrize(
    "more",
    [
        {"wagtail_admin_comments": [{"pk": 1, "text": "Is this so?"}]},
        {"latest_revision": 7, "has_unpublished_changes": True, "live": True, "locked": True},
        {"intro": '<p data-block-key="k2">An introduction</p>'},
        {"body": json.dumps([{**SECTION, "id": "b"}])},
    ],
)
def test_a_revision_says_the_same_with(more):
    assert says_the_same(revision(), revision(**more))


@pytest.mark.parametrize(
    "more",
    [
        {"title": "Two"},
        {"slug": "two"},
        {"go_live_at": "2027-01-01T00:00:00Z"},
        {"intro": "<p>An  introduction</p>"},
        {"intro": '<p data-block-key="k1"><b>An</b> introduction</p>'},
        {"body": json.dumps([SECTION, SECTION])},
        {"body": json.dumps([{**SECTION, "type": "callout"}])},
        {"body": "[{no body"},
        {"something_new": 1},
    ],
)
def test_a_revision_says_something_else_with(more):
    assert not says_the_same(revision(), revision(**more))


@pytest.mark.django_db
def test_a_label_is_outdated_by_what_it_says_and_not_by_being_saved_again(django_user_model):
    label = Label.objects.first()
    person = django_user_model.objects.get(username="eu-legal")
    say(label, authority="A notified body")
    first = label.save_revision(user=person)
    again = label.save_revision(user=django_user_model.objects.get(username="admin"))
    assert not is_outdated(first)
    assert latest_edit(again) == first
    say(label, authority="Another")
    label.save_revision()
    assert is_outdated(first)


@pytest.mark.django_db
def test_of_a_long_history_only_the_last_edit_is_read(monkeypatch):
    label = Label.objects.first()
    for number in range(5):
        say(label, authority=f"Body {number}")
        last = label.save_revision()
    again = label.save_revision()
    read = []
    content = edits._content
    monkeypatch.setattr(edits, "_content", lambda said: read.append(said) or content(said))
    assert latest_edit(again) == last
    assert len(read) == 3
