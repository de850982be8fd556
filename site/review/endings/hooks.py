"""Where the endings meet Wagtail: addresses, buttons, the history, what is said beside a draft."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from home.access import EDITORS, LEGAL, is_in_a_team, is_in_team_at, is_legal_in
from region_gate import clock
from region_gate.authoring.draft_sections import DRAFT_SECTIONS
from therapies.models import Label

from . import alerts, taking_down, withdrawing  # noqa: F401 - attention registers itself
from .choice_view import EndingChoiceView
from .order_view import OrderView
from .take_down_section import TakeDownSection
from .take_down_views import AnswerView, RequestView, TakeDownView
from .withdrawal_views import OpinionView, WithdrawView

hooks.register(DRAFT_SECTIONS, TakeDownSection, order=-3)  # before all else


@hooks.register("register_admin_urls")
def addresses_of_the_endings() -> list[URLPattern]:
    """Add the screens."""
    return [
        path("review/labels/<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw_label"),
        path("review/withdrawals/<int:pk>/", OpinionView.as_view(), name="withdrawal"),
        path("review/pages/<int:page_id>/take-down/", TakeDownView.as_view(), name="take_down_page"),
        path("review/pages/<int:page_id>/request/", RequestView.as_view(), name="request_take_down"),
        path("review/pages/<int:page_id>/order/", OrderView.as_view(), name="order_pages"),
        path("review/requests/<int:pk>/", AnswerView.as_view(), name="take_down_request"),
        path("review/endings/", EndingChoiceView.as_view(), name="ending_choices"),
    ]


class ChoiceMenuItem(MenuItem):
    """The way to the choices, for legal teams."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person is of a legal team."""
        return is_in_a_team(request.user, LEGAL)


@hooks.register("register_reports_menu_item")
def choices_among_the_reports() -> MenuItem:
    """Add the choices to the reports."""
    address = reverse("ending_choices")
    return ChoiceMenuItem(
        EndingChoiceView.page_title, address, name="ending-choices", icon_name="date", order=640
    )


@hooks.register("register_page_header_buttons")
def end_from_the_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the screens in a page's own menu."""
    return _buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def end_from_the_list(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer the screens in a list of pages."""
    return _buttons(page, user)


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    """Give the buttons by the teams of the page's region; each screen asks anew whether it is open."""
    if is_in_team_at(page.path, user, LEGAL):
        if page.live or page.numchild:
            address = reverse("take_down_page", args=[page.pk])
            yield Button(gettext_lazy("Take down at once"), address, icon_name="warning", priority=61)
        if page.numchild:
            address = reverse("order_pages", args=[page.pk])
            yield Button(gettext_lazy("Put pages in order"), address, icon_name="list-ol", priority=71)
    elif page.live and is_in_team_at(page.path, user, EDITORS):
        address = reverse("request_take_down", args=[page.pk])
        yield Button(gettext_lazy("Ask legal to take it down"), address, icon_name="warning", priority=61)


class WithdrawMenuItem(ActionMenuItem):
    """Leads from a label's editor to its end."""

    name = "action-withdraw"
    label = gettext_lazy("Withdraw at once")
    icon_name = "warning"

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Return the address of the screen."""
        return reverse("withdraw_label", args=[parent_context["instance"].pk])


@hooks.register("construct_snippet_action_menu", order=10)
def end_from_the_editor(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer to end a label in force to the legal team of its region."""
    label = context.get("instance")
    if not isinstance(label, Label) or not label.pk:
        return
    stored = Label.objects.select_related("region").get(pk=label.pk)
    if stored.is_in_force(clock.today()) and is_legal_in(stored.region, request.user):
        items.append(WithdrawMenuItem(order=100))


@hooks.register("register_log_actions")
def log_what_legal_ends(actions: LogActionRegistry) -> None:
    """Let the history say what legal ended at once, what was asked for, and why."""
    actions.register_action(
        withdrawing.ACTION, gettext_lazy("Withdrawn urgently"), gettext_lazy("Withdrawn urgently")
    )

    @actions.register_action(taking_down.ACTION)
    class TakenDownByLegal(LogFormatter):
        """Tells the reason with the entry."""

        label = gettext_lazy("Taken down by legal")

        def format_message(self, entry: Any) -> str:
            """Return that legal took the page down, and why."""
            return gettext("Taken down by legal: %(reason)s") % {"reason": entry.data.get("reason", "")}

    @actions.register_action(taking_down.OVERDUE_ACTION)
    class TakenDownOverdue(LogFormatter):
        """Tells the reason with the entry."""

        label = gettext_lazy("Taken down, overdue")

        def format_message(self, entry: Any) -> str:
            """Return that the page came down by itself, and why."""
            return gettext("Taken down: %(reasons)s") % {"reasons": entry.data.get("reason", "")}

    @actions.register_action(taking_down.REQUEST_ACTION)
    class TakeDownAsked(LogFormatter):
        """Tells the reason with the entry."""

        label = gettext_lazy("Legal asked to take it down")

        def format_message(self, entry: Any) -> str:
            """Return that legal was asked, and why."""
            return gettext("Legal was asked to take it down: %(reason)s") % {
                "reason": entry.data.get("reason", "")
            }
