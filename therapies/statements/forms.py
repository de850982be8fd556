"""The form of a required statement."""

from home.submission import is_sending
from therapies.regional_forms import RegionalForm

from .rules import faults_of


class StatementForm(RegionalForm):
    """A statement of one of the person's own regions, which says why it cannot be submitted."""

    limited = ("starts", "withdrawn_on")  # which the model checks

    def is_valid(self) -> bool:
        """Say whether the statement may be saved, and sent on where that is what was asked for."""
        is_valid = super().is_valid()
        if is_valid and is_sending(self.data) and "texts" in self.formsets:
            texts = self.formsets["texts"]
            kept = [form.instance for form in texts.forms if form not in texts.deleted_forms]
            for fault in faults_of(self.instance, kept):
                self.add_error(None, fault)
        return is_valid and not self.errors
