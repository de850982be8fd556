"""What was done with a release, by whom and when: kept in Wagtail's log."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from ..release_models import Release

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CREATED = "review.release.create"
CHANGED = "review.release.edit"
PART_ADDED = "review.release.add"
PART_APPROVED = "review.release.approve"
PART_REMOVED = "review.release.remove"
LEFT_OUT = "review.release.leave_out"
PREPARED = "review.release.prepare"
FOUND = "review.release.find"
SCHEDULED = "review.release.schedule"
UNSCHEDULED = "review.release.unschedule"
WENT_LIVE = "review.release.live"
FAILED = "review.release.fail"
CANCELLED = "review.release.cancel"

ACTIONS: "dict[str, StrOrPromise]" = {
    CREATED: _("Created"),
    CHANGED: _("Changed"),
    PART_ADDED: _("Part added"),
    PART_APPROVED: _("Part approved"),
    PART_REMOVED: _("Part removed"),
    LEFT_OUT: _("Page left out"),
    PREPARED: _("Prepared"),
    FOUND: _("Tried, with faults"),
    SCHEDULED: _("Scheduled"),
    UNSCHEDULED: _("Taken off the schedule"),
    WENT_LIVE: _("Went live"),
    FAILED: _("Failed"),
    CANCELLED: _("Cancelled"),
}


def history_of(release: Release) -> QuerySet[ModelLogEntry]:
    """Return what was done with the release, the latest first."""
    entries = ModelLogEntry.objects.for_instance(release).select_related("user")
    return entries.order_by("-timestamp", "-pk")


def scheduler_of(release: Release) -> Any:
    """Return who put the release on the schedule last, None where nobody did."""
    scheduled = history_of(release).filter(action=SCHEDULED).first()
    return scheduled.user if scheduled else None


def register(actions: LogActionRegistry) -> None:
    """Give each action its words."""
    for name, label in ACTIONS.items():
        actions.register_action(name)(type("ReleaseFormatter", (_Formatter,), {"label": label}))


class _Formatter(LogFormatter):
    """Tells what an action was about."""

    def format_message(self, entry: Any) -> str:
        """Return the action's words, with the part or the reasons."""
        said = [gettext(str(self.label))]
        said += [entry.data[name] for name in ("part", "reason") if entry.data.get(name)]
        said += entry.data.get("faults", [])
        return ": ".join([said[0], " ".join(said[1:])]) if said[1:] else said[0]
