"""What was found in a page's draft, as its editor fetches it, and on a page of its own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.context import Context
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from region_gate.authoring.findings_panel import FindingsPanel


class FindingsView(WagtailAdminTemplateMixin, TemplateView):
    """The findings for those who may edit the page; `is_fetched` gives them alone, for the editor's panel."""

    page_title = FindingsPanel.title
    header_icon = "clipboard-list"
    http_method_names = ["get", "head"]
    is_fetched = False
    page: Page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raise PermissionDenied for whoever may not edit the page, Http404 where there is none."""
        self.page = get_object_or_404(Page, pk=kwargs["page"])
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the editor."""
        editor = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": str(self.page)}
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), editor, own]

    def get_template_names(self) -> list[str]:
        """Return the template of the page of its own, or of what the panel fetches."""
        return [f"region_gate/authoring/findings_{'fetched' if self.is_fetched else 'page'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what the panel shows, and its button."""
        panel = FindingsPanel(self.page, self.request)
        return {**super().get_context_data(**kwargs), **panel.get_context_data(Context())}
