"""The site's jobs: what time brings, at which moments, and when somebody should be told that it is late."""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from enquiries import purging as enquiries
from jobs.commands import command
from jobs.moments import Daily, Every
from jobs.overdue import overdue
from jobs.purging import purge
from jobs.registry import SLOW, ScheduledJob, register
from jobs.retries import USUAL_PAUSES, minutes
from monitoring import readiness
from reminders import digests, escalation, review_by

SOON, HOURS = timedelta(minutes=15), timedelta(hours=6)
SELDOM = minutes(30, 120)

JOBS = (
    ScheduledJob(
        "publish_scheduled",
        _("Publish and take down what is scheduled"),
        command("publish_scheduled"),
        Every(1),
        SOON,
        USUAL_PAUSES,
    ),
    # Every midnight is among these moments, whatever the zone.
    ScheduledJob(
        "enforce_labels",
        _("Take down pages whose labels have ended"),
        command("enforce_labels"),
        Every(5),
        SOON,
        USUAL_PAUSES,
    ),
    ScheduledJob(
        "keep_record",
        _("Put on record what is not"),
        command("keep_record"),
        Daily(time(0, 30)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob(
        "fill_action_log",
        _("Keep who did what"),
        command("fill_action_log"),
        Daily(time(0, 45)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob(
        "anchor_record",
        _("Anchor the record"),
        command("anchor_record"),
        Daily(time(1)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob(
        "check_record",
        _("Check the record"),
        command("check_record"),
        Daily(time(1, 30)),
        HOURS,
        SELDOM,
        SLOW,
    ),
    ScheduledJob(
        "audit_gate",
        _("Check every way out of the site"),
        command("audit_gate", "--verbosity=0"),
        Daily(time(2, 30)),
        2 * HOURS,
        SELDOM,
        SLOW,
    ),
    ScheduledJob(
        "outside_links",
        _("Check links to other sites"),
        command("check_outside_links"),
        Daily(time(3, 30)),
        2 * HOURS,
        SELDOM,
        SLOW,
    ),
    ScheduledJob(
        "search_index",
        _("Build the search index anew"),
        command("wagtail_update_index", "--verbosity=0"),
        Daily(time(4)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob(
        "sessions",
        _("Delete sessions that have ended"),
        command("clearsessions"),
        Daily(time(4, 45)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    # Every midnight is among these moments, too.
    ScheduledJob(
        "review_by",
        _("Take down pages whose review is overdue"),
        review_by.take_down_past,
        Every(5),
        SOON,
        USUAL_PAUSES,
    ),
    ScheduledJob(
        "announcements",
        _("Tell of reviews that are due"),
        review_by.announce,
        Daily(time(6)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob(
        "escalation",
        _("Escalate what is overdue"),
        escalation.escalate,
        Daily(time(6, 10)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob(
        "digests",
        _("Send the digests"),
        digests.send_digests,
        Daily(time(6, 20)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob(
        "enquiries",
        _("Delete enquiries whose time is over"),
        enquiries.purge,
        Daily(time(4, 50)),
        HOURS,
        USUAL_PAUSES,
        SLOW,
    ),
    ScheduledJob("purge", _("Delete old runs and e-mails"), purge, Daily(time(5)), HOURS, USUAL_PAUSES, SLOW),
)


def worker_state() -> str:
    """Return that no job is overdue, or which are, for the watch."""
    late = [job.name for job in overdue()]
    return f"overdue: {', '.join(late)}" if late else readiness.WELL


for job in JOBS:
    register(job)
readiness.register("worker", worker_state)
