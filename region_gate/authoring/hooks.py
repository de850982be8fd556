"""Where the gate meets those who write in the Wagtail admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page

from region_gate.authoring import link_forms
from region_gate.authoring.content_checks import with_ours
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import DRAFT_SECTIONS
from region_gate.authoring.findings_panel import FindingsPageViewSet, LinksSection
from region_gate.authoring.findings_view import FindingsView

SENDING = {"action-submit", "action-publish", "action-restart-workflow"}

hooks.register(DRAFT_SECTIONS, LinksSection)


@hooks.register("register_admin_urls")
def links_typed_with_advice() -> list[URLPattern]:
    """Replace Wagtail's link forms."""
    return link_forms.urlpatterns


@hooks.register("register_admin_urls")
def findings_by_a_request_of_their_own() -> list[URLPattern]:
    """Add what was found in a page's draft, and the same for the editor's panel."""
    return [
        path("pages/<int:page>/findings/", FindingsView.as_view(), name="region_gate_findings"),
        path(
            "pages/<int:page>/findings/panel/",
            FindingsView.as_view(is_fetched=True),
            name="region_gate_findings_panel",
        ),
    ]


@hooks.register("register_admin_viewset", order=1)
def findings_beside_each_page() -> FindingsPageViewSet:
    """Replace Wagtail's viewset for all pages, which is registered before this one."""
    return FindingsPageViewSet()


@hooks.register("construct_wagtail_userbar", order=100)
def check_what_editors_write(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Have the admin's checker look at all that is about what editors write."""
    items[:] = with_ours(items)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_when_sent(request: HttpRequest, page: Page) -> None:
    """Warn whoever submits or publishes a page about its blocked links: the panel is not visible then."""
    if SENDING.isdisjoint(request.POST):
        return
    if number := sum(link.is_blocked for link in Draft(page, request).links):
        messages.warning(request, _warning(number, page))


def _warning(number: int, page: Page) -> str:
    words = ngettext(
        "%(number)s link of this page is blocked, so visitors cannot follow it.",
        "%(number)s links of this page are blocked, so visitors cannot follow them.",
        number,
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return format_html(
        '{} <a href="{}">{}</a>', words % {"number": number}, address, page.get_admin_display_title()
    )
