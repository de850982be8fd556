"""The breadcrumbs of a screen of ours in the admin: the way back, and the screen itself at their end."""

from typing import Any

from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page


class BreadcrumbsMixin(WagtailAdminTemplateMixin):
    """Leads from the first page by `trail` to the screen, named by its title and what it is about."""

    @property
    def trail(self) -> list[dict[str, Any]]:
        """Return the breadcrumbs between the first page and the screen."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return all of them."""
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), *self.trail, own]


def place_of(page: Page) -> dict[str, Any]:
    """Return the breadcrumb that leads to where `page` stands among the pages."""
    return {"url": reverse("wagtailadmin_explore", args=[page.pk]), "label": page.get_admin_display_title()}
