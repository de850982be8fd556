"""The screen on which legal puts pages in order."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .forms import OrderForm
from .ordering import may_order, put_in_order
from .views import EndingView


class OrderView(EndingView):
    """Puts the pages below one in order."""

    page_title = gettext_lazy("Put pages in order")
    header_icon = "list-ol"
    button = gettext_lazy("Save the order")

    @cached_property
    def parent(self) -> Page:
        """Return the page above."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"])

    def is_open(self, user: Any) -> bool:
        """Open it to the legal team of the region."""
        return may_order(self.parent, user)

    def get_page_subtitle(self) -> str:
        """Name the page above."""
        return self.parent.get_admin_display_title()

    def get_form(self, *given: Any) -> forms.Form:
        """Ask for the place of each page."""
        return OrderForm([*Page.objects.child_of(self.parent).order_by("path")], *given)

    def act(self, form: OrderForm) -> str:
        """Put them in order."""
        has_moved = put_in_order(self.parent, form.numbers, self.request.user)
        return _("The pages are in the new order.") if has_moved else _("The order is as it was.")

    def get_success_url(self) -> str:
        """Lead back to the page above."""
        return reverse("wagtailadmin_explore", args=[self.parent.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the order is."""
        told = [
            _("The menu of the region shows its pages in this order. Number them; drafts are among them.")
        ]
        return super().get_context_data(**{"told": told, "pages": [], **kwargs})
