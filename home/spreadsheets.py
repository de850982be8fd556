"""Rows of a CSV file, read line by line."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from region_gate.spreadsheets import restore

MAX_ROWS = 2000
MAX_COLUMNS = 100  # that are looked at; no file of ours has as many
MAX_NAME_LENGTH = 50  # letters of a column's name that are told


class UnreadableError(ValueError):
    """A file that cannot be read; `message` says what to mend."""

    def __init__(self, message: str) -> None:
        """Keep the `message` for whoever sent the file."""
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Columns:
    """What a file calls the fields of a form, in any order; `ignored` ones are exported only."""

    fields: Mapping[str, str]
    needed: frozenset[str]
    ignored: frozenset[str] = frozenset()


class CsvRow(NamedTuple):
    """A line of the file, counted as a text editor does, and the form's values in it, blank ones left out."""

    line: int
    values: dict[str, str]


class Problem(NamedTuple):
    """Why a line was refused."""

    line: int
    reason: str


def read_text(content: bytes) -> str:
    """Return `content` as text. Raises UnreadableError where it is not in UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from None


def check_length(number: int) -> None:
    """Raise UnreadableError for more rows than one request should write."""
    if number > MAX_ROWS:
        raise UnreadableError(_("The file has more than %(most)s rows. Split it.") % {"most": MAX_ROWS})


def read_rows(content: bytes, columns: Columns) -> list[CsvRow | Problem]:
    """Return the rows of a CSV file with a header, each or what is wrong with it.

    Raises UnreadableError where the file cannot be read as one.
    """
    text = read_text(content)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        return list(_rows(reader, columns))
    except csv.Error as error:
        problem = _("Line %(line)s is no CSV: %(error)s.") % {"line": reader.line_num, "error": error}
        raise UnreadableError(problem) from None


def _rows(reader: Iterable[list[str]], columns: Columns) -> Iterator[CsvRow | Problem]:
    names: list[str] = []
    line = 1
    for cells in reader:
        if not names:
            names = _header(cells, columns)
        elif any(cells) and len(cells) != len(names):
            yield Problem(line, _("It has more or fewer cells than the first line."))
        elif any(cells):
            yield CsvRow(line, _values(names, cells, columns))
        line = reader.line_num + 1  # type: ignore[attr-defined] # csv.reader has no public type
        check_length(line - 2)


def _header(cells: list[str], columns: Columns) -> list[str]:
    names = [cell.strip().lower()[:MAX_NAME_LENGTH] for cell in cells[:MAX_COLUMNS]]
    if missing := sorted(columns.needed - set(names)):
        raise UnreadableError(
            _("The first line must name the columns; “%(name)s” is missing.") % {"name": missing[0]}
        )
    unknown = [name for name in names if name not in columns.fields and name not in columns.ignored]
    if unknown or len(set(names)) < len(names):
        wrong = unknown[0] if unknown else max(names, key=names.count)
        raise UnreadableError(
            _("The first line names “%(name)s”. Use each of these at most once: %(known)s.")
            % {"name": wrong, "known": ", ".join(columns.fields)}
        )
    return names


def _values(names: list[str], cells: list[str], columns: Columns) -> dict[str, str]:
    fields = columns.fields
    values = {fields[n]: restore(c).strip() for n, c in zip(names, cells, strict=True) if n in fields}
    return {name: value for name, value in values.items() if value}
