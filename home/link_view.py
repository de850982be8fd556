"""The dialog in which editors name the address of a link."""

from typing import Any

from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views import chooser


class AddressField(URLOrAbsolutePathField):
    """Wagtail's, which says that an address is missing even where none was sent."""

    def to_python(self, value: Any) -> Any:
        """Return `value` as an address."""
        return super().to_python(value or "")


class ExternalLinkForm(ExternalLinkChooserForm):
    """Wagtail's, less its break where the address was left out."""

    url = AddressField(required=True, label=ExternalLinkChooserForm.base_fields["url"].label)


class ExternalLinkView(chooser.ExternalLinkView):
    """Wagtail's, with the form that takes nothing for granted."""

    form_class = ExternalLinkForm
