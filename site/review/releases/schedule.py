"""What the schedule does with releases that are due: each goes live, or fails and says why."""

import logging
from collections.abc import Iterator

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.exceptions import RefusedError
from region_gate.models import Edition

from ..release_models import Release
from . import lifecycle
from .failure_mail import tell_of_failure

logger = logging.getLogger(__name__)


def make_due_live() -> Iterator[str]:
    """Make each due release live by itself; give the reasons of those that fail.

    Safe to run twice at once: whoever comes second finds nothing due. Where the process is stopped,
    the release is due still.
    """
    for number in [*Release.objects.due(timezone.now()).values_list("pk", flat=True)]:
        try:
            _make_live(number)
        except OperationalError:  # the database was away: at the next run
            raise
        except RefusedError as refusal:
            yield from _fail(number, refusal.messages)
        except Exception as error:
            logger.exception("Release %s failed.", number)
            yield from _fail(number, [_("An error: %(error)s. The site’s log says more.") % {"error": error}])


@transaction.atomic
def _make_live(number: int) -> None:
    if release := _due(number):
        lifecycle.make_live(release)


@transaction.atomic
def _fail(number: int, reasons: list[str]) -> Iterator[str]:
    release = _due(number)
    if release is None:
        return iter(())
    lifecycle.fail(release, reasons)
    tell_of_failure(release)
    return iter([f"{release}: {' '.join(reasons)}"])


def _due(number: int) -> Release | None:
    """Return the release if it is due still, while nobody else decides."""
    Edition.lock()
    return Release.objects.due(timezone.now()).held().filter(pk=number).first()
