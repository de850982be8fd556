"""The record of notices: each publication is on it for good, and visitors are shown nothing else."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import F, QuerySet
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Locale

from region_gate.links.destinations import DestinationKind
from region_gate.models import Notice, NoticeVersion, NoticeWithdrawal
from region_gate.models.append_only import RecordError
from region_gate.models.notice_version import ALL
from region_gate.models.sealed import EntryFault, SealedQuerySet
from region_gate.notices.notice_history import Fallback
from region_gate.notices.texts import SHIPPED, shipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_person_may")]
THIRD = DestinationKind.THIRD_PARTY


def english() -> Notice:
    return Notice.objects.get(kind=THIRD.value, region="", locale__language_code="en")


def draft(heading: str, notice: Notice | None = None):
    """Return a draft of the English third-party notice (or of `notice`) with another heading."""
    notice = notice or english()
    notice.heading = heading
    return notice.save_revision()


def heading(region: str = "", language: str = "en") -> str:
    return NoticeVersion.objects.shown(THIRD, region, language).heading


def latest() -> NoticeVersion:
    return NoticeVersion.objects.latest("pk")


@pytest.fixture
def legal():
    return get_user_model().objects.get(username="us-legal")


@pytest.mark.parametrize("kind", SHIPPED)
def test_the_shipped_words_are_on_record_as_they_are_in_the_file(kind):
    version = NoticeVersion.objects.filter(kind=kind.value).exclude(shipped_with="").latest("published_at")
    assert version.words == shipped(kind)
    assert version.words.text == shipped(kind).text
    assert version.shipped_with == "0.1.0"
    assert version.ended_at is None


def test_a_publication_is_recorded_whole_and_takes_the_place_of_the_one_before(legal):
    before = NoticeVersion.objects.in_force().get(kind="third-party", language="en")
    revision = draft("Another heading")
    revision.publish(user=legal, skip_permission_checks=True)
    after = latest()
    assert after.words == english().words
    assert after.words.heading == heading() == "Another heading"
    assert (after.region, after.language, after.kind) == ("", "en", "third-party")
    assert (after.approved_by, after.revision) == ("us-legal", revision.pk)
    before = NoticeVersion.objects.get(pk=before.pk)
    assert before.ended_at == after.published_at
    assert after.ended_at is None
    assert str(after).startswith("Third party, every region, en, 20")


def test_a_name_in_full_stands_before_the_user_name(legal):
    legal.first_name, legal.last_name = "Ada", "Lovelace"
    draft("Another heading").publish(user=legal, skip_permission_checks=True)
    assert latest().approved_by == "Ada Lovelace (us-legal)"


def test_what_a_program_publishes_has_nobodys_approval():
    draft("Another heading").publish()
    assert latest().approved_by == ""


def test_a_publication_past_the_model_is_recorded_too(legal):
    PublishRevisionAction(draft("Another heading"), user=legal).execute(skip_permission_checks=True)
    assert heading() == "Another heading"


def test_words_saved_past_a_publication_are_shown_to_nobody():
    QuerySet(Notice).filter(pk=english().pk).update(heading="Forged")
    notice = english()
    notice.body = "Forged"
    notice.save()
    Notice.objects.create(
        kind="third-party",
        region="eu",
        locale=Locale.get_default(),
        heading="Forged",
        body="Forged",
        live=True,
    )
    for region in ("", "eu"):
        assert NoticeVersion.objects.shown(THIRD, region, "en") == shipped(THIRD)


def test_unpublishing_withdraws_it():
    draft("Another heading").publish()
    english().unpublish()
    assert latest().ended_at
    assert NoticeVersion.objects.shown(THIRD, "", "en") == shipped(THIRD)


def test_a_notice_that_moves_to_a_region_is_withdrawn_from_where_it_was():
    notice = english()
    notice.region = "eu"
    draft("Only in Europe", notice).publish()
    assert heading("eu") == "Only in Europe"
    assert heading() == heading("us") == shipped(THIRD).heading


def test_a_stale_copy_that_saves_a_note_withdraws_nothing():
    notice = english()
    notice.live = False
    notice.save(update_fields=["latest_revision"])
    assert NoticeVersion.objects.in_force().filter(kind="third-party", language="en").exists()


def test_the_record_outlives_the_notice_and_the_approvers_name(legal):
    draft("Another heading").publish(user=legal, skip_permission_checks=True)
    published = latest()
    Notice.objects.all().delete()
    legal.username, legal.is_active = "gone", False
    legal.save()
    kept = NoticeVersion.objects.get(pk=published.pk)
    assert (kept.heading, kept.approved_by) == ("Another heading", "us-legal")
    assert kept.ended_at
    assert not NoticeVersion.objects.in_force().exists()
    shown_at = NoticeVersion.objects.shown_at
    before, after = (shown_at(THIRD, "eu", "es", at) for at in (kept.published_at, timezone.now()))
    assert before
    assert (before.version, before.fallback) == (kept.value, Fallback.ENGLISH)
    assert after
    assert (after.version.words, after.fallback) == (shipped(THIRD), Fallback.SHIPPED)


def test_a_schedule_is_no_publication_until_its_time_comes(legal, time_machine):
    notice = english()
    notice.go_live_at = timezone.now() + timedelta(days=1)
    draft("From tomorrow on", notice).publish(user=legal, skip_permission_checks=True)
    assert heading() == shipped(THIRD).heading
    time_machine.move_to(timezone.now() + timedelta(days=2))
    call_command("publish_scheduled")
    assert heading() == "From tomorrow on"
    assert latest().approved_by == "us-legal"


def test_an_expired_notice_is_withdrawn(time_machine):
    notice = english()
    notice.expire_at = timezone.now() + timedelta(days=1)
    draft("Until tomorrow", notice).publish()
    time_machine.move_to(timezone.now() + timedelta(days=2))
    call_command("publish_scheduled")
    assert heading() == shipped(THIRD).heading
    assert latest().ended_at


def test_a_publication_that_cannot_be_recorded_does_not_happen(monkeypatch):
    def fail(*args: object) -> None:
        raise RuntimeError("The record cannot be written.")

    monkeypatch.setattr("region_gate.steps.approvers", fail)
    revision = draft("Another heading")
    with pytest.raises(RuntimeError):
        revision.publish()
    assert english().heading == shipped(THIRD).heading


def vars_of(version: NoticeVersion) -> dict:
    return {field.attname: getattr(version, field.attname) for field in version._meta.fields}


def change_one(version: NoticeVersion) -> None:
    version.heading = "Forged"
    version.save()


@pytest.mark.parametrize(
    "attempt",
    [
        change_one,
        lambda version: version.delete(),
        lambda version: version.save(update_fields=["approved_by"]),
        lambda version: NoticeVersion.objects.update(heading="Forged"),
        lambda version: NoticeVersion.objects.all().delete(),
        lambda version: NoticeVersion.objects.filter(pk=version.pk).update(withdrawn_at=None),
        lambda version: NoticeVersion._base_manager.update(heading="Forged"),
        lambda version: NoticeVersion.objects.bulk_update([version], ["heading"]),
        lambda version: NoticeVersion.objects.bulk_create([NoticeVersion()]),
        lambda version: NoticeVersion.objects.update_or_create({"heading": "Forged"}, pk=version.pk),
    ],
)
def test_what_is_on_record_is_neither_changed_nor_deleted(attempt):
    rows = list(NoticeVersion.objects.values_list())
    with pytest.raises(RecordError):
        attempt(latest())
    assert list(NoticeVersion.objects.values_list()) == rows


def test_a_new_object_cannot_take_the_place_of_one_on_record():
    rows = list(NoticeVersion.objects.values_list())
    forged = NoticeVersion(**{**vars_of(latest()), "heading": "Forged"})
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()
    assert list(NoticeVersion.objects.values_list()) == rows


def test_a_publication_ends_once():
    end = NoticeWithdrawal(version=latest().pk, at=timezone.now())
    end.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeWithdrawal(version=latest().pk, at=timezone.now()).save()


def test_a_publication_and_its_end_change_no_row(legal):
    rows = list(QuerySet(NoticeVersion).values_list())
    draft("Another heading").publish(user=legal, skip_permission_checks=True)
    english().delete()
    assert list(QuerySet(NoticeVersion).values_list())[: len(rows)] == rows
    ends = NoticeWithdrawal.objects.filter(version__in=[rows[0][0], latest().pk])
    assert "us-legal" in {end.by for end in NoticeWithdrawal.objects.all()}
    assert ends.filter(version=latest().pk).get().at == latest().ended_at
    assert not SealedQuerySet(NoticeVersion).faults(ALL)
    assert not SealedQuerySet(NoticeWithdrawal).faults(ALL)


def test_the_past_is_chained_to_the_byte():
    before = list(QuerySet(NoticeVersion).order_by("pk").values_list("pk", "heading", "body", "published_at"))
    QuerySet(NoticeVersion).update(number=F("pk") + 1000, previous="", sha256="")
    import_module("region_gate.migrations.0009_notices_in_chains").chain(
        MigrationLoader(connection).project_state().apps, None
    )
    assert not [
        fault
        for _entry, fault in SealedQuerySet(NoticeVersion).faults(ALL)
        if fault not in (EntryFault.FORGED, EntryFault.UNSIGNED)
    ]
    after = list(QuerySet(NoticeVersion).order_by("pk").values_list("pk", "heading", "body", "published_at"))
    assert after == before


def test_one_query_finds_what_was_shown(django_assert_num_queries):
    with django_assert_num_queries(1):
        NoticeVersion.objects.shown_at(THIRD, "us", "de", timezone.now())


def begin_the_record() -> None:
    """Do what the migration does on a site whose notices were edited before there was a record."""
    QuerySet(NoticeVersion).delete()
    import_module("region_gate.migrations.0004_notice_version").begin(apps, None)


def test_the_record_begins_with_what_is_live(legal):
    draft("Another heading").publish(user=legal, skip_permission_checks=True)
    live = {notice.words for notice in Notice.objects.filter(live=True)}
    begin_the_record()
    assert {version.words for version in NoticeVersion.objects.in_force()} == live
    changed = NoticeVersion.objects.in_force().get(heading="Another heading")
    assert (changed.approved_by, changed.shipped_with) == ("us-legal", "")
    assert changed.published_at == english().last_published_at
    before = NoticeVersion.objects.shown_at(THIRD, "", "en", changed.published_at - timedelta(microseconds=1))
    assert before
    assert before.version.words == shipped(THIRD)
    assert before.version.withdrawn_at == changed.published_at


def test_the_record_begins_with_the_shipped_words_where_no_english_is_live():
    english().delete()
    begin_the_record()
    shown = NoticeVersion.objects.shown_at(THIRD, "", "en", timezone.now())
    assert shown
    assert (shown.version.words, shown.fallback) == (shipped(THIRD), Fallback.SHIPPED)
