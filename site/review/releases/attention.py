"""Releases in legal's list of what needs attention: what failed, is overdue, or would fail."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from region_gate import clock
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch

from ..release_models import Release, ReleaseState
from .checking import faults_of
from .permissions import visible

WATCHED = (ReleaseState.FAILED, ReleaseState.SCHEDULED)


def releases_in_trouble(watch: Watch) -> Iterator[Alert]:
    """Give the releases of the person's regions that did not go live, or would not as they stand."""
    for release in visible(watch.user).filter(state__in=WATCHED).prefetch_related("regions"):
        if why := _trouble(release):
            yield _alert(release, why)


def _trouble(release: Release) -> str:
    if release.state == ReleaseState.FAILED:
        return _("It did not go live: %(faults)s") % {"faults": " ".join(release.faults)}
    if release.is_overdue(timezone.now()):
        return _("Its moment has passed, and the schedule has not run since.")
    if faults := faults_of(release):
        return _("As it stands, it will not go live: %(faults)s") % {"faults": " ".join(faults)}
    return ""


def _alert(release: Release, why: str) -> Alert:
    codes = [region.code for region in release.regions.all()]
    due = clock.day_of(release.goes_live_at) if release.goes_live_at else None
    return Alert(codes[0] if len(codes) == 1 else "", release.name, why, release.get_absolute_url(), due)


@hooks.register(ALERTS_HOOK)
def attention_to_releases() -> Source:
    """Add the releases in trouble."""
    return Source("releases", gettext_lazy("Releases"), releases_in_trouble, 5)
