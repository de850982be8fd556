"""`manage.py publish_scheduled`: Wagtail's, which goes on where the guard refuses a publication."""

from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from home.refusals import RefusedError


class Command(publish_scheduled.Command):
    """Publishes what is due; what is refused loses its date, stays a draft, and is named."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the refused ones out of the schedule, then publish the others."""
        refused = [] if options["dryrun"] else [*filter(None, map(_refusal, _due()))]
        super().handle(*args, **options)
        if refused:
            raise CommandError("\n".join(refused))


def _due() -> list[Revision]:
    return list(
        Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    )


def _refusal(revision: Revision) -> str | None:
    """Publish `revision` for a trial and take that back; where it is refused, unschedule it and say why."""
    try:
        with transaction.atomic():
            revision.publish(log_action=False)
            transaction.set_rollback(True)
    except RefusedError as refusal:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        reasons = " ".join(refusal.messages)
        log(revision.content_object, "therapies.refuse", revision=revision, data={"reasons": reasons})
        return f"{revision.object_str}: {reasons}"
    return None
