"""The next moment at which a date changes what visitors see, without anybody doing anything."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from region_gate import clock
from region_gate.constancy import asked_once
from review.release_models import Release, ReleaseState


def next_moment(now: datetime) -> datetime:
    """Return the first moment after `now` (aware): the site's midnight, or what is scheduled before it.

    Labels, policies and notices begin and end with a day. What is scheduled changes once a job has
    published it, which starts a new edition; by then nothing of before is to be kept anywhere.
    """
    day = clock.day_of(now)
    return min((moment for moment in _scheduled_on(day) if moment > now), default=midnight_after(day))


def midnight_after(day: date) -> datetime:
    """Return the moment at which `day` ends on the site."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())
    return midnight.astimezone(UTC)  # a day may begin at one o'clock


@asked_once
def _scheduled_on(day: date) -> tuple[datetime, ...]:
    """Return the moments of `day` at which something is to go live or to come down."""
    end = midnight_after(day)
    start = midnight_after(day - timedelta(days=1))
    return tuple(sorted(_scheduled_between(start, end)))


def _scheduled_between(start: datetime, end: datetime) -> Iterator[datetime]:
    going_live = Revision.objects.filter(approved_go_live_at__gte=start, approved_go_live_at__lt=end)
    yield from going_live.values_list("approved_go_live_at", flat=True)
    for model in _dated_models():
        ending = Q(live=True, expire_at__gte=start, expire_at__lt=end)
        yield from model._base_manager.filter(ending).values_list("expire_at", flat=True)
    releases = Release.objects.filter(state=ReleaseState.SCHEDULED)
    due = releases.filter(goes_live_at__gte=start, goes_live_at__lt=end)
    yield from (moment for moment in due.values_list("goes_live_at", flat=True) if moment)


def _dated_models() -> list[type[DraftStateMixin]]:
    """Return the models that may be taken down on schedule, each as the table that holds its dates."""
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [model for model in models if not model._meta.parents]
