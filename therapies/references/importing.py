"""Import references from a CSV or BibTeX file: new ones are added, known ones are left alone."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.importing import ImportForm, ImportResult, ImportView, problems_of
from home.spreadsheets import Columns, CsvRow, Problem, read_rows
from therapies.citing import dois
from therapies.models import Reference
from therapies.models.reference import FIELDS, ReferenceKind

from .bibtex import is_bibtex, read_entries

COLUMNS = Columns(
    fields={name: name for name in FIELDS},
    needed=frozenset({"text"}),
    ignored=frozenset({"uses"}),
)


class ReferenceFileForm(ImportForm):
    """A file of references."""

    file = forms.FileField(
        label=_("CSV or BibTeX file"),
        help_text=_("Columns of a CSV: text; if need be kind, year, doi, url. An export can be read back."),
    )


class ReferenceImport:
    """A file being read: what has been taken so far, and what is known already.

    It only adds. What is known may be cited, and whoever may add need not be allowed to change it.
    """

    def __init__(self) -> None:
        """Look up once what every row is compared with."""
        self.outcome = ImportResult()
        self.known = {_identity(it.doi, it.text): it for it in Reference.objects.all()}
        self.lines: dict[str, int] = {}

    def take(self, row: CsvRow) -> None:
        """Add the reference of `row`, or note why not."""
        identity = _identity(dois.bare(row.values.get("doi", "")), row.values.get("text", ""))
        if identity in self.lines:
            reason = gettext("It is the same source as line %(line)s.") % {"line": self.lines[identity]}
            self.outcome.problems.append(Problem(row.line, reason))
            return
        self.lines[identity] = row.line
        if known := self.known.get(identity):
            self._compare(known, row)
        else:
            self._add(row.line, {**row.values, "kind": _kind(row.values.get("kind", ""))})

    def _compare(self, known: Reference, row: CsvRow) -> None:
        if not (different := _differing(known, row.values)):
            self.outcome.unchanged += 1
            return
        reason = gettext("It is known already, with another %(column)s: “%(value)s”.")
        said = {"column": different, "value": getattr(known, different)}
        self.outcome.problems.append(Problem(row.line, reason % said))

    def _add(self, line: int, values: dict[str, str]) -> None:
        from .forms import ReferenceForm  # now that all apps are ready

        form = ReferenceForm(values)
        if form.is_valid():
            form.save()
            self.outcome.added += 1
        else:
            self.outcome.problems += problems_of(form, line, COLUMNS)


class ReferenceImportView(ImportView):
    """Reads references from a file and tells what became of each row."""

    model = Reference
    form_class = ReferenceFileForm
    page_title = _("Import references")
    header_icon = "openquote"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        listing = {"url": reverse(Reference.snippet_viewset.get_url_name("list")), "label": _("References")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]

    def read(self, file: UploadedFile) -> list[CsvRow | Problem]:
        """Return the rows or entries of `file`."""
        content = file.read()
        return read_entries(content) if is_bibtex(file.name or "", content) else read_rows(content, COLUMNS)

    def start(self) -> ReferenceImport:
        """Return what takes the references."""
        return ReferenceImport()


def _identity(doi: str, text: str) -> str:
    """Return what two rows have in common when they mean one source."""
    return dois.comparable(doi) if doi else " ".join(text.casefold().split())


def _differing(known: Reference, values: dict[str, str]) -> str:
    """Return the first column in which `values`, where they say anything, differ from what is known."""
    for name, value in values.items():
        given = _kind(value) if name == "kind" else value
        # The DOI is what they were found by, if they have one; then case makes no difference.
        if name != "doi" and given != str(getattr(known, name)):
            return name
    return "doi" if "doi" in values and not known.doi else ""


def _kind(text: str) -> str:
    """Return the kind that `text` names, by its code or in words; text that names none as it is."""
    kinds = {name.casefold(): kind.value for kind in ReferenceKind for name in (kind.value, str(kind.label))}
    return kinds.get(text.casefold(), text) or ReferenceKind.ARTICLE.value
