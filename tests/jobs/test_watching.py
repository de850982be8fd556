"""Who lives and who is gone, whatever the clocks say."""

from datetime import timedelta

import pytest
import time_machine

from jobs import attempts, watching
from jobs.models import WorkerBeat
from jobs.watching import SILENT_SECONDS, Observer

from .conftest import at, task_of, work
from .test_attempts import planned

pytestmark = pytest.mark.django_db


def test_who_stands_still_for_long_is_silent():
    observer = Observer()
    assert observer.silent({"a": 1, "b": 1}, 0) == []
    assert observer.silent({"a": 1, "b": 2}, SILENT_SECONDS - 1) == []
    assert observer.silent({"a": 1, "b": 2}, SILENT_SECONDS) == ["a"]
    assert observer.silent({"a": 2, "b": 2}, 2 * SILENT_SECONDS - 1) == ["b"]


def test_who_went_is_forgotten():
    observer = Observer()
    observer.silent({"a": 1}, 0)
    assert observer.silent({}, 100) == []
    assert observer.seen == {}


def test_what_a_silent_worker_was_at_is_done_by_another(add):
    run = planned(add)
    watching.enter("dead")
    attempts.claim("default", "dead/default")
    observer = Observer()
    watching.bury(observer, 0)
    assert work() == 0
    watching.bury(observer, SILENT_SECONDS)
    assert work() == 1
    assert not WorkerBeat.objects.exists()
    assert len(task_of(run).worker_ids) == 2


def test_a_clock_that_jumps_ahead_kills_nobody(add):
    planned(add)
    with time_machine.travel(at("2026-06-11T08:00")) as clock:
        watching.enter("alive")
        attempts.claim("default", "alive/default")
        observer = Observer()
        watching.bury(observer, 0)
        watching.beat("alive")
        clock.shift(timedelta(days=365))
        watching.bury(observer, SILENT_SECONDS)
        assert work() == 0
    assert watching.beat("alive")


def test_who_was_taken_for_dead_is_told(db):
    watching.enter("slow")
    watching.bury(observer := Observer(), 0)
    watching.bury(observer, SILENT_SECONDS)
    assert not watching.beat("slow")


def test_who_ends_puts_back_what_is_left(add):
    planned(add)
    watching.enter("one")
    attempts.claim("default", "one/default")
    watching.leave("one")
    assert work(worker="two") == 1


def test_who_begins_meanwhile_is_left_alone(add, monkeypatch):
    planned(add)
    listed = attempts.running

    def begin_then_list():
        watching.enter("new")
        attempts.claim("default", "new/default")
        return listed()

    monkeypatch.setattr(attempts, "running", begin_then_list)
    assert watching.take_over() == 0


def test_who_looks_once_goes_by_the_clock(add):
    planned(add)
    with time_machine.travel(at("2026-06-11T08:00")):
        watching.enter("dead")
        attempts.claim("default", "dead/default")
        watching.bury_by_the_clock(at("2026-06-11T08:05"))
        assert work() == 0
        watching.bury_by_the_clock(at("2026-06-11T08:11"))
        assert work() == 1
