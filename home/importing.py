"""Import from a file in the admin: bad rows are listed; the good ones are kept if so chosen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic import PermissionCheckedMixin

from home.breadcrumbs import BreadcrumbsMixin
from region_gate.models import Edition

from .spreadsheets import Columns, CsvRow, Problem, UnreadableError

MAX_FILE_BYTES = 1_000_000


@dataclass
class ImportResult:
    """What an import did, or would have done."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    is_kept: bool = True


class Import(Protocol):
    """A file being read: `take` writes what a row asks for, or notes why not."""

    outcome: ImportResult

    def take(self, row: CsvRow) -> None:
        """Write what `row` asks for, or note the problem."""


def import_rows(reading: Import, rows: Iterable[CsvRow | Problem], *, keep_good: bool) -> ImportResult:
    """Import all `rows`; if one is bad, import none, or with `keep_good` all others."""
    with transaction.atomic():
        Edition.lock()
        for row in rows:
            if isinstance(row, Problem):
                reading.outcome.problems.append(row)
            else:
                reading.take(row)
        if reading.outcome.problems and not keep_good:
            reading.outcome.is_kept = False
            transaction.set_rollback(True)
    return reading.outcome


def problems_of(form: forms.BaseForm, line: int, columns: Columns) -> Iterator[Problem]:
    """Yield the problems with the values in `line`, each with its column."""
    names = {field_name: column for column, field_name in columns.fields.items()}
    for field_name, errors in form.errors.items():
        column = "" if field_name == NON_FIELD_ERRORS else f"{names.get(field_name, field_name)}: "
        yield from (Problem(line, f"{column}{error}") for error in errors)


class ImportForm(forms.Form):
    """Asks for a file, and whether its good rows are kept if others are bad."""

    file = forms.FileField(label=_("CSV file"))
    keep_good = forms.BooleanField(
        label=_("Take the good rows even where others are bad"),
        required=False,
        help_text=_("Otherwise one bad row stops them all."),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large to have been written by a person."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise ValidationError(_("The file is larger than 1 MB. Split it."))
        return file


class ImportView(PermissionCheckedMixin, BreadcrumbsMixin, FormView):
    """Reads rows from a file and tells what became of each."""

    permission_required = "add"
    form_class = ImportForm
    template_name = "home/import.html"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """Return the view, which opens its transaction once the file is read: SQLite has one at a time."""
        view: Any = super().as_view(**initkwargs)
        view.opens_own_transaction = True
        return view

    def read(self, file: UploadedFile) -> list[CsvRow | Problem]:
        """Return the rows of `file`. Raises UnreadableError."""
        raise NotImplementedError

    def start(self) -> Import:
        """Return what takes the rows."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Import the file, and show the outcome on the same page."""
        try:
            rows = self.read(form.cleaned_data["file"])
        except UnreadableError as error:
            form.add_error("file", error.message)
            return self.form_invalid(form)
        with transaction.atomic():
            outcome = import_rows(self.start(), rows, keep_good=form.cleaned_data["keep_good"])
        return self.render_to_response(self.get_context_data(form=form, outcome=outcome))
