"""Where labels meet Wagtail besides their viewset: the way to the next label, and what their history says."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from .succession import ENDED
from .views import ReplaceView

JOINED = "therapies.join_label"  # written by the migration that joined the languages


@hooks.register("register_admin_urls")
def address_of_the_next_label() -> list[URLPattern]:
    """Add the form that replaces a label."""
    return [path("labels/<int:label>/replace/", ReplaceView.as_view(), name="replace_label")]


@hooks.register("register_log_actions")
def log_successions(actions: LogActionRegistry) -> None:
    """Let the history say that a label ends because another one replaces it, or was joined of several."""

    @actions.register_action(ENDED)
    class LabelEnded(LogFormatter):
        """Tells the day and the other label with the entry."""

        label = _("End a label that is replaced")

        def format_message(self, entry: Any) -> str:
            """Return when it ends, by which label."""
            return gettext("Ends on %(day)s, when label %(label)s replaces it") % entry.data

    @actions.register_action(JOINED)
    class LabelJoined(LogFormatter):
        """Tells the languages with the entry."""

        label = _("Join a label’s languages")

        def format_message(self, entry: Any) -> str:
            """Return which languages became one label."""
            languages = ", ".join(entry.data.get("languages", ()))
            return gettext("Its languages became one label: %(languages)s") % {"languages": languages}
