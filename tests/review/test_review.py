"""The reviewer's screen: all that a decision needs, and what a decision says."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from review.models import Approval
from therapies.models import Publication, TherapyPage

from .conftest import approve, fresh, screen, submit, waiting, write

pytestmark = pytest.mark.django_db

ADDRESS = "/eu/about/"


def shown(client, about) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(screen(about)).text)


def test_the_screen_shows_what_changed_word_by_word(eu_editor, eu_legal, about):
    submit(eu_editor, about, "About us at Sirtex")
    change = shown(eu_legal, about).css_first(".review-change")
    assert change.css_first("h3").text().split() == ["Title", "Changed"]
    assert "at Sirtex" in change.css_first("ins").text()
    assert change.css_first("del") is None


def test_changes_are_counted_from_the_last_approval(eu_editor, eu_legal, about):
    submit(eu_editor, about, "About Sirtex")
    approve(eu_legal, about)
    submit(eu_editor, about, "About Sirtex today")
    found = shown(eu_legal, about)
    assert "today" in found.css_first("ins").text()
    assert "Changed since" in found.text()


def test_the_screen_shows_findings_crossings_and_labels_at_once(eu_editor, eu_legal, eu_home):
    page = TherapyPage.objects.descendant_of(eu_home).get()
    page.save_revision()
    page.get_workflow().start(page, None)
    step = TherapyPage.objects.get(pk=page.pk).current_workflow_task_state
    words = LexborHTMLParser(eu_legal.get(reverse("review", args=[step.pk])).text).text()
    assert "Named under a label in force" in words
    assert "SIR-Spheres Y-90 resin microspheres" in words
    assert "1 to another region" in words
    assert "van Hazel GA et al. J Clin Oncol 2016; 34: 1723–31." in words
    assert "Approve and publish" in words


def test_a_newer_draft_is_told_of(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    write(eu_legal, about, "Mended")
    assert "There is a newer draft" in shown(eu_legal, about).text()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": ""}, "required"),
        ({"code": "no code"}, "Use capital letters and digits in groups"),
        ({"code": "EU"}, "Use capital letters and digits in groups"),
        ({"prepared_on": ""}, "required"),
        ({"prepared_on": (timezone.localdate() + timedelta(days=1)).isoformat()}, "still to come"),
        ({"review_by": ""}, "required"),
        ({"review_by": timezone.localdate().isoformat()}, "Give a day to come"),
        ({"review_by": "soon"}, "valid date"),
    ],
)
def test_an_approval_is_whole(eu_editor, eu_legal, about, values, reason):
    submit(eu_editor, about)
    answer = approve(eu_legal, about, **values)
    assert reason in answer.text
    assert fresh(about).title == "About us"
    assert Approval.objects.get(page=about).code.startswith("SAMPLE-")


def test_a_code_is_used_once(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    approve(eu_legal, about, "EU-2026-7")
    submit(eu_editor, about, "About Sirtex, again")
    answer = approve(eu_legal, about, "eu-2026-7")
    assert "This code has been used" in answer.text
    assert fresh(about).title == "About Sirtex"


def test_asking_for_changes_takes_a_reason(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    assert "required" in eu_legal.post(screen(about), {"reject": "1", "reject-comment": ""}).text
    address = screen(about)
    eu_legal.post(address, {"reject": "1", "reject-comment": "Say less."})
    state = fresh(about).current_workflow_state
    assert state.status == "needs_changes"
    assert state.current_task_state.comment == "Say less."
    assert eu_legal.get(address).status_code == 302


def test_a_page_shows_its_approval(eu_editor, eu_legal, about, client):
    Approval.objects.filter(page=about).delete()
    assert "approval" not in (LexborHTMLParser(client.get(ADDRESS).text).css_first("main").html or "")
    submit(eu_editor, about)
    approve(eu_legal, about, "EU-2026-042")
    foot = LexborHTMLParser(client.get(ADDRESS).text).css_first(".approval")
    assert "EU-2026-042" in foot.text()
    days = [node.attributes["datetime"] for node in foot.css("time")]
    today = timezone.localdate()
    assert days == [today.isoformat(), (today + timedelta(days=365)).isoformat()]


def test_the_page_record_keeps_the_approval_as_it_stood_on_the_page(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    approve(eu_legal, about, "EU-2026-042")
    entry = Publication.objects.chain(about.pk).last()
    assert "EU-2026-042" in LexborHTMLParser(entry.html).css_first(".approval").text()
    assert entry.approval_facts["code"] == "EU-2026-042"


def test_a_draft_is_not_shown_under_the_approval_of_the_live_page(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    approve(eu_legal, about, "EU-2026-042")
    write(eu_editor, about, "A further draft")
    shown_draft = fresh(about).get_latest_revision_as_object().make_preview_request()
    assert "EU-2026-042" not in shown_draft.text


def test_those_are_told_who_may_approve_and_nobody_else(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    told = {address for message in mail.outbox for address in message.to}
    assert "eu-legal@example.com" in told
    assert not told & {"us-legal@example.com", "eu-editor@example.com"}
    (message,) = (message for message in mail.outbox if message.to == ["eu-legal@example.com"])
    assert screen(about) in message.body


def test_the_writer_is_told_of_the_decision(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    mail.outbox.clear()
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "Say less."})
    (message,) = mail.outbox
    assert message.to == ["eu-editor@example.com"]
    assert "Say less." in message.body


def test_what_was_decided_is_not_decided_again(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    state = waiting(about).pk
    approve(eu_legal, about)
    answer = eu_legal.post(f"/admin/review/{state}/", {"reject": "1", "reject-comment": "No."})
    assert answer.status_code == 302
    assert fresh(about).live
