"""The screen on which legal puts pages in order."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .forms import OrderForm
from .ordering import put_in_order
from .views import PageEndingView


class OrderView(PageEndingView):
    """Puts the pages below one in order."""

    page_title = gettext_lazy("Put pages in order")
    header_icon = "list-ol"
    button = gettext_lazy("Save the order")

    def get_form(self, *given: Any) -> forms.Form:
        """Ask for the place of each page."""
        return OrderForm([*Page.objects.child_of(self.page).order_by("path")], *given)

    def act(self, form: OrderForm) -> str:
        """Put them in order."""
        has_moved = put_in_order(self.page, form.numbers, self.request.user)
        return _("The pages are in the new order.") if has_moved else _("The order is as it was.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the order is."""
        told = [
            _("The menu of the region shows its pages in this order. Number them; drafts are among them.")
        ]
        return super().get_context_data(**{"told": told, "pages": [], **kwargs})
