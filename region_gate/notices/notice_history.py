"""What was shown when: which publication of a notice a visitor met, at a moment or over a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from region_gate.notices.texts import NoticeText, choose


class Fallback(StrEnum):
    """Which words were found, from the most fitting to the last resort."""

    OWN = "own"  # the region's own, in the language asked for
    LANGUAGE = "language"  # for every region, in the language asked for
    ENGLISH = "english"  # for every region, in approved English
    SHIPPED = "shipped"  # the English that the site ships: nothing else was in force


@dataclass(frozen=True, slots=True)
class NoticePublication:
    """One publication of a notice: its words, from when to when, and whose approval they had.

    `withdrawn_at` is the first moment at which it was not in force any more, None while it is.
    `approved_by` names people; it is blank for what a program published. `shipped_with` is the
    version of the software that brought the words, blank for words written since. `number` is
    the publication's own on record, `revision` that of the draft that was approved.
    """

    words: NoticeText
    published_at: datetime
    withdrawn_at: datetime | None = None
    approved_by: str = ""
    shipped_with: str = ""
    number: int = 0
    revision: int | None = None

    def in_force(self, at: datetime) -> bool:
        """Say whether these words were in force at the moment `at`."""
        return self.published_at <= at and (self.withdrawn_at is None or at < self.withdrawn_at)


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """What a visitor met: the version, and how it was found."""

    version: NoticePublication
    fallback: Fallback


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time, from `start` up to but not including `end`, in which one version was shown, or none."""

    start: datetime
    end: datetime
    shown: ShownNotice | None


def shown_at(
    versions: Iterable[NoticePublication], region: str, language: str, at: datetime
) -> ShownNotice | None:
    """Return which of `versions`, all of one kind, was shown in `region` and `language` at `at`.

    By the rule that the gate follows: the region's own words in the language, else those for
    every region, else the approved English, else the English shipped with the software by then.
    """
    versions = list(versions)
    in_force = [version for version in versions if version.in_force(at)]
    chosen = choose((version.words for version in in_force), region, language)
    if chosen is None:
        return _shipped_by(versions, at)
    version = next(version for version in in_force if version.words is chosen)
    return ShownNotice(version, _fallback(chosen, language))


def shown_between(
    versions: Sequence[NoticePublication], region: str, language: str, start: datetime, end: datetime
) -> list[Stretch]:
    """Return what was shown from `start` up to but not including `end`, without gaps, in order."""
    changes = {moment for version in versions for moment in (version.published_at, version.withdrawn_at)}
    bounds = [start, *sorted(moment for moment in changes if moment and start < moment < end), end]
    stretches: list[Stretch] = []
    for since, until in pairwise(bounds):
        shown = shown_at(versions, region, language, since)
        if stretches and stretches[-1].shown == shown:
            since = stretches.pop().start
        stretches.append(Stretch(since, until, shown))
    return stretches


def newest_shipped(versions: Iterable[NoticePublication]) -> NoticeText | None:
    """Return the words among `versions`, all of one kind, that the site shipped last; None without any."""
    newest = _newest_shipped(versions)
    return newest.words if newest else None


def _newest_shipped(versions: Iterable[NoticePublication]) -> NoticePublication | None:
    shipped = [version for version in versions if version.shipped_with]
    return max(shipped, key=lambda version: version.published_at, default=None)


def _shipped_by(versions: Iterable[NoticePublication], at: datetime) -> ShownNotice | None:
    newest = _newest_shipped(version for version in versions if version.published_at <= at)
    return ShownNotice(newest, Fallback.SHIPPED) if newest else None


def _fallback(words: NoticeText, language: str) -> Fallback:
    if words.region:
        return Fallback.OWN
    return Fallback.LANGUAGE if words.language == language else Fallback.ENGLISH
