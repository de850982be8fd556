"""A release goes live at one moment, all of it or nothing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.exceptions import RefusedError
from home.models import StandardPage
from region_gate import clock
from region_gate.models import Notice, NoticeVersion, Policy
from review.models import Approval, Release, ReleaseItem
from review.release_models import ReleaseState
from review.releases import lifecycle, parts
from review.releases.renewals import leave_out, pages_to_renew
from tests.therapies.label_texts import label_of
from therapies.models import Label, LabelVersion, Product, Publication
from therapies.models.in_force import Status

from .conftest import add_approved, approve, due, fresh, made, person, send

pytestmark = pytest.mark.django_db


def prepared(release) -> Release:
    assert lifecycle.prepare(release, person("eu-legal")) == []
    return release


def scheduled(release) -> Release:
    release.goes_live_at = timezone.now() + timedelta(hours=1)
    release.save()
    lifecycle.schedule(prepared(release), person("eu-legal"))
    return release


def test_a_part_that_is_approved_waits_for_its_release(release, about):
    before = Publication.objects.chain(about.pk).count()
    about.title = "About the release"
    item = add_approved(release, about)
    assert fresh(about).title != "About the release"
    assert Approval.objects.filter(revision=item.revision).exists()

    lifecycle.make_live(prepared(release), person("eu-legal"))
    assert fresh(about).title == "About the release"
    assert fresh(about).live_revision == item.revision
    assert fresh(release).state == ReleaseState.LIVE
    assert Publication.objects.chain(about.pk).count() == before + 1
    assert Publication.objects.chain(about.pk).last().revision == item.revision_id


def test_preparing_tries_all_of_it_and_leaves_nothing_done(release, about):
    about.title = "About the release"
    add_approved(release, about)
    before = [Publication.objects.count(), fresh(about).live_revision_id, LabelVersion.objects.count()]
    prepared(release)
    assert [
        Publication.objects.count(),
        fresh(about).live_revision_id,
        LabelVersion.objects.count(),
    ] == before


def test_all_kinds_go_live_together_in_an_order_that_the_guard_accepts(eu, about):
    """A new product, its first label, and a page that names it: added the wrong way round."""
    release = made(eu)
    product = Product.objects.create(name="Novasphere", maker="Sirtex", live=False)
    label = label_of(eu, product=product, effective_from=clock.today(), live=False)
    label.save()
    notice = Notice.objects.create(
        kind="third-party",
        region="eu",
        heading="Leaving Novasphere",
        body="Words.",
        live=False,
        locale=about.locale,
    )
    policy = Policy.objects.create(decision="exempt", host="nova.test", reason="So.", live=False)
    about.title = "About Novasphere"
    for thing in (about, notice, label):
        add_approved(release, thing, "eu-legal" if thing is not about else "eu-editor", "admin")
    for shared in (policy, product):
        add_approved(release, shared, "eu-legal", "us-legal")
        approve(fresh(shared).current_workflow_task_state, "ca-legal")
    assert not fresh(label).live

    lifecycle.make_live(prepared(release), person("eu-legal"))
    assert all(fresh(thing).live for thing in (about, label, product, notice, policy))
    assert fresh(about).title == "About Novasphere"
    entry = Publication.objects.chain(about.pk).last()
    assert str(product.pk) in entry.products
    assert NoticeVersion.objects.filter(notice=notice.pk).count() == 1
    told = {version.since for version in LabelVersion.objects.filter(label=label.pk)}
    assert told == {entry.since} == {NoticeVersion.objects.get(notice=notice.pk).published_at}


def test_a_label_takes_the_place_of_another_tomorrow_with_no_page_down(eu, label, naming, time_machine):
    """The ending is not judged before the new label is there, even where pages come down."""
    first = clock.today() + timedelta(days=1)
    release = made(eu, at=timezone.now() + timedelta(days=1))
    new = label_of(eu, effective_from=first, registration_number="8", live=False)
    new.save()
    ending = [*Label.objects.filter(region=eu, product=label.product, live=True)]
    for old in ending:
        old.status, old.withdrawn_on = Status.WITHDRAWN, first
        add_approved(release, old, "eu-legal", "admin")
    add_approved(release, new, "eu-legal", "admin")
    for other in pages_to_renew(release):
        leave_out(release, other, "The words stay true.", person("eu-legal"))
    assert lifecycle.prepare(release, person("eu-legal")) == []
    lifecycle.schedule(release, person("eu-legal"))
    time_machine.move_to(release.goes_live_at + timedelta(seconds=30))
    call_command("publish_scheduled")
    assert fresh(release).state == ReleaseState.LIVE
    assert fresh(naming).live
    assert [*Label.objects.in_force(clock.today()).filter(region=eu)] == [fresh(new)]


def test_an_empty_release_is_never_live(release):
    assert lifecycle.prepare(release, person("eu-legal")) == ["The release is empty: add what is to go live."]
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.PREPARED)
    with pytest.raises(RefusedError, match="empty"):
        lifecycle.make_live(release, person("eu-legal"))
    assert fresh(release).state != ReleaseState.LIVE


def test_what_is_refused_keeps_all_the_others_back_and_is_named(release, about, eu_home):
    """A page names a product that no label allows: found when it is tried, and again on the day."""
    about.title = "About the release"
    add_approved(release, about)
    other = eu_home.add_child(instance=type(about)(title="Other", slug="other", live=False))
    Product.objects.create(name="Unlabelled", maker="Sirtex").save_revision().publish()
    other.title = "About Unlabelled"
    add_approved(release, other)
    (fault,) = lifecycle.prepare(release, person("eu-legal"))
    assert fault.startswith("“About Unlabelled”:")
    assert "has no label for it" in fault
    assert fresh(release).state == ReleaseState.DRAFT
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.PREPARED)
    with pytest.raises(RefusedError):
        lifecycle.make_live(release, person("eu-legal"))
    assert fresh(about).title != "About the release"


def test_the_schedule_makes_it_live_once_and_says_how_late(
    release, about, django_capture_on_commit_callbacks
):
    about.title = "About the release"
    item = add_approved(release, about)
    scheduled(release)
    call_command("publish_scheduled")
    assert fresh(release).state == ReleaseState.SCHEDULED
    Release.objects.filter(pk=release.pk).update(goes_live_at=timezone.now() - timedelta(hours=5))
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert fresh(about).live_revision == item.revision
    assert fresh(release).lateness >= timedelta(hours=5)
    done = ModelLogEntry.objects.for_instance(release).filter(action="review.release.live")
    assert done.count() == 1


def test_a_release_that_cannot_go_live_on_its_day_fails_as_a_whole_and_tells(
    release, about, django_capture_on_commit_callbacks, time_machine
):
    about.title = "About the release"
    add_approved(release, about)
    scheduled(release)
    Approval.objects.filter(revision__release_items__release=release).update(review_by=clock.today())
    time_machine.move_to(timezone.now() + timedelta(days=3))
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(CommandError, match="New indication"),
    ):
        call_command("publish_scheduled")
    assert fresh(release).state == ReleaseState.FAILED
    assert "The review of its approval would be due" in fresh(release).faults[0]
    assert fresh(about).title != "About the release"
    (message,) = (one for one in mail.outbox if "did not go live" in one.subject)
    assert message.to == ["eu-legal@example.com"]
    assert "The review of its approval would be due" in message.body
    assert release.get_absolute_url() in message.body
    call_command("publish_scheduled")  # it fails once
    assert ReleaseItem.objects.holding(about), (
        "a failed release holds its parts until it is mended or cancelled"
    )


def test_an_error_fails_the_whole_release_too(release, about, monkeypatch):
    about.title = "About the release"
    add_approved(release, about)
    scheduled(release)
    due(release)

    def break_down(*args, **kwargs):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("review.releases.going_live._verify", break_down)
    with pytest.raises(CommandError, match="by zero"):
        call_command("publish_scheduled")
    assert fresh(release).state == ReleaseState.FAILED
    assert fresh(about).title != "About the release"


def test_a_cancelled_release_frees_its_parts(release, about):
    about.title = "About the release"
    add_approved(release, about)
    lifecycle.cancel(release, person("eu-legal"))
    with pytest.raises(RefusedError, match="is over"):
        lifecycle.make_live(release, person("eu-legal"))
    assert fresh(about).title != "About the release"
    approve(send(fresh(about).get_latest_revision_as_object()))
    assert fresh(about).title == "About the release"


def test_the_revision_that_was_approved_goes_live_though_the_same_words_were_saved_again(release, about):
    about.title = "About the release"
    item = add_approved(release, about)
    fresh(about).get_latest_revision_as_object().save_revision(user=person("eu-editor"))
    lifecycle.make_live(prepared(release), person("eu-legal"))
    assert fresh(about).live_revision == item.revision


def test_parts_are_added_to_one_open_release_only(release, eu, about):
    about.save_revision()
    parts.add(release, fresh(about), person("eu-legal"))
    with pytest.raises(RefusedError, match="is a part of this release already"):
        parts.add(release, fresh(about), person("eu-legal"))
    with pytest.raises(RefusedError, match="is a part of the release “New indication”"):
        parts.add(made(eu), fresh(about), person("eu-legal"))


def test_each_further_page_takes_a_bounded_number_of_queries(eu, eu_home):
    """What all pages of a set show alike is looked up once."""

    def queries_of(*names: str) -> int:
        release = made(eu)
        for name in names:
            page = StandardPage(title=name, slug=name, locale=eu_home.locale, live=False)
            add_approved(release, eu_home.add_child(instance=page))
        prepared(release)
        with CaptureQueriesContext(connection) as captured:
            lifecycle.make_live(release, person("eu-legal"))
        return len(captured)

    assert (queries_of("a", "b", "c") - queries_of("d")) / 2 <= 90
