"""Where therapies meets Wagtail."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from home.exceptions import RefusedError
from region_gate.authoring.draft_sections import DRAFT_SECTIONS

from .adapting import hooks as adapting_hooks  # noqa: F401 - registers them
from .catching_up import hooks as catching_up_hooks  # noqa: F401 - registers them
from .editing import hooks as editing_hooks  # noqa: F401 - registers them
from .editing.sections import (
    IncompleteSection,
    OversightsSection,
    ProductsSection,
    ReferencesSection,
    TopicSection,
)
from .guard.unpublishing import ACTION as TAKEN_DOWN
from .labels import hooks as label_hooks  # noqa: F401 - registers them
from .models import Label, Reference, Statement
from .outside_links import alerts as outside_alerts  # noqa: F401 - registers them
from .page_record import hooks as record_hooks  # noqa: F401 - registers them
from .references import rich_text
from .regional_permissions import RegionalPermissionPolicy
from .reports import hooks as report_hooks  # noqa: F401 - registers them
from .statements import alerts as statement_alerts  # noqa: F401 - registers them
from .usage import uses
from .viewsets import TherapiesViewSetGroup

register_permission_policy(Label, RegionalPermissionPolicy(Label))
register_permission_policy(Statement, RegionalPermissionPolicy(Statement))
register_snippet(TherapiesViewSetGroup)
hooks.register(DRAFT_SECTIONS, ProductsSection, order=-1)  # what keeps a draft from going live comes first
hooks.register(DRAFT_SECTIONS, IncompleteSection)
hooks.register(DRAFT_SECTIONS, TopicSection)
hooks.register(DRAFT_SECTIONS, OversightsSection)
hooks.register(DRAFT_SECTIONS, ReferencesSection, order=1)


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


@hooks.register("register_rich_text_features")
def citations_in_rich_text(features: FeatureRegistry) -> None:
    """Let rich text cite references."""
    rich_text.register(features)


@hooks.register("before_delete_snippet")
def say_where_it_is_cited(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Lead whoever would delete a cited reference to where it is used, before asking if they are sure."""
    for reference in instances:
        if isinstance(reference, Reference):
            try:
                uses.check_uncited(reference)
            except RefusedError as refusal:
                messages.error(request, refusal.messages[0])
                return redirect(Reference.snippet_viewset.get_url_name("usage"), reference.pk)
    return None
