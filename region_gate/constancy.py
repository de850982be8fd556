"""Answers that are found once while nothing that they rest on can change.

When a set is put on record, and among the pages that are served of one edition.
"""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

Answers = MutableMapping[Any, Any]  # by the question: the function and its arguments

_answers: ContextVar[Answers | None] = ContextVar("answers", default=None)


@contextmanager
def constant(known: Answers | None = None) -> Iterator[None]:
    """Have nothing that visitors see change inside: whoever opens it answers for that.

    `known` are the answers found before, under the same condition, to which those found here are added.
    """
    outer = _answers.set({} if known is None else known)
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
        try:
            found: Answer = answers[key]
        except KeyError:
            answers[key] = found = find(*args, **kwargs)
        return found

    return answer


@asked_once
def moment() -> datetime:
    """Return this moment: for all that is put on record with a set, the same one."""
    return timezone.now()
