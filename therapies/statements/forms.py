"""The form of a required statement."""

from typing import Any

from home.access import regions_of_legal
from home.submission import is_sending
from region_gate.authoring.dated_forms import DatedModelForm

from .rules import faults_of

MAX_TEXT_FORMS = 100  # in one post


class StatementForm(DatedModelForm):
    """A statement of one of the person's own regions, which says why it cannot be submitted."""

    limited = ("starts", "ends")  # which the model checks

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the regions whose legal team the person belongs to."""
        super().__init__(*args, **kwargs)
        if self.for_user and "region" in self.fields:
            self.fields["region"].queryset = regions_of_legal(self.for_user)  # type: ignore[attr-defined] # it is a choice field
        if "texts" in self.formsets:
            self.formsets["texts"].absolute_max = MAX_TEXT_FORMS

    def is_valid(self) -> bool:
        """Say whether the statement may be saved, and sent on where that is what was asked for."""
        is_valid = super().is_valid()
        if is_valid and is_sending(self.data) and "texts" in self.formsets:
            texts = self.formsets["texts"]
            kept = [form.instance for form in texts.forms if form not in texts.deleted_forms]
            for fault in faults_of(self.instance, kept):
                self.add_error(None, fault)
        return is_valid and not self.errors
