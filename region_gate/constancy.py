"""Answers that are found once while nothing that they rest on can change: when a set is put on record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def constant() -> Iterator[None]:
    """Have nothing that visitors see change inside: whoever opens it answers for that."""
    outer = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(outer)


def is_constant() -> bool:
    """Say whether nothing that visitors see can change here."""
    return _answers.get() is not None


def asked_once(find: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Have `find`, of arguments that can be keys, look once for each of them while all is constant."""

    @wraps(find)
    def answer(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return find(*args, **kwargs)
        key = (find, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = find(*args, **kwargs)
        found: Answer = answers[key]
        return found

    return answer


@asked_once
def moment() -> datetime:
    """Return this moment: for all that is put on record with a set, the same one."""
    return timezone.now()
