"""Where therapies meets Wagtail."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .adapting import hooks as adapting_hooks  # noqa: F401 - registers them
from .authoring import ProductsSection
from .models import Label
from .page_record import hooks as record_hooks  # noqa: F401 - registers them
from .permissions import LabelPermissionPolicy
from .reports import hooks as report_hooks  # noqa: F401 - registers them
from .taking_down import ACTION as TAKEN_DOWN
from .viewsets import TherapiesViewSetGroup

register_permission_policy(Label, LabelPermissionPolicy(Label))
register_snippet(TherapiesViewSetGroup)


@hooks.register("register_draft_section", order=-1)
def products_among_the_findings(draft: Any) -> ProductsSection:
    """Tell the editor first what would keep the draft from going live."""
    return ProductsSection(draft)


@hooks.register("register_log_actions")
def log_what_is_refused(actions: LogActionRegistry) -> None:
    """Let the history say that a scheduled publication was refused, and why."""

    @actions.register_action("therapies.refuse")
    class Refusal(LogFormatter):
        """Tells the reasons with the entry."""

        label = _("Publication refused")

        def format_message(self, entry: Any) -> str:
            """Return what was refused, and why."""
            return gettext("Publication refused: %(reasons)s") % {"reasons": entry.data.get("reasons", "")}


@hooks.register("register_log_actions")
def log_what_comes_down(actions: LogActionRegistry) -> None:
    """Let the history say that a page came down because a label ended, and which."""

    @actions.register_action(TAKEN_DOWN)
    class TakenDown(LogFormatter):
        """Tells the reasons with the entry."""

        label = _("Taken down without a label")

        def format_message(self, entry: Any) -> str:
            """Return that the page came down, and why."""
            return gettext("Taken down: %(reasons)s") % {"reasons": entry.data.get("reasons", "")}
