"""The regions in the admin."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from .forms import RegionForm
from .models import Region
from .widgets import CountriesWidget

if TYPE_CHECKING:
    from wagtail.admin.views.generic import CreateView as View  # one that the mixin stands in front of
else:
    View = object


class OpeningMixin(View):
    """Says which home pages were added, and shows at the form why they cannot be."""

    def form_valid(self, form: RegionForm) -> HttpResponse:
        """Save the region and all that belongs to it, or nothing."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_buttons(self) -> list[Any]:
        """Lead to the home pages that were added."""
        return [*map(_button, self.form.added), *super().get_success_buttons()]


def _button(home: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    return messages.button(address, _("Home page in %(language)s") % {"language": home.locale})


class RegionCreateView(OpeningMixin, CreateView):
    """Adds a region with all that belongs to it."""


class RegionEditView(OpeningMixin, EditView):
    """Changes a region and adds what it lacks."""


class RegionViewSet(ModelViewSet):
    """Lets whoever may change regions add one without a deployment."""

    model = Region
    icon = "globe"
    menu_label = gettext_lazy("Regions")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = RegionCreateView
    edit_view_class = RegionEditView
    list_display = ["name", "code", "order"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("code"),
                    FieldPanel("name"),
                    FieldPanel("languages"),
                    FieldPanel("countries", widget=CountriesWidget),
                    FieldPanel("order"),
                ],
                heading=gettext_lazy("Region"),
                help_text=gettext_lazy(
                    "The selector and “Change region” list its countries and languages, in this order."
                ),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("organisation"),
                    FieldPanel("postal_address"),
                    FieldPanel("telephone"),
                    FieldPanel("email"),
                ],
                heading=gettext_lazy("Contact"),
                help_text=gettext_lazy("Stands at the foot of all pages of the region."),
            ),
            FieldPanel("further_hosts"),
            FieldPanel("escalates_to"),
        ],
        base_form_class=RegionForm,
    )
