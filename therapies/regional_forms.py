"""The form of what belongs to one region and has a text in each language, such as a label."""

from typing import Any

from home.access import regions_of_legal
from region_gate.authoring.dated_forms import DatedModelForm

MAX_TEXT_FORMS = 100  # in one post, those of texts that are taken out among them


class RegionalForm(DatedModelForm):
    """Something of one of the person's own regions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the regions whose legal team the person belongs to."""
        super().__init__(*args, **kwargs)
        if self.for_user and "region" in self.fields:
            self.fields["region"].queryset = regions_of_legal(self.for_user)  # type: ignore[attr-defined] # it is a choice field
        if "texts" in self.formsets:
            self.formsets["texts"].absolute_max = MAX_TEXT_FORMS
