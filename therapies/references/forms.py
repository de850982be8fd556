"""Forms of the library of references besides Wagtail's own.

To be imported when all apps are ready, for until then others put their fields into the admin's forms.
"""

from wagtail.admin.forms import WagtailAdminModelForm

from therapies.models import Reference
from therapies.models.reference import FIELDS


class ReferenceForm(WagtailAdminModelForm):
    """A reference as a file holds it, or as it is added while citing."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Reference
        fields = FIELDS
