"""What was shown when, by the rule that the gate follows."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from region_gate.links.destinations import DestinationKind
from region_gate.notices.notice_history import Fallback, NoticePublication, shown_at, shown_between
from region_gate.notices.texts import NoticeText

LAST_SECOND = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
MIDNIGHT = LAST_SECOND + timedelta(seconds=1)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


def version(name: str, since: datetime, until: datetime | None = None, **more: str) -> NoticePublication:
    """Return a version whose heading is `name`: region, if any, and language."""
    *region, language = name.split()
    words = NoticeText(DestinationKind.THIRD_PARTY, language, name, ("One.",), "Continue", "".join(region))
    return NoticePublication(words, since, until, **more)


def heading(found) -> str | None:
    return found.version.words.heading if found else None


ENGLISH = version("en", MIDNIGHT - 9 * HOUR, shipped_with="1.0")
GERMAN = version("de", MIDNIGHT - 8 * HOUR, MIDNIGHT)
AMERICAN = version("us de", MIDNIGHT - 7 * HOUR, MIDNIGHT - 6 * HOUR)
ALL = [ENGLISH, GERMAN, AMERICAN]


@pytest.mark.parametrize(
    ("region", "language", "at", "expected", "fallback"),
    [
        ("us", "de", MIDNIGHT - 7 * HOUR, "us de", Fallback.OWN),
        ("us", "de", MIDNIGHT - 7 * HOUR - TICK, "de", Fallback.LANGUAGE),
        ("us", "de", MIDNIGHT - 6 * HOUR - TICK, "us de", Fallback.OWN),
        ("us", "de", MIDNIGHT - 6 * HOUR, "de", Fallback.LANGUAGE),
        ("eu", "de", MIDNIGHT - 7 * HOUR, "de", Fallback.LANGUAGE),
        ("", "de", MIDNIGHT - 7 * HOUR, "de", Fallback.LANGUAGE),
        ("eu", "fr", MIDNIGHT - 7 * HOUR, "en", Fallback.ENGLISH),
        ("eu", "en", MIDNIGHT - 7 * HOUR, "en", Fallback.LANGUAGE),
        ("us", "de", LAST_SECOND, "de", Fallback.LANGUAGE),
        ("us", "de", MIDNIGHT - TICK, "de", Fallback.LANGUAGE),
        ("us", "de", MIDNIGHT, "en", Fallback.ENGLISH),
        ("us", "de", MIDNIGHT + 1000 * HOUR, "en", Fallback.ENGLISH),
        ("eu", "de", MIDNIGHT - 9 * HOUR, "en", Fallback.ENGLISH),
    ],
)
def test_the_version_in_force_at_that_moment_was_shown(region, language, at, expected, fallback):
    found = shown_at(ALL, region, language, at)
    assert heading(found) == expected
    assert found.fallback == fallback


def test_before_the_first_publication_nothing_was_shown():
    assert shown_at(ALL, "us", "de", MIDNIGHT - 9 * HOUR - TICK) is None
    assert shown_at([], "us", "de", MIDNIGHT) is None


def test_where_nothing_was_in_force_the_shipped_english_of_the_time_was_shown():
    old = version("en", MIDNIGHT - 9 * HOUR, MIDNIGHT - 5 * HOUR, shipped_with="1.0")
    new = version("en", MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR, shipped_with="2.0")
    ours = version("en", MIDNIGHT - 5 * HOUR, MIDNIGHT)
    for at, expected, fallback in (
        (MIDNIGHT - TICK, ours, Fallback.ENGLISH),
        (MIDNIGHT, old, Fallback.SHIPPED),
        (MIDNIGHT + 3 * HOUR, new, Fallback.SHIPPED),
    ):
        found = shown_at([old, new, ours], "eu", "fr", at)
        assert (found.version, found.fallback) == (expected, fallback)


def test_a_time_is_told_without_gaps_and_no_stretch_twice():
    stretches = shown_between(ALL, "us", "de", MIDNIGHT - 10 * HOUR, MIDNIGHT + HOUR)
    assert [heading(stretch.shown) for stretch in stretches] == [None, "en", "de", "us de", "de", "en"]
    assert stretches[0].start == MIDNIGHT - 10 * HOUR
    assert stretches[-1].end == MIDNIGHT + HOUR
    assert all(one.end == next_.start for one, next_ in pairwise(stretches))


def test_what_changed_elsewhere_does_not_part_a_stretch():
    (stretch,) = shown_between(ALL, "eu", "en", MIDNIGHT - 9 * HOUR, MIDNIGHT + HOUR)
    assert heading(stretch.shown) == "en"


def test_a_change_within_a_second_is_told():
    half = LAST_SECOND + timedelta(milliseconds=500)
    versions = [version("en", MIDNIGHT - HOUR, half), version("en", half)]
    stretches = shown_between(versions, "", "en", LAST_SECOND, MIDNIGHT)
    assert [(stretch.start, stretch.end) for stretch in stretches] == [(LAST_SECOND, half), (half, MIDNIGHT)]
