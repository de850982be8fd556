"""How long a page holds: to the site's midnight, or to what is scheduled before."""

from datetime import datetime

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page

from page_cache.moments import next_moment
from region_gate import snapshot
from review.release_models import Release, ReleaseState
from therapies.models import Label

pytestmark = pytest.mark.django_db


def at(written: str) -> datetime:
    return datetime.fromisoformat(written)


@pytest.mark.parametrize(
    ("zone", "now", "midnight"),
    [
        ("UTC", "2026-03-01T00:00:00+00:00", "2026-03-02T00:00:00+00:00"),
        ("UTC", "2026-12-31T23:59:59.999+00:00", "2027-01-01T00:00:00+00:00"),
        ("Europe/Berlin", "2026-03-01T22:59:59+00:00", "2026-03-01T23:00:00+00:00"),
        ("Europe/Berlin", "2026-03-01T23:00:00+00:00", "2026-03-02T23:00:00+00:00"),
        ("Europe/Berlin", "2026-03-29T00:00:00+00:00", "2026-03-29T22:00:00+00:00"),  # a day of 23 hours
        ("Europe/Berlin", "2026-10-25T00:00:00+00:00", "2026-10-25T23:00:00+00:00"),  # a day of 25 hours
        ("Africa/Cairo", "2026-04-23T12:00:00+00:00", "2026-04-23T22:00:00+00:00"),  # no midnight: 1 o'clock
        ("Pacific/Auckland", "2026-06-01T11:59:00+00:00", "2026-06-01T12:00:00+00:00"),
    ],
)
def test_a_page_holds_to_the_end_of_the_sites_day(settings, zone, now, midnight):
    settings.TIME_ZONE = zone
    assert next_moment(at(now)) == at(midnight)


def going_live(moment: datetime) -> None:
    revision = Page.objects.get(url_path="/regions/eu/about/").specific.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=moment)


def coming_down(moment: datetime) -> None:
    Page.objects.filter(url_path="/regions/eu/about/").update(expire_at=moment)


def label_coming_down(moment: datetime) -> None:
    Label._base_manager.filter(pk=Label.objects.filter(live=True).first().pk).update(expire_at=moment)


def released(moment: datetime) -> None:
    Release.objects.create(name="Spring", state=ReleaseState.SCHEDULED, goes_live_at=moment)


@pytest.mark.parametrize("schedule", [going_live, coming_down, label_coming_down, released])
@pytest.mark.parametrize(
    ("moment", "holds_to"),
    [
        ("2026-03-01T12:30:00+00:00", "2026-03-01T12:30:00+00:00"),
        ("2026-03-01T12:00:00+00:00", "2026-03-02T00:00:00+00:00"),  # due, and done by its job
        ("2026-03-01T11:00:00+00:00", "2026-03-02T00:00:00+00:00"),
        ("2026-03-02T00:00:00+00:00", "2026-03-02T00:00:00+00:00"),
        ("2026-03-03T12:00:00+00:00", "2026-03-02T00:00:00+00:00"),
    ],
)
def test_what_is_scheduled_before_that_ends_it(schedule, moment, holds_to):
    schedule(at(moment))
    assert next_moment(at("2026-03-01T12:00:00+00:00")) == at(holds_to)


def test_a_release_that_is_not_scheduled_ends_nothing():
    Release.objects.create(name="Spring", goes_live_at=at("2026-03-01T12:30:00+00:00"))
    assert next_moment(at("2026-03-01T12:00:00+00:00")) == at("2026-03-02T00:00:00+00:00")


def test_no_page_outlives_its_day(visitor, queries_of):
    with time_machine.travel("2026-11-01T23:59:50Z", tick=False):
        visitor.get("/eu/")
        assert visitor.get("/eu/")["Cache-Control"] == ("public, max-age=0, s-maxage=5, stale-if-error=5")
        assert len(queries_of(visitor, "/eu/")) == 1
    with time_machine.travel("2026-11-02T00:00:00Z", tick=False):
        assert len(queries_of(visitor, "/eu/")) > 1


def test_menus_and_lists_are_the_days(visitor, eu):
    """What pages share is worked out anew each day, though nothing was changed."""
    Label._base_manager.filter(region=eu).update(withdrawn_on="2026-12-24")
    snapshot.invalidate()
    for moment, is_offered in [("2026-12-23T23:59:59Z", True), ("2026-12-24T00:00:00Z", False)]:
        with time_machine.travel(moment, tick=False):
            assert ('href="/eu/sir-spheres/"' in visitor.get("/eu/about/").text) is is_offered
            assert ("/eu/sir-spheres/" in visitor.get("/sitemap.xml").text) is is_offered


def test_a_page_that_is_made_over_midnight_is_kept_for_neither_day(visitor, monkeypatch, queries_of):
    with time_machine.travel("2026-11-01T23:59:59Z", tick=False) as traveller:
        serve = Page.serve

        def serve_slowly(self, request, *args, **kwargs):
            traveller.shift(2)
            return serve(self, request, *args, **kwargs)

        monkeypatch.setattr(Page, "serve", serve_slowly)
        assert "s-maxage=0" in visitor.get("/eu/about/")["Cache-Control"]
        monkeypatch.undo()
        assert len(queries_of(visitor, "/eu/about/")) > 1


def test_a_label_that_ends_with_the_day_is_gone_with_it(visitor, eu):
    address = "/eu/therapies/liver-metastases-colorectal-cancer/"
    label = Label.objects.filter(region=eu, live=True, product__mentions__page__url_path__endswith=address)
    Label._base_manager.filter(pk__in=label.values("pk")).update(withdrawn_on=timezone.now().date())
    Label._base_manager.filter(pk__in=label.values("pk")).update(withdrawn_on="2026-12-24")
    snapshot.invalidate()
    with time_machine.travel("2026-12-23T23:59:59Z", tick=False):
        assert visitor.get(address).status_code == 200
    with time_machine.travel("2026-12-24T00:00:00Z", tick=False):
        assert visitor.get(address).status_code == 410
