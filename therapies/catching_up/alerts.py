"""The pages that are behind their source, among what needs attention."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page

from region_gate import clock
from therapies.formatting import language_name, written
from therapies.models import SourceChange
from therapies.reports import conf
from therapies.reports.alerts import ALERTS_HOOK, Alert, Watch
from therapies.reports.alerts import Source as AlertSource

from .families import FamilyMember, members, translations_in
from .standings import SourceStanding, all_behind


def pages_behind() -> Iterator[tuple[SourceStanding, FamilyMember, FamilyMember]]:
    """Give the live pages that are behind: how each stands, itself, its source; safety changes first."""
    found = members(_pages_of_changed_sources())
    known = {one.pk: one for one in found}
    for standing in all_behind(translations_in(found)):
        page, source = known.get(standing.page), known.get(standing.source)
        if page and source and page.live:
            yield standing, page, source


def pages_behind_their_source(watch: Watch) -> Iterator[Alert]:
    """Give the live pages that have not taken over what their source has changed, safety changes first."""
    for standing, page, source in pages_behind():
        yield from _alerts(watch, standing, page, source)


def _pages_of_changed_sources() -> QuerySet[Page]:
    """Return the pages whose source, or they themselves, ever changed: few, or none, of all there are."""
    changed = Page.objects.filter(pk__in=SourceChange.objects.published().values("page"))
    follows = Q(translation_key__in=changed.values("translation_key")) | Q(adaptation__source__in=changed)
    return Page.objects.filter(follows | Q(pk__in=changed))


def _alerts(
    watch: Watch, standing: SourceStanding, page: FamilyMember, source: FamilyMember
) -> Iterator[Alert]:
    home = watch.dataset.home_above(page.path)
    if home is None or standing.since is None:
        return
    why = _("It has not taken over what “{title}” ({language}) changed on {day}.")
    if standing.is_urgent:
        why = _("It has not taken over the safety change of “{title}” ({language}) of {day}.")
    given = {"title": source.title, "language": language_name(source.language)}
    first = clock.day_of(standing.since)
    yield Alert(
        home.slug,
        f"{page.title} ({language_name(page.language)})",
        why.format(day=written(first), **given),
        reverse("therapies_catch_up", args=[page.pk, source.pk]),
        first if standing.is_urgent else first + timedelta(days=conf.catch_up_days()),
        standing.is_urgent,
    )


@hooks.register(ALERTS_HOOK)
def attention_to_pages_behind() -> AlertSource:
    """Add the pages that are behind their source."""
    return AlertSource(
        "translations", gettext_lazy("Pages behind their source"), pages_behind_their_source, 15
    )
