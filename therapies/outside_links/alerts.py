"""Dead links to other sites, among what needs attention, and beside the editor."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from region_gate import clock
from region_gate.authoring.draft_links import Draft
from region_gate.models import RegisteredLink
from therapies.editing.oversights import Oversight
from therapies.formatting import written
from therapies.models import OutsideLink
from therapies.models.outside_link import OutsideState
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch
from therapies.usage.missing import Missing


def dead_links_outside(draft: Draft) -> Iterator[Missing]:
    """Give the links of `draft` to other sites that answered last that there is nothing."""
    for text, link in _known(draft, OutsideState.DEAD):
        yield Missing(text, link.url, _why(link))


def moved_links_outside(draft: Draft) -> Iterator[Oversight]:
    """Give the links of `draft` to what has moved for good."""
    for text, link in _known(draft, OutsideState.MOVED):
        yield Oversight(text, link.url, _("It has moved: link to %(address)s.") % {"address": link.moved_to})


def _known(draft: Draft, state: OutsideState) -> Iterable[tuple[str, OutsideLink]]:
    texts = {found.destination.url: found.text for found in draft.found}
    return [(texts[link.url], link) for link in OutsideLink.objects.filter(url__in=texts, state=state)]


def _why(link: OutsideLink) -> str:
    day = written(clock.day_of(link.since))
    return _("The other site has had nothing there since %(day)s.") % {"day": day}


def dead_links_of_live_pages_outside(watch: Watch) -> Iterator[Alert]:
    """Give the dead links to other sites on live pages, to the people of their region."""
    dead = OutsideLink.objects.filter(state=OutsideState.DEAD).in_bulk(field_name="url")
    codes = {*watch.regions_by_code} | ({""} if watch.reach.is_whole else set())
    links = RegisteredLink.objects.filter(page__live=True, region__in=codes, url__in=dead)
    for link in links.select_related("page").order_by("pk"):
        region = watch.regions_by_code.get(link.region)
        address = watch.reach.page_address(link.page_id, region.pk if region else None)
        yield Alert(link.region, link.page.title, f"{link.url}: {_why(dead[link.url])}", address)


@hooks.register(ALERTS_HOOK)
def attention_to_dead_links_outside() -> Source:
    """Add the dead links to other sites."""
    title = gettext_lazy("Dead links to other sites")
    return Source("outside-links", title, dead_links_of_live_pages_outside, 66)
