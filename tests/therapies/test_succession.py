"""One label after another: all languages at one moment, in one decision, and never two or none."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import ModelLogEntry, WorkflowState

from home.exceptions import RefusedError
from tests.conftest import signed_in
from therapies.labels.succession import ENDED, check_succession, replace
from therapies.models import Label, LabelText, LabelVersion
from therapies.models.in_force import Status

from .conftest import publish, today
from .label_texts import label_of, say
from .test_alerts import found

NEW = "<p>A narrower indication.</p>"


@pytest.fixture
def label(eu) -> Label:
    """The label of Europe, in English, German and French."""
    return Label.objects.get(region=eu)


def day(number: int):
    return today() + timedelta(days=number)


def stored(label: Label) -> Label:
    return Label.objects.get(pk=label.pk)


def person(name: str):
    return get_user_model().objects.get(username=name)


def send(label: Label, sender: str = "eu-legal") -> None:
    """Send the latest draft of `label` to review."""
    label.get_workflow().start(label, person(sender))


def decide(label: Label, reviewer: str = "admin", act: str = "approve", comment: str = "") -> None:
    state = stored(label).current_workflow_task_state
    state.task.specific.on_action(state, person(reviewer), act, comment=comment)


def test_all_languages_change_at_one_moment_and_each_is_on_record(label, time_machine):
    following = replace(label, day(1), person("eu-legal"))
    assert {text.language for text in following.texts.all()} == {"en", "de", "fr"}
    say(following, indication=NEW)
    following.save_revision(user=person("eu-legal"))
    send(following)
    with pytest.raises(RefusedError, match="Somebody else"):
        decide(following, "eu-legal")
    assert stored(label).withdrawn_on is None
    decide(following)
    assert (stored(label).withdrawn_on, stored(label).status) == (day(1), Status.APPROVED)
    in_force = {on: Label.objects.in_force(on).filter(region=label.region).get() for on in (today(), day(1))}
    assert in_force == {today(): label, day(1): following}
    for text in label.stored_texts():
        assert LabelVersion.objects.chain(text.pk).last().withdrawn_on == day(1)
    for text in following.stored_texts():
        (entry,) = LabelVersion.objects.chain(text.pk)
        assert (entry.effective_from, entry.indication, entry.approved_by) == (day(1), NEW, "admin")
    assert ModelLogEntry.objects.get(action=ENDED).data["label"] == following.pk
    assert found("ending") == []


def test_a_draft_that_is_asked_about_and_saved_ends_nothing(label):
    following = replace(label, day(1))
    check_succession(following)
    following.save()
    assert stored(label).withdrawn_on is None


@pytest.mark.parametrize(("starts", "why"), [(-1, "has passed"), (-5000, "has passed")])
def test_a_label_is_not_replaced_from_a_day_that_has_passed(label, starts, why):
    with pytest.raises(RefusedError, match=why):
        replace(label, day(starts))
    assert not label.successors.exists()


def test_a_label_is_replaced_once(label):
    replace(label, day(1))
    with pytest.raises(RefusedError, match="waits to replace it already"):
        replace(label, day(2))


def test_only_what_is_or_will_be_in_force_without_an_end_is_replaced(label, ca):
    with pytest.raises(RefusedError, match="in force, or will be"):
        replace(Label.objects.get(region=ca), day(1))
    label.withdrawn_on = day(5)
    publish(label)
    with pytest.raises(RefusedError, match="It ends on"):
        replace(label, day(1))


def test_what_is_approved_after_its_day_is_refused_and_the_present_one_stays(label, time_machine):
    following = replace(label, day(1))
    send(following)
    time_machine.move_to(f"{day(2)}T12:00:00Z")
    with pytest.raises(RefusedError, match="Choose a new date"):
        decide(following)
    assert stored(label).withdrawn_on is None
    assert not stored(following).live


def test_a_successor_that_is_rejected_or_withdrawn_leaves_the_present_one_untouched(label):
    following = replace(label, day(1))
    send(following)
    decide(following, act="reject", comment="No.")
    assert stored(label).withdrawn_on is None
    stored(following).delete()
    assert stored(label).live
    again = replace(label, day(1))
    again.status, again.withdrawn_on = Status.NOT_APPROVED, None
    publish(again)
    assert stored(label).withdrawn_on is None


def test_the_present_one_ends_when_the_next_begins_though_that_day_moves(label):
    following = replace(label, day(3))
    publish(following)
    for days in (5, 2):
        following.effective_from = day(days)
        following.save_revision()
        assert stored(label).withdrawn_on != day(days)
        publish(following)
        assert stored(label).withdrawn_on == day(days)


def test_once_it_has_begun_its_first_day_stays(label, time_machine):
    following = replace(label, day(1))
    publish(following)
    time_machine.move_to(f"{day(3)}T12:00:00Z")
    following.effective_from = today()
    with pytest.raises(RefusedError, match="first day stays"):
        following.save_revision().publish()
    following = stored(following)
    following.review_by = day(90)
    publish(following)


def test_an_earlier_end_of_the_present_one_stays(label):
    following = replace(label, day(5))
    label.withdrawn_on = day(2)
    publish(label)
    publish(following)
    assert stored(label).withdrawn_on == day(2)
    assert stored(following).live


def test_a_later_end_of_the_present_one_is_another_decision(label):
    following = replace(label, day(5))
    label.withdrawn_on = day(9)
    publish(label)
    with pytest.raises(RefusedError, match="It ends on"):
        following.save_revision().publish()


def test_a_draft_of_the_present_one_cannot_undo_its_end(label):
    label.registration_number = "NEW"
    label.save_revision(user=person("eu-legal"))
    send(label)
    publish(replace(stored(label), day(1)))
    with pytest.raises(RefusedError, match="There is a newer draft"):
        decide(label)
    assert stored(label).get_latest_revision_as_object().withdrawn_on == day(1)
    assert stored(label).get_latest_revision_as_object().registration_number == "NEW"
    back = stored(label)
    back.withdrawn_on = None
    with pytest.raises(RefusedError, match="is in force from"):
        back.save_revision().publish()


def test_a_label_replaces_one_of_its_own_product_and_region(label, us):
    other = label_of(us, live=False, effective_from=day(1), replaces=label)
    with pytest.raises(RefusedError, match="same product and region"):
        other.save_revision if False else publish_saved(other)


def publish_saved(label: Label) -> None:
    label.save()
    label.save_revision().publish()


@pytest.mark.parametrize(
    ("name", "status"),
    [("us-legal", 302), ("eu-editor", 302), ("ca-legal", 302), ("eu-legal", 200), ("admin", 200)],
)
def test_only_legal_of_its_region_drafts_the_next_label(label, name, status):
    client, address = signed_in(name), reverse("replace_label", args=[label.pk])
    assert client.get(address).status_code == status
    client.post(address, {"starts": str(day(1))})
    assert label.successors.exists() is (status == 200)


def test_the_form_says_why_not_and_leads_to_the_draft(eu_legal, label):
    edit = reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk])
    address = reverse("replace_label", args=[label.pk])
    assert address in eu_legal.get(edit).text
    assert "has passed" in eu_legal.post(address, {"starts": str(day(-1))}).text
    answer = eu_legal.post(address, {"starts": str(day(1))}, follow=True)
    assert "draft of the next label" in answer.text
    assert address not in eu_legal.get(edit).text
    draft = label.successors.get()
    assert draft.latest_revision.user.get_username() == "eu-legal"
    assert not WorkflowState.objects.for_instance(draft).exists()
    assert LabelText.objects.filter(label=draft).count() == 3


def test_the_reviewer_compares_it_with_the_label_that_it_replaces(administrator, label):
    following = replace(label, day(1), person("eu-legal"))
    say(following, indication=NEW)
    following.save_revision(user=person("eu-legal"))
    send(following)
    state = stored(following).current_workflow_task_state
    shown = administrator.get(reverse("review", args=[state.pk])).text
    assert shown.count(">Indication (German)") == 1
    assert "Safety information (German)" not in shown
