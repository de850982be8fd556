"""How far a command is: a bar on a terminal, a line now and then in a log."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

from tqdm import tqdm

SECONDS = 30  # between two lines in a log

Answer = TypeVar("Answer")


def progress(answers: Iterable[Answer], total: int, unit: str, stream: TextIO) -> Iterable[Answer]:
    """Give `answers`, of which there are `total`, and tell on `stream` how many have come."""
    if stream.isatty():
        return tqdm(answers, total=total, unit=unit, file=stream, leave=False)
    return _with_lines(answers, total, unit, stream)


def _with_lines(answers: Iterable[Answer], total: int, unit: str, stream: TextIO) -> Iterator[Answer]:
    due = monotonic() + SECONDS
    for number, answer in enumerate(answers, 1):
        yield answer
        if monotonic() >= due:
            due = monotonic() + SECONDS
            stream.write(f"{unit} {number} of {total}\n")
            stream.flush()
