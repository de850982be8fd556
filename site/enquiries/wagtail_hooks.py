"""The place of enquiries in Wagtail's admin: a list, one by one, what is logged, what waits."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from therapies.reports.alerts import ALERTS_HOOK, Source

from .alerts import countries_without_reporting, waiting_enquiries
from .models import Enquiry
from .permissions import may_read
from .purging import PURGED
from .reading import ANSWERED, EXPORTED, READ, REOPENED, EnquiriesView, EnquiryView

ACTIONS: dict[str, tuple[Any, Any]] = {
    READ: (_("Read an enquiry"), _("Enquiry read")),
    EXPORTED: (_("Export an enquiry"), _("Enquiry exported")),
    ANSWERED: (_("Mark an enquiry as answered"), _("Enquiry answered")),
    REOPENED: (_("Mark an enquiry as not answered"), _("Enquiry marked as not answered")),
    PURGED: (_("Delete an enquiry whose time is over"), _("Enquiry deleted, for its time was over")),
}


class EnquiriesMenuItem(MenuItem):
    """The way to the enquiries, for those who may read them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may."""
        return may_read(request.user)


@hooks.register("register_admin_urls")
def addresses_of_enquiries() -> list[URLPattern]:
    """Add the list and each enquiry."""
    return [
        path("enquiries/", EnquiriesView.as_view(), name="enquiries"),
        path("enquiries/results/", EnquiriesView.as_view(results_only=True), name="enquiries_results"),
        path("enquiries/<int:enquiry>/", EnquiryView.as_view(), name="enquiry"),
    ]


@hooks.register("register_admin_menu_item")
def enquiries_in_the_menu() -> MenuItem:
    """Add the list to the menu."""
    address = reverse("enquiries")
    return EnquiriesMenuItem(EnquiriesView.page_title, address, name="enquiries", icon_name="mail", order=260)


@hooks.register("register_permissions")
def permissions_of_enquiries() -> QuerySet[Permission]:
    """Let administrators give the permissions to further people of a region's teams, by groups."""
    return Permission.objects.filter(
        content_type__app_label="enquiries", content_type__model=Enquiry._meta.model_name
    )


@hooks.register("register_log_actions")
def log_who_read_enquiries(actions: LogActionRegistry) -> None:
    """Name what the log keeps of enquiries."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


@hooks.register(ALERTS_HOOK)
def attention_to_enquiries() -> Source:
    """Add the enquiries that wait."""
    return Source("enquiries", _("Enquiries without an answer"), waiting_enquiries, 5)


@hooks.register(ALERTS_HOOK)
def attention_to_reporting() -> Source:
    """Add the countries in which nobody knows whom to tell."""
    title = _("Countries without a way to report side effects")
    return Source("reporting", title, countries_without_reporting, 55)
