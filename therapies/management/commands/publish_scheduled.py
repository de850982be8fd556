"""`manage.py publish_scheduled`: Wagtail's, each thing by itself and only while it is still due."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Page, Revision

from home.exceptions import RefusedError
from home.locking import hold_row
from region_gate.models import Edition


class Command(publish_scheduled.Command):
    """Publishes what is due; what is refused loses its date, stays a draft, and is named.

    Safe to run twice at once, and beside people who decide: what another has published, taken down
    or replaced in the meantime is left as it is.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Take down what has expired, publish what is due, and name what is refused."""
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        for model, number in _all_expired():
            _take_down(model, number)
        if refused := [*self.publish_due()]:
            raise CommandError("\n".join(refused))

    def publish_due(self) -> Iterator[str]:
        """Publish what is due; give the reasons of what is refused."""
        yield from (reason for number in [*_due()] if (reason := _publish(number)))


def _expired(model: Any) -> models.QuerySet[Any]:
    return model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")


def _all_expired() -> Iterator[tuple[Any, Any]]:
    """Give the model and the key of all that has expired; each page as a page."""
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in (Page, *(model for model in drafted if not issubclass(model, Page))):
        yield from ((model, number) for number in [*_expired(model).values_list("pk", flat=True)])


@transaction.atomic
def _take_down(model: Any, number: Any) -> None:
    Edition.lock()
    hold_row(model, number)
    if thing := _expired(model).filter(pk=number).first():
        thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _due() -> models.QuerySet[Revision, int]:
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    return due.values_list("pk", flat=True)


@transaction.atomic
def _publish(number: int) -> str:
    """Publish the revision `number` if it is still due; where that is refused, unschedule it and say why."""
    Edition.lock()
    revision = Revision.objects.filter(pk=number, pk__in=_due()).first()
    if revision is None:
        return ""
    hold_row(revision.base_content_type.model_class(), revision.object_id)
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except RefusedError as refusal:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        reasons = " ".join(refusal.messages)
        log(revision.content_object, "therapies.refuse", revision=revision, data={"reasons": reasons})
        return f"{revision.object_str}: {reasons}"
    return ""
