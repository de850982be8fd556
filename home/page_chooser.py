"""The chooser of pages: it begins in the region of the page that is written, and says what visitors meet."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.models import Page

from region_gate.authoring.editing_context import page_being_written

from .models import Region, RegionHomePage
from .ownership import above, owner_at

if TYPE_CHECKING:
    from wagtail.admin.views.chooser import BrowseView as View  # one that the mixin stands in front of
else:
    View = object


class RegionalChooserMixin(View):
    """Knows the page that is written, as far as the person has to do with it."""

    request: HttpRequest

    @cached_property
    def written(self) -> Page | None:
        """Return the page, or the one above it when it is new."""
        page = page_being_written(self.request)
        return page if page and page.permissions_for_user(self.request.user).permissions else None

    @property
    def columns(self) -> list[Column]:
        """Say what visitors of the page that is written meet on the way to each."""
        columns: list[Column] = [*super().columns]
        if self.written is None:
            return columns
        label, meets = gettext_lazy("Visitors"), what_visitors_meet(self.written)
        return [*columns[:-1], Column("crossing", label=label, accessor=meets), columns[-1]]


class BrowseView(RegionalChooserMixin, chooser.BrowseView):
    """Shows the pages below one; at first those of the region, in the language of what is written."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponseBase:
        """Begin in the region; the way up leads to the others."""
        if parent_page_id is None and self.written is not None:
            home = RegionHomePage.objects.filter(path__in=above(self.written.path)).first()
            parent_page_id = home.pk if home else None
        return super().get(request, parent_page_id)


class SearchView(RegionalChooserMixin, chooser.SearchView):
    """Shows the pages of all regions that are searched for."""


def what_visitors_meet(page: Page) -> Callable[[Page], str]:
    """Return what says of another page what visitors of `page` meet on the way there, blank for nothing."""
    homes = RegionHomePage.objects.by_path()
    here = _region_at(page.path, homes)

    def meets(other: Page) -> str:
        there = _region_at(other.path, homes)
        if here is None or there is None or there == here:
            return ""
        return _("Read a notice first: %(region)s") % {"region": there}

    return meets


def _region_at(path: str, homes: dict[str, RegionHomePage]) -> Region | None:
    home = owner_at(path, homes)
    return home.region if home else None


urlpatterns: list[URLPattern] = [
    path("choose/", BrowseView.as_view(), name="wagtailadmin_choose_page"),
    path("choose/<int:parent_page_id>/", BrowseView.as_view(), name="wagtailadmin_choose_page_child"),
    path("choose/search/", SearchView.as_view(), name="wagtailadmin_choose_page_search"),
]
