"""Rules as a CSV file: written so that no spreadsheet runs it, read row by row."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from .addresses import RefusedError, read_source
from .forms import RedirectForm
from .live_pages import live_pages
from .models import Redirect, current_rules
from .refusals import Surroundings
from .rules import Match

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# What a file calls the fields of the form, in any order; the first two it must have.
COLUMNS = {
    "from": "old_path",
    "to": "new_path",
    "match": "match",
    "status": "type_status_code",
    "priority": "priority",
    "notes": "notes",
}
NEEDED = {"from", "to"}
IGNORED = {"hits", "last hit"}  # exported, but visitors' to write
DEFAULTS = {"match": Match.EXACT.value, "type_status_code": "301", "priority": "0", "notes": ""}
MOST_ROWS = 2000


class Row(NamedTuple):
    """A line of the file, counted as a text editor does, and the form's values in it."""

    line: int
    values: dict[str, str]


class Problem(NamedTuple):
    """Why a line was refused."""

    line: int
    reason: str


@dataclass
class Outcome:
    """What an import did, or would have done."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    is_kept: bool = True


def neutral(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and runs nothing."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def original(text: str) -> str:
    """Return what `neutral` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def read_rows(content: bytes) -> list[Row]:
    """Return the rows of a CSV file with a header. Raises RefusedError where it cannot be read as one."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        return list(_rows(reader))
    except csv.Error as error:
        problem = _("Line %(line)s is no CSV: %(error)s.") % {"line": reader.line_num, "error": error}
        raise RefusedError(problem) from None


def _rows(reader: Iterable[list[str]]) -> Iterator[Row]:
    names: list[str] = []
    line = 1
    for cells in reader:
        if not names:
            names = _header(cells)
        elif any(cells):
            yield Row(line, _values(names, cells))
        line = reader.line_num + 1  # type: ignore[attr-defined] # csv.reader has no public type
        if line > MOST_ROWS + 2:
            raise RefusedError(_("The file has more than %(most)s rows. Split it.") % {"most": MOST_ROWS})


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    if missing := sorted(NEEDED - set(names)):
        raise RefusedError(
            _("The first line must name the columns; “%(name)s” is missing.") % {"name": missing[0]}
        )
    unknown = [name for name in names if name not in COLUMNS and name not in IGNORED]
    if unknown or len(set(names)) < len(names):
        wrong = unknown[0] if unknown else max(names, key=names.count)
        raise RefusedError(
            _("The first line names “%(name)s”. Use each of these at most once: %(known)s.")
            % {"name": wrong, "known": ", ".join(COLUMNS)}
        )
    return names


def _values(names: list[str], cells: list[str]) -> dict[str, str]:
    """Return the form's values; cells too many stand under "", to be refused with their line."""
    values = {COLUMNS[n]: original(c).strip() for n, c in zip(names, cells, strict=False) if n in COLUMNS}
    found = {**DEFAULTS, **{name: value for name, value in values.items() if value}}
    return {**found, "": "x"} if len(cells) != len(names) else found


def import_rows(rows: list[Row], *, keep_good: bool) -> Outcome:
    """Write the rules of `rows`; where one is bad, none, or with `keep_good` all others."""
    reading = Import()
    with transaction.atomic():
        for row in rows:
            reading.take(row)
        if reading.outcome.problems and not keep_good:
            reading.outcome.is_kept = False
            transaction.set_rollback(True)
    return reading.outcome


class Import:
    """A file being read: what has been taken so far, and what the next row must agree with."""

    def __init__(self) -> None:
        """Look up once what every row is compared with."""
        self.outcome = Outcome()
        self.kept = {redirect.old_path: redirect for redirect in Redirect.objects.active()}
        self.around = Surroundings(current_rules(), live_pages())
        self.lines: dict[str, int] = {}

    def take(self, row: Row) -> None:
        """Write the rule of `row`, or note why not."""
        source = _source(row.values)
        if reason := self._out_of_place(row, source):
            self.outcome.problems.append(Problem(row.line, reason))
            return
        self.lines[source] = row.line
        redirect = self.kept.get(source)
        if redirect and _is_unchanged(redirect, row.values):
            self.outcome.unchanged += 1
        else:
            self._write(row, redirect)

    def _out_of_place(self, row: Row, source: str) -> str | None:
        if "" in row.values:
            return _("It has more or fewer cells than the first line.")
        if source in self.lines:
            return _("It has the same address as line %(line)s.") % {"line": self.lines[source]}
        return None

    def _write(self, row: Row, redirect: Redirect | None) -> None:
        form = RedirectForm(row.values, instance=redirect, around=self.around)
        if not form.is_valid() or not form.accepted:
            self.outcome.problems += [Problem(row.line, reason) for reason in _reasons(form)]
            return
        saved = form.save()
        self.around = Surroundings(
            self.around.rules.without(redirect.pk if redirect else None).having(form.accepted),
            self.around.pages,
        )
        self.kept[saved.old_path] = saved
        self.outcome.changed += bool(redirect)
        self.outcome.added += not redirect


def _source(values: dict[str, str]) -> str:
    """Return the source as it would be kept, or as it is written where it cannot be read."""
    text = values.get("old_path", "")
    if values["match"] == Match.REGEX:
        return text
    try:
        return read_source(text)
    except RefusedError:
        return text


def _is_unchanged(redirect: Redirect, values: dict[str, str]) -> bool:
    kept = {name: str(getattr(redirect, name)) for name in DEFAULTS}
    given = {name: values[name] for name in DEFAULTS}
    return kept == given and redirect.new_path == values.get("new_path")


def _reasons(form: RedirectForm) -> Iterator[str]:
    names = {field: column for column, field in COLUMNS.items()}
    for field_name, errors in form.errors.items():
        column = "" if field_name == NON_FIELD_ERRORS else f"{names.get(field_name, field_name)}: "
        yield from (f"{column}{error}" for error in errors)
