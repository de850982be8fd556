"""The admin's form of a document."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from region_gate.auditing.pdf_links import UnreadablePdfError, check_pdf

from .optimistic_locking import OptimisticLockingMixin


class DocumentForm(OptimisticLockingMixin, BaseDocumentForm):
    """Wagtail's form, which also refuses broken PDFs and conflicting changes; a refusal loses no file."""

    original_file: Any

    def clean_file(self) -> Any:
        """Refuse a PDF that no program could show."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file and file.name.lower().endswith(".pdf"):
            try:
                check_pdf(file.read())
            except UnreadablePdfError:
                raise ValidationError(_("The file is no PDF, or it is damaged."), code="unreadable") from None
            file.seek(0)
        return file

    def add_error(self, field: str | None, error: Any) -> None:
        """Add what is wrong, but nothing more about a file that was refused: the document has none then."""
        found = getattr(error, "error_dict", {})
        if "file" in found and "file" in self.errors:
            error = ValidationError({name: errors for name, errors in found.items() if name != "file"})
        super().add_error(field, error)

    def save(self, commit: bool = True) -> Any:
        """Save the document; delete its previous file once the transaction is committed."""
        replaced, self.original_file = self.original_file, None
        saved = super().save(commit=commit)
        if commit and replaced and "file" in self.changed_data:
            transaction.on_commit(lambda: replaced.storage.delete(replaced.name))
        return saved
