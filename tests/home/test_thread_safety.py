"""Blocks are validated one request at a time, for whether a draft is validated stands on the blocks."""

from threading import Event, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, ListBlock

from home.blocks.thread_safety import ThreadSafeStreamBlock

WITHIN = 10  # seconds


class SlowBlock(CharBlock):
    """Tells when it is validated, and goes on when it is told to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_asked, self.may_go_on = Event(), Event()

    def clean(self, value: Any) -> Any:
        """Wait before `value` is validated."""
        self.is_asked.set()
        assert self.may_go_on.wait(WITHIN)
        return super().clean(value)


@pytest.fixture
def slow() -> SlowBlock:
    return SlowBlock(required=False)


@pytest.fixture
def field(slow) -> ThreadSafeStreamBlock:
    """Blocks of which one holds another request up."""
    return ThreadSafeStreamBlock(
        [("slow", slow), ("words", CharBlock()), ("list", ListBlock(CharBlock(), min_num=2))]
    )


def validated(field: ThreadSafeStreamBlock, way: str, *blocks: tuple[str, Any]) -> tuple[Thread, list[str]]:
    """Begin to validate `blocks` in a thread; return it, with what it found once it has ended."""
    found: list[str] = []

    def validate() -> None:
        try:
            getattr(field, way)(field.to_python([{"type": name, "value": value} for name, value in blocks]))
        except ValidationError:
            found.append("refused")
        else:
            found.append("taken")

    thread = Thread(target=validate)
    thread.start()
    return thread, found


def test_what_is_submitted_is_not_taken_for_the_draft_that_another_saves(field, slow):
    draft, of_draft = validated(field, "clean_deferred", ("slow", ""))
    assert slow.is_asked.wait(WITHIN)
    submission, of_submission = validated(field, "clean", ("words", ""))
    submission.join(0.2)
    slow.may_go_on.set()
    draft.join(WITHIN)
    submission.join(WITHIN)
    assert (of_draft, of_submission) == (["taken"], ["refused"])


def test_a_draft_is_not_refused_because_another_is_done(field, slow):
    draft, of_draft = validated(field, "clean_deferred", ("slow", ""), ("words", ""), ("list", ["One"]))
    assert slow.is_asked.wait(WITHIN)
    other, of_other = validated(field, "clean_deferred", ("words", ""))
    other.join(0.2)
    slow.may_go_on.set()
    draft.join(WITHIN)
    other.join(WITHIN)
    assert (of_draft, of_other) == (["taken"], ["taken"])
