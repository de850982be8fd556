"""The explorer, the search and the move of pages, in the place of Wagtail's."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageListingMixin
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Page

from home.models import Region
from redirecting.page_moves import moves_ahead
from region_gate.authoring.findings_panel import FindingsEditView

from .columns import with_places
from .filters import RegionalPageFilterSet
from .found_pages import FoundPages, leave_unmarked, mark
from .menu import start_page
from .permissions import remember_permissions
from .remembered import remember_live_revision, remember_page, remember_place, remember_workflow


class RegionalListingMixin(PageListingMixin):
    """A list of pages that names region and language, and marks what was searched for."""

    def annotate_queryset(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Have each page know its region."""
        found: QuerySet[Page] = super().annotate_queryset(pages)
        return found.annotate(region_name=Region.objects.all().of_each("name"))

    def search_queryset(self, queryset: QuerySet[Page]) -> Any:
        """Find pages by all they say; in an order that was asked for, by their titles."""
        if not self.is_searching or self.is_explicitly_ordered:
            return super().search_queryset(queryset)
        return FoundPages(queryset, self.search_query)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Remember what may be done with each page, and mark the words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        remember_permissions(context["object_list"], self.request.user)
        if self.is_searching:
            mark(context["object_list"], self.search_query)
        else:
            leave_unmarked(context["object_list"])
        return context


class RegionalIndexView(RegionalListingMixin, ExplorableIndexView):
    """The explorer, which opens at the person's own region."""

    base_filterset_class = RegionalPageFilterSet
    filterset_class = RegionalPageFilterSet
    base_columns = with_places(one for one in ExplorableIndexView.base_columns if one.name != "parent")
    paginate_by = 20  # each row has a menu of its own
    columns = base_columns
    show_locale_labels = False  # the language has a column

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Show the pages below one, or lead to where the person's own begin."""
        start = None if parent_page_id else start_page(request.user)
        if start:
            return redirect(reverse(self.index_url_name, args=[start], query=request.GET))
        answer: HttpResponse = super().get(request, parent_page_id)
        return answer

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Return the buttons for the page above, what may be done with it looked up once."""
        remember_permissions([self.parent_page], self.request.user)
        remember_live_revision(self.parent_page)
        buttons: list[Any] = super().header_more_buttons
        return buttons


class RegionalSearchView(RegionalListingMixin, SearchView):
    """The search for pages."""

    columns = with_places(SearchView.columns)
    show_locale_labels = False
    verbose_name, verbose_name_plural = Page._meta.verbose_name, Page._meta.verbose_name_plural

    def get_queryset(self) -> Any:
        """Find pages by all they say, unless a kind of pages or an order was asked for."""
        found = super().get_queryset()
        if self.ordering or self.selected_content_type or not self.search_query:
            return found
        own = self.permission_policy.explorable_instances(self.request.user).values("pk")
        self.all_pages = FoundPages(
            self.annotate_queryset(Page.objects.filter(pk__in=own)), self.search_query
        )
        return self.all_pages


class RegionalEditView(FindingsEditView):
    """The editor, without a query for each translation and each button."""

    def get_object(self) -> Any:
        """Return the latest draft; for whoever looks at it, it knows what has been read already."""
        is_read, kept = self.request.method == "GET", self.real_page_record
        if is_read and kept.has_unpublished_changes and self.latest_revision:
            remember_page(kept)
        page = super().get_object()
        if self.latest_revision:
            page.latest_revision = self.latest_revision
            remember_live_revision(page)
        if is_read:
            remember_place(page, kept)
        return page

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Return the buttons, what may be done with the page looked up once."""
        remember_permissions([self.page], self.request.user)
        remember_workflow(self.page)
        buttons: list[Any] = super().header_more_buttons
        return buttons

    def get_translations(self) -> list[dict[str, Any]]:
        """Return the ways to the page's other languages, for whoever writes them."""
        found = self.page.get_translations().select_related("locale")
        theirs = (one for one in found if one.permissions_for_user(self.request.user).can_edit())
        return [{"locale": one.locale, "url": _editor(one.pk)} for one in theirs]


def _editor(key: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[key])


class ToldMoveConfirmView(MoveConfirmView):
    """Asks whether to move a page, and tells which addresses will lead on to new ones."""

    template_name = "explorer/confirm_move.html"

    @cached_property
    def moved(self) -> dict[str, str]:
        """Return the addresses that visitors know, each with the one that it will lead to."""
        after = f"{self.destination.url_path}{self.page_to_move.slug}/"
        return moves_ahead(self.page_to_move, after)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the addresses."""
        return {**super().get_context_data(**kwargs), "moved": self.moved}
