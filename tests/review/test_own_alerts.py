"""Attention to what waits for a person themselves: drafts, what was sent back, what they review."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page

from region_gate import clock
from review.waiting import check_settings
from therapies.models import Reference
from therapies.reports.alerts import Alert, Watch, alerts_of, sources

from .conftest import approve, screen, submit, write

pytestmark = pytest.mark.django_db


def found(kind: str, name: str) -> list[Alert]:
    (source,) = [source for source in sources() if source.kind == kind]
    return alerts_of(source, Watch(get_user_model().objects.get(username=name)))


def test_a_draft_is_its_writers_until_it_is_sent(eu_editor, about):
    write(eu_editor, about)
    (one,) = found("drafts", "eu-editor")
    assert (one.region, one.subject) == ("eu", "About Sirtex (English)")
    assert eu_editor.get(one.address).status_code == 200
    assert found("drafts", "eu-legal") == found("drafts", "admin") == []
    submit(eu_editor, about)
    assert found("drafts", "eu-editor") == []


def test_what_waits_is_its_reviewers_with_the_day_by_which_it_is_to_be_decided(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    (one,) = found("waiting", "eu-legal")
    assert one.why == "eu-editor asks for your review."
    assert one.due == clock.today() + timedelta(days=5)
    assert eu_legal.get(one.address).status_code == 200
    assert [len(found("waiting", name)) for name in ("us-legal", "eu-editor")] == [0, 0]
    assert len(found("waiting", "admin")) == 1
    approve(eu_legal, about)
    assert found("waiting", "eu-legal") == []


def test_what_was_sent_back_is_the_senders_with_the_reason(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "It is wrong."})
    (one,) = found("sent-back", "eu-editor")
    assert one.why == "eu-legal asks for changes: “It is wrong.”"
    assert eu_editor.get(one.address).status_code == 200
    assert found("sent-back", "eu-legal") == found("drafts", "eu-editor") == []


@pytest.mark.parametrize("days", [0, 366, "5", True, None])
def test_days_that_are_none_are_an_error(days, settings):
    settings.REVIEW_WITHIN_DAYS = days
    assert [error.id for error in check_settings(None)] == ["review.E003"]


def test_a_translation_that_is_begun_is_its_writers(eu_editor, about, eu):
    """Nobody has saved it yet: Wagtail names no writer of its first draft."""
    (french,) = about.get_translations().filter(locale__language_code="fr")
    french.specific.delete()
    address = reverse("simple_translation:submit_page_translation", args=[about.pk])
    eu_editor.post(address, {"locales": [french.locale_id]})
    (one,) = found("drafts", "eu-editor")
    assert one.subject.endswith("(French)")
    assert found("drafts", "admin") == []
    page = Page.objects.get(translation_key=about.translation_key, locale=french.locale_id)
    page.specific.save_revision(user=get_user_model().objects.get(username="admin"))
    assert found("drafts", "eu-editor") == []


def test_what_was_sent_back_says_so_at_the_top_of_its_editor(eu_editor, eu_legal, about):
    address = reverse("wagtailadmin_pages:edit", args=[about.pk])
    submit(eu_editor, about)
    asked = "eu-legal asks for changes: “It is &lt;b&gt;wrong.”"
    assert asked not in eu_editor.get(address).text
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "It is <b>wrong."})
    assert asked in eu_editor.get(address).text
    submit(eu_editor, about)
    assert asked not in eu_editor.get("/admin/").text


def test_what_has_no_review_opens_as_before(administrator):
    reference = Reference.objects.first()
    assert not hasattr(reference, "current_workflow_state")
    address = reverse(Reference.snippet_viewset.get_url_name("edit"), args=[reference.pk])
    assert administrator.get(address).status_code == 200
