"""What is done to many pages at once: each is decided by itself, and what could not be is named."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from home.access import EDITORS, is_in_team_at
from home.exceptions import RefusedError
from review.endings import taking_down
from review.endings.forms import EndingReasonForm

from .listed import listed_keys
from .submitting import submit

Refusals = list[tuple[Page, str]]


class EachByItself(PageBulkAction):
    """An action of which each page is a decision of its own: one that is refused keeps no other back."""

    template_name = "explorer/bulk_action.html"
    question: ClassVar[Any]
    no_access: ClassVar[Any]
    next_url: str

    def __init__(self, request: HttpRequest, model: type[Page]) -> None:
        """Lead on to the pages where the request does not say where to, for this address says nothing."""
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = reverse("wagtailadmin_explore_root")

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Return the keys of all pages that the list shows, narrowed as it is."""
        return listed_keys(self.request, parent_id)

    @cached_property
    def refused(self) -> Refusals:
        """Return the pages that were refused, each with the reason; filled while it is done."""
        return []

    def act(self, page: Page) -> None:
        """Do it to `page`. Raises RefusedError."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """Say that it was done to `number` pages."""
        raise NotImplementedError

    def get_execution_context(self) -> dict[str, Any]:
        """Give what the action needs."""
        return {"act": self.act, "refused": self.refused}

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], act: Callable[[Page], None], refused: Refusals, **kwargs: Any
    ) -> tuple[int, int]:
        """Do it to one after another; return to how many it was done."""
        number = 0
        for page in objects:
            try:
                act(page)
            except RefusedError as refusal:
                refused.append((page, " ".join(refusal.messages)))
            else:
                number += 1
        return number, 0

    def get_success_message(self, number: int, _children: int) -> str | None:
        """Say what was done, and name what was not, each with its reason."""
        for page, why in self.refused:
            messages.error(self.request, format_html("“{}”: {}", page.get_admin_display_title(), why))
        return self.done(number) if number else None


class SubmitBulkAction(EachByItself):
    """Sends drafts to their reviews."""

    display_name = _("Submit for review")
    aria_label = _("Submit the selected pages for review")
    action_type = "submit"
    action_priority = 5
    form_class = Form
    question = _("Send the latest drafts of these pages to their reviews?")
    no_access = _("These you may not send to review:")

    def check_perm(self, page: Page) -> bool:
        """Say whether the person writes the page."""
        return bool(page.permissions_for_user(self.request.user).can_edit())

    def act(self, page: Page) -> None:
        """Send it."""
        submit(page, self.request.user)

    def done(self, number: int) -> str:
        """Say how many were sent."""
        words = ngettext(
            "%(number)s page was sent to review.", "%(number)s pages were sent to review.", number
        )
        return words % {"number": number}


class RequestTakeDownBulkAction(EachByItself):
    """Asks legal to take pages down, with one reason for all."""

    display_name = _("Ask legal to take down")
    aria_label = _("Ask legal to take the selected pages down")
    action_type = "request_take_down"
    action_priority = 60
    form_class = EndingReasonForm
    question = _("Ask legal to take these pages down? Each is decided by itself.")
    no_access = _("These are not live, or not your region’s:")

    def check_perm(self, page: Page) -> bool:
        """Say whether the page is live, and the person among its region's editors."""
        return page.live and is_in_team_at(page.path, self.request.user, EDITORS)

    def act(self, page: Page) -> None:
        """Ask for it."""
        assert self.cleaned_form is not None  # noqa: S101 - Wagtail keeps it before anything is done
        taking_down.request(page, self.request.user, self.cleaned_form.cleaned_data["reason"])

    def done(self, number: int) -> str:
        """Say for how many legal was asked."""
        words = ngettext(
            "Legal has been asked to take %(number)s page down, and gets an e-mail.",
            "Legal has been asked to take %(number)s pages down, and gets an e-mail for each.",
            number,
        )
        return words % {"number": number}
