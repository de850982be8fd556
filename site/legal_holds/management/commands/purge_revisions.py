"""`manage.py purge_revisions`: as Wagtail's, but that what is under a legal hold stays."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from region_gate.retention import purgeable

UNDECIDED = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


class Command(BaseCommand):
    """Deletes drafts that are neither the latest nor under review, scheduled, in use or held."""

    help = (
        "Delete drafts that are not the latest of their page or snippet, not under review, scheduled or "
        "published, and not under a legal hold."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what Wagtail's takes."""
        parser.add_argument("--days", type=int, help="only what is older than so many days")
        parser.add_argument("--pages", action="store_true", help="only drafts of pages")
        parser.add_argument("--non-pages", action="store_true", help="only drafts of anything else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them one by one; say how many."""
        deleted = kept = 0
        for revision in _over(options).iterator():
            if not revision.is_latest_revision():
                is_gone = _purge(revision)
                deleted, kept = deleted + is_gone, kept + (not is_gone)
        self.stdout.write(f"{deleted} drafts deleted, {kept} kept that are held or in use.")


def _over(options: dict[str, Any]) -> QuerySet[Revision]:
    """Return the revisions that `options` asks for and that nobody is at work on."""
    rows = Revision.objects.filter(approved_go_live_at=None)
    if options["pages"] != options["non_pages"]:
        rows = rows.page_revisions() if options["pages"] else rows.not_page_revisions()
    if options["days"]:
        rows = rows.filter(created_at__lt=timezone.now() - timedelta(days=options["days"]))
    return rows.exclude(task_states__workflow_state__status__in=UNDECIDED)


def _purge(revision: Revision) -> bool:
    """Delete `revision` unless it is held or in use; say whether it is gone."""
    try:
        with transaction.atomic():
            return bool(purgeable(Revision.objects.filter(pk=revision.pk)).delete()[0])
    except ProtectedError:
        return False
