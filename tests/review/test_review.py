"""The reviewer's screen: all that a decision needs, and what a decision says."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import transaction
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from jobs.models import StoredMail
from region_gate import clock
from region_gate.models import Notice, Policy
from review.models import Approval
from tests.conftest import TOPIC, findings
from therapies.models import Label, Product, Publication, TherapyPage
from therapies.models.in_force import Status

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


def test_the_screen_shows_where_and_how_long_a_page_would_be_met(eu_editor, eu_legal, about):
    moment = (clock.today() + timedelta(days=2)).isoformat()
    # A box that is not ticked is not sent: the page would leave the menus.
    write(eu_editor, about, about.title, **{"expire_at": f"{moment} 10:00", "action-submit": "1"})
    changed = [" ".join(one.text().split()) for one in shown(eu_legal, about).css(".review-change")]
    assert any(one.startswith("Show in menus Changed") for one in changed)
    (expiry,) = (one for one in changed if one.startswith("Expiry date/time Added"))
    assert "10:00 (UTC)" in expiry


def test_changes_are_counted_from_the_last_approval(eu_editor, eu_legal, about):
    submit(eu_editor, about, "About Sirtex")
    approve(eu_legal, about)
    submit(eu_editor, about, "About Sirtex today")
    found = shown(eu_legal, about)
    assert "today" in found.css_first("ins").text()
    assert "Changed since" in found.text()


def test_the_screen_shows_findings_crossings_and_labels_at_once(eu_editor, eu_legal, eu_home):
    page = TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)
    page.save_revision()
    page.get_workflow().start(page, None)
    step = TherapyPage.objects.get(pk=page.pk).current_workflow_task_state
    words = LexborHTMLParser(eu_legal.get(reverse("review", args=[step.pk])).text).text()
    assert "Named under a label in force" in words
    assert "SIR-Spheres Y-90 resin microspheres" in words
    assert "5 to another region" in words
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
        ({"prepared_on": timedelta(days=1)}, "still to come"),
        ({"review_by": ""}, "required"),
        ({"review_by": timedelta()}, "Give a day to come"),
        ({"review_by": "soon"}, "valid date"),
    ],
)
def test_an_approval_is_whole(eu_editor, eu_legal, about, values, reason):
    submit(eu_editor, about)
    today = clock.today()
    given = {name: today + value if isinstance(value, timedelta) else value for name, value in values.items()}
    answer = approve(eu_legal, about, **given)
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
    assert LexborHTMLParser(client.get(ADDRESS).text).css_first(".approval") is None
    submit(eu_editor, about)
    approve(eu_legal, about, "EU-2026-042")
    foot = LexborHTMLParser(client.get(ADDRESS).text).css_first(".approval")
    assert "EU-2026-042" in foot.text()
    days = [node.attributes["datetime"] for node in foot.css("time")]
    today = clock.today()
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


def test_those_are_told_who_may_approve_and_nobody_else(
    eu_editor, eu_legal, about, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        submit(eu_editor, about)
    told = {address for message in mail.outbox for address in message.to}
    assert "eu-legal@example.com" in told
    assert not told & {"us-legal@example.com", "eu-editor@example.com"}
    (message,) = (message for message in mail.outbox if message.to == ["eu-legal@example.com"])
    assert screen(about) in message.body


def test_the_mail_is_kept_with_what_it_tells_of_or_undone_with_it(eu_editor, about, settings):
    settings.EMAIL_BACKEND = "jobs.mail_backend.StoringBackend"
    waiting_for_legal = StoredMail.objects.filter(recipients__icontains="eu-legal@example.com")
    with transaction.atomic():
        submit(eu_editor, about)
        assert waiting_for_legal.count() == 1
        transaction.set_rollback(True)
    assert not waiting_for_legal.exists()


def test_what_is_to_be_reviewed_waits_though_its_mail_cannot_be_written(
    eu_editor, about, monkeypatch, caplog
):
    monkeypatch.setattr("review.mail.may_approve", lambda *_given: 1 / 0)
    submit(eu_editor, about)
    assert waiting(about) is not None
    assert "could not be written" in caplog.text


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


def test_the_reason_is_told_where_the_draft_is_written_and_reviewed_again(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "Say less."})
    assert "Say less." in findings(eu_editor, about)
    write(eu_editor, about, "About", **{"action-submit": "1"})
    assert "Say less." in shown(eu_legal, about).css_first(".review-findings").text()


def test_the_first_page_leads_reviewers_to_the_screen_and_nobody_else(eu_editor, eu_legal, us_legal, about):
    submit(eu_editor, about)
    assert screen(about) in eu_legal.get("/admin/").text
    assert screen(about) not in eu_editor.get("/admin/").text + us_legal.get("/admin/").text


def test_the_editor_offers_reviewers_the_review_first(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    menu = LexborHTMLParser(eu_legal.get(f"/admin/pages/{about.pk}/edit/").text)
    assert menu.css_first(f'footer a[href="{screen(about)}"]').text(strip=True) == "Review"
    assert screen(about) not in eu_editor.get(f"/admin/pages/{about.pk}/edit/").text


@pytest.fixture
def withdrawal():
    """The step in which the withdrawal of a label waits, as the European legal team has sent it."""
    label = Label.objects.get(region__code="eu")
    label.status, label.withdrawn_on = Status.WITHDRAWN, clock.today()
    legal = get_user_model().objects.get(username="eu-legal")
    label.save_revision(user=legal)
    label.get_workflow().start(label, legal)
    return label.current_workflow_task_state


def test_a_label_is_reviewed_on_the_same_screen(administrator, withdrawal):
    found = LexborHTMLParser(administrator.get(reverse("review", args=[withdrawal.pk])).text)
    changed = {node.css_first("h3").text().split()[0]: node for node in found.css(".review-change")}
    assert [*changed] == ["Status", "Withdrawn"]
    assert "Withdrawn" in changed["Status"].css_first("ins").text()
    assert "Approval code" not in found.text()
    preview = found.css_first(".review-about a").attributes["href"]
    assert administrator.get(preview).status_code == 200


def test_whoever_approves_a_withdrawal_is_told_what_is_left_without_a_label(administrator, withdrawal):
    address = reverse("review", args=[withdrawal.pk])
    answer = administrator.post(address, {"approve": "1", "approve-comment": ""}, follow=True)
    assert "has been approved" in answer.text
    assert Label.objects.get(pk=withdrawal.revision.object_id).status == Status.WITHDRAWN


def test_whoever_sent_a_label_does_not_approve_it(eu_legal, withdrawal):
    address = reverse("review", args=[withdrawal.pk])
    assert "Somebody else must approve this" in eu_legal.get(address).text
    eu_legal.post(address, {"approve": "1", "approve-comment": ""})
    assert Label.objects.get(pk=withdrawal.revision.object_id).status == Status.APPROVED


def test_the_editor_of_a_label_offers_the_screen_and_no_button_that_saves_it_anew(administrator, withdrawal):
    edit_label = reverse(Label.snippet_viewset.get_url_name("edit"), args=[withdrawal.revision.object_id])
    menu = LexborHTMLParser(administrator.get(edit_label).text).css_first("footer")
    address = reverse("review", args=[withdrawal.pk])
    assert menu.css_first(f'a[href="{address}"]').text(strip=True) == "Review"
    assert "Approve" not in menu.text()


@pytest.mark.parametrize("model", [Notice, Policy, Product])
def test_all_that_is_reviewed_has_the_screen(administrator, model):
    thing = model.objects.first()
    writer = get_user_model().objects.get(username="eu-legal")
    thing.save_revision(user=writer)
    thing.get_workflow().start(thing, writer)
    answer = administrator.get(reverse("review", args=[thing.current_workflow_task_state.pk]))
    assert answer.status_code == 200
    assert "No word has changed" in answer.text
