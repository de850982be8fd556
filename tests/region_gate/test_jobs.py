"""Work that processes share comes back whole and in order, or not at all."""

import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing import active_children

import pytest
from django.db import connection

from region_gate.auditing.jobs import JobError, Jobs

HERE = os.getpid()


def double(number: int) -> int:
    """Return twice `number`."""
    return number * 2


def process_of(_number: int) -> tuple[int, bool, str]:
    """Return the process, whether it came with an open connection, and the kind of its database."""
    return os.getpid(), connection.connection is not None, connection.vendor


def divide(number: int) -> float:
    """Return what 1 divided by `number` is."""
    return 1 / number


def die(number: int) -> int:
    """End the process in one of several ways, where `number` is not 0."""
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 2:
        sys.exit(0)
    if number == 3:
        os._exit(0)
    return number


def unpicklable(number: int) -> object:
    """Return what cannot be sent."""
    return lambda: number


@pytest.mark.parametrize(("jobs", "items"), [(1, 5), (2, 0), (2, 50), (64, 2)])
def test_the_answers_come_in_the_order_of_the_items(jobs, items):
    with Jobs(jobs) as shared:
        assert [*shared.map(double, range(items))] == [2 * number for number in range(items)]
        assert len(active_children()) == (0 if jobs == 1 else min(jobs, items))
        assert [*shared.map(double, range(items))] == [2 * number for number in range(items)]
    assert active_children() == []


def test_each_process_has_its_own_connection():
    with Jobs(2) as shared:
        answers = {*shared.map(process_of, range(20))}
    assert HERE not in {process for process, _is_open, _vendor in answers}
    assert {(is_open, vendor) for _process, is_open, vendor in answers} == {(False, connection.vendor)}


def test_one_job_works_here():
    with Jobs(1) as shared:
        assert {process for process, *_rest in shared.map(process_of, [1, 2])} == {HERE}


@pytest.mark.parametrize(
    ("work", "said"),
    [(divide, "ZeroDivisionError: division by zero"), (unpicklable, "local object")],
)
def test_an_error_is_an_error_of_the_whole_with_its_trace(work, said):
    with pytest.raises(JobError, match=f"(?s)work on 0 failed.*Traceback.*{said}"), Jobs(2) as shared:
        [*shared.map(work, [0])]
    assert active_children() == []


@pytest.mark.parametrize(("way", "code"), [(1, "-9"), (2, "0"), (3, "0")])
def test_a_process_that_ends_early_is_an_error_of_the_whole(way, code):
    with pytest.raises(JobError, match=f"ended with exit code {code}"), Jobs(2) as shared:
        [*shared.map(die, [way])]
    assert active_children() == []


def test_an_interrupt_ends_every_process():
    with pytest.raises(KeyboardInterrupt), Jobs(2) as shared:
        interrupt(shared.map(double, range(1000)))
    assert active_children() == []


def interrupt(answers: Iterator[int]) -> None:
    """Act as a keyboard does after the first answer, where whoever runs the tests ignores it, too."""
    next(answers)
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, ours)
