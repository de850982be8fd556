"""A release that is killed on its way is live as a whole, or not at all; the next run makes it so."""

import signal
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from .database import copied
from .killing import IS_LIVE, MOMENTS, killed, put_together


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's file goes with the process's tests")
def test_a_kill_at_any_time_leaves_all_or_nothing(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connections.close_all()  # a database that somebody uses cannot be copied
        try:
            with copied(template) as database:
                for number, moment in enumerate(MOMENTS):
                    _check(number, moment, database)
        finally:
            connection.settings_dict["NAME"] = template
            connections.close_all()


def _check(number: int, moment: str, database: str) -> None:
    from review.models import Release

    release = put_together(number)
    Release.objects.filter(pk=release.pk).update(goes_live_at=timezone.now() - timedelta(minutes=1))
    before = _state(release)
    connections.close_all()
    assert killed(database, moment) == -signal.SIGKILL, moment
    after = _state(release)
    if moment in IS_LIVE:
        assert after["state"] == "live", moment
        assert set(after["live"]) == {True}, moment
    else:
        assert after == before, moment
    call_command("publish_scheduled")
    settled = _state(release)
    assert settled["state"] == "live", moment
    assert set(settled["live"]) == {True}, moment
    assert settled["records"] == [one + 1 for one in before["records"]], moment


def _state(release) -> dict:
    """Return how the release, its parts and their records are."""
    from review.models import Release
    from therapies.models import LabelVersion, Publication

    items = [*Release.objects.get(pk=release.pk).items.all()]
    things = [item.thing for item in items]
    chains = [
        LabelVersion.objects.chain(thing.stored_texts()[0].pk)
        if type(thing).__name__ == "Label"
        else Publication.objects.chain(thing.pk)
        for thing in things
    ]
    return {
        "state": Release.objects.get(pk=release.pk).state,
        "live": [
            thing.live_revision_id == item.revision_id for thing, item in zip(things, items, strict=True)
        ],
        "records": [chain.count() for chain in chains],
        "open": [item.is_open for item in items],
    }
