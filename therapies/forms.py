"""Forms of the library of references besides Wagtail's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Reference


class ReferenceForm(forms.ModelForm):
    """A reference: as a file holds it, or as it is added while citing."""

    url = forms.URLField(
        label=_("Address"), required=False, assume_scheme="https", help_text=_("Where there is no DOI.")
    )

    class Meta:
        model = Reference
        fields = ["text", "kind", "year", "doi", "url"]
