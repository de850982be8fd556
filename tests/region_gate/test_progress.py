"""Whoever waits is told how far it is: by a bar on a terminal, by lines in a log."""

from io import StringIO

import pytest

from region_gate.auditing import progress as module
from region_gate.auditing.progress import progress


class Terminal(StringIO):
    """What says of itself that it is a terminal."""

    def isatty(self) -> bool:
        """Say that it is."""
        return True


@pytest.mark.parametrize("stream", [StringIO, Terminal])
def test_all_answers_are_given_on(stream):
    assert [*progress(iter("abc"), 3, "page", stream())] == ["a", "b", "c"]
    assert [*progress(iter(()), 0, "page", stream())] == []


def test_a_terminal_shows_a_bar_with_the_total():
    stream = Terminal()
    assert len([*progress(range(3), 3, "page", stream)]) == 3
    assert "0/3" in stream.getvalue()
    assert "\r" in stream.getvalue()


def test_a_log_gets_a_line_now_and_then(monkeypatch):
    seconds = iter(range(0, 1000, 10))
    monkeypatch.setattr(module, "monotonic", lambda: next(seconds))
    stream = StringIO()
    assert len([*progress(range(9), 9, "page", stream)]) == 9
    assert stream.getvalue().splitlines() == [f"page {number} of 9" for number in (3, 6, 9)]


def test_of_what_is_done_soon_a_log_tells_nothing():
    stream = StringIO()
    assert len([*progress(range(100), 100, "page", stream)]) == 100
    assert stream.getvalue() == ""
