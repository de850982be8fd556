"""More of the same: `make test` tries the first cases of a table, and `make long` all the others."""

from collections.abc import Iterable
from typing import Any

import pytest


def first_cases(
    names: str | tuple[str, ...], cases: Iterable[Any], *, first: int = 1, **options: Any
) -> pytest.MarkDecorator:
    """Return `pytest.mark.parametrize` of which all cases but the `first` few are left to what takes long."""
    return pytest.mark.parametrize(names, [*_marked(names, cases, first)], **options)


def _marked(names: str | tuple[str, ...], cases: Iterable[Any], first: int) -> Iterable[Any]:
    for number, case in enumerate(cases):
        values = [case] if isinstance(names, str) else case
        yield pytest.param(*values, marks=[pytest.mark.long] if number >= first else [])
