"""What the admin offers besides the form: the list, the test of an address, the import of a file."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from home.importing import ImportView
from home.spreadsheets import CsvRow, Problem, read_rows
from region_gate.exporting import SafeExportMixin

from .addresses import InvalidRuleError
from .forms import AddressForm, RuleFileForm
from .live_pages import live_pages
from .models import Redirect, current_rules
from .spreadsheets import COLUMNS, RuleImport
from .tracing import Trace, trace

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class RedirectIndexView(SafeExportMixin, IndexView):
    """The list of rules, with the ways to the test and the import."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the test to whoever sees the list, and the import to whoever may write rules."""
        buttons = [*super().header_buttons, _button(_("Test an address"), "redirects:test", "search")]
        if self.user_has_permission("add") and self.user_has_permission("change"):
            buttons.append(_button(_("Import CSV"), "redirects:import", "upload"))
        return buttons


def _button(label: "StrOrPromise", name: str, icon: str) -> HeaderButton:
    return HeaderButton(label, url=reverse(name), icon_name=icon)


class RedirectFormView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A page of its own below the list of rules."""

    model = Redirect
    header_icon = "redirect"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        listing = {"url": reverse("redirects:index"), "label": _("Redirects")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]


class TestAddressView(RedirectFormView):
    """Shows which rule an address meets, the whole chain, and where it ends."""

    any_permission_required = ["add", "change", "delete", "view"]
    form_class = AddressForm
    page_title = _("Test an address")
    template_name = "redirecting/test_address.html"
    http_method_names = ["get", "head"]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Read the address from the query, so that a test can be linked to."""
        given = {"data": self.request.GET} if "address" in self.request.GET else {}
        return {**super().get_form_kwargs(), **given}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the journey from the address, if there is one that can be read."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if form.is_bound and form.is_valid():
            try:
                context["journey"] = self._journey(form.cleaned_data["address"])
            except InvalidRuleError as error:
                form.add_error("address", error.message)
        return context

    def _journey(self, address: str) -> Trace:
        rules = current_rules()
        here = f"{self.request.scheme}://{self.request.get_host()}"
        return trace(address, replace(rules, own_hosts=rules.own_hosts | {here}), live_pages())


class RuleImportView(RedirectFormView, ImportView):
    """Reads rules from a CSV file and tells what became of each row."""

    form_class = RuleFileForm
    page_title = _("Import redirects")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not change rules either: a file does both."""
        if not self.user_has_permission("change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def read(self, file: UploadedFile) -> list[CsvRow | Problem]:
        """Return the rows of `file`."""
        return read_rows(file.read(), COLUMNS)

    def start(self) -> RuleImport:
        """Return what takes the rules."""
        return RuleImport()
