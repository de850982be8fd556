"""The moments of a job: over changes of the clocks, of the zone, and of the machine's own time."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from jobs.moments import Daily, Every

from .conftest import at

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT, NIGHT = Daily(time(0)), Daily(time(2, 30))


@pytest.mark.parametrize(
    ("when", "now", "moment"),
    [
        (MIDNIGHT, "2026-06-10T10:00", "2026-06-09T22:00"),
        (MIDNIGHT, "2026-06-09T22:00", "2026-06-09T22:00"),
        (MIDNIGHT, "2026-06-09T21:59:59.999999", "2026-06-08T22:00"),
        # The clocks go forward on 29 March at 2 and back on 25 October at 3.
        (MIDNIGHT, "2026-03-29T12:00", "2026-03-28T23:00"),
        (MIDNIGHT, "2026-03-30T12:00", "2026-03-29T22:00"),
        (MIDNIGHT, "2026-10-25T12:00", "2026-10-24T22:00"),
        (MIDNIGHT, "2026-10-26T12:00", "2026-10-25T23:00"),
        # 2.30 is left out, and comes as half past three.
        (NIGHT, "2026-03-29T01:29", "2026-03-28T01:30"),
        (NIGHT, "2026-03-29T01:30", "2026-03-29T01:30"),
        (NIGHT, "2026-03-30T00:30", "2026-03-30T00:30"),
        # 2.30 comes twice, and is due the first time.
        (NIGHT, "2026-10-25T00:29", "2026-10-24T00:30"),
        (NIGHT, "2026-10-25T00:30", "2026-10-25T00:30"),
        (NIGHT, "2026-10-25T01:30", "2026-10-25T00:30"),
        (NIGHT, "2026-10-26T01:30", "2026-10-26T01:30"),
        (Every(1), "2026-10-25T01:15:30", "2026-10-25T01:15"),
        (Every(5), "2026-10-25T00:59:59", "2026-10-25T00:55"),
        (Every(5), "2026-06-09T22:00:00.000001", "2026-06-09T22:00"),
    ],
)
def test_the_latest_moment_is(when, now, moment):
    assert when.latest(at(now), BERLIN) == at(moment)


@pytest.mark.parametrize(
    ("when", "now", "moment"),
    [
        (MIDNIGHT, "2026-03-28T23:00", "2026-03-29T22:00"),
        (MIDNIGHT, "2026-10-24T22:00", "2026-10-25T23:00"),
        (NIGHT, "2026-03-28T01:30", "2026-03-29T01:30"),
        (NIGHT, "2026-10-25T00:30", "2026-10-26T01:30"),
        (Every(5), "2026-10-25T00:55", "2026-10-25T01:00"),
    ],
)
def test_the_next_moment_is(when, now, moment):
    assert when.next(at(now), BERLIN) == at(moment)


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham"]
)
def test_every_midnight_is_among_every_five_minutes(zone):
    now = at("2026-06-10T23:00")
    midnight = MIDNIGHT.latest(now, ZoneInfo(zone))
    assert Every(5).latest(midnight, ZoneInfo(zone)) == midnight


def test_a_midnight_that_a_day_leaves_out_comes_an_hour_later():
    """In Beirut the clocks go forward at midnight."""
    beirut = ZoneInfo("Asia/Beirut")
    assert MIDNIGHT.latest(at("2026-03-29T12:00"), beirut) == at("2026-03-28T22:00")


def test_another_zone_has_other_moments():
    now = at("2026-06-10T12:00")
    assert {MIDNIGHT.latest(now, ZoneInfo(zone)) for zone in ("Europe/Berlin", "Asia/Tokyo")} == {
        at("2026-06-09T22:00"),
        at("2026-06-09T15:00"),
    }
