"""The admin's form of a document."""

from typing import Any

from django.db import transaction
from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """Wagtail's, but that a replaced file goes only once the new one is kept: a refusal loses nothing."""

    original_file: Any

    def save(self, commit: bool = True) -> Any:
        """Save the document; delete the file that it had when that is settled."""
        replaced, self.original_file = self.original_file, None
        saved = super().save(commit=commit)
        if commit and replaced and "file" in self.changed_data:
            transaction.on_commit(lambda: replaced.storage.delete(replaced.name))
        return saved
