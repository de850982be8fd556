"""Rules from a CSV file, row by row."""

from django.utils.translation import gettext as _

from home.importing import ImportResult, problems_of
from home.spreadsheets import Columns, CsvRow, Problem

from .addresses import InvalidRuleError, read_source
from .forms import RedirectForm
from .live_pages import live_pages
from .models import Redirect, current_rules
from .rules import Match
from .validation import Surroundings

COLUMNS = Columns(
    fields={
        "from": "old_path",
        "to": "new_path",
        "match": "match",
        "status": "type_status_code",
        "priority": "priority",
        "notes": "notes",
    },
    needed=frozenset({"from", "to"}),
    ignored=frozenset({"hits", "last hit"}),  # visitors' to write
)
DEFAULTS = {"match": Match.EXACT.value, "type_status_code": "301", "priority": "0", "notes": ""}


class RuleImport:
    """A file being read: what has been taken so far, and what the next row must agree with."""

    def __init__(self) -> None:
        """Look up once what every row is compared with."""
        self.outcome = ImportResult()
        self.kept = {redirect.old_path: redirect for redirect in Redirect.objects.active()}
        self.around = Surroundings(current_rules(), live_pages())
        self.lines: dict[str, int] = {}

    def take(self, row: CsvRow) -> None:
        """Write the rule of `row`, or note why not."""
        values = {**DEFAULTS, **row.values}
        source = _source(values)
        if source in self.lines:
            reason = _("It has the same address as line %(line)s.") % {"line": self.lines[source]}
            self.outcome.problems.append(Problem(row.line, reason))
            return
        self.lines[source] = row.line
        redirect = self.kept.get(source)
        if redirect and _is_unchanged(redirect, values):
            self.outcome.unchanged += 1
        else:
            self._write(row.line, values, redirect)

    def _write(self, line: int, values: dict[str, str], redirect: Redirect | None) -> None:
        form = RedirectForm(values, instance=redirect, around=self.around)
        if not form.is_valid() or not form.accepted:
            self.outcome.problems += problems_of(form, line, COLUMNS)
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
    except InvalidRuleError:
        return text


def _is_unchanged(redirect: Redirect, values: dict[str, str]) -> bool:
    kept = {name: str(getattr(redirect, name)) for name in DEFAULTS}
    given = {name: values[name] for name in DEFAULTS}
    return kept == given and redirect.new_path == values.get("new_path")
