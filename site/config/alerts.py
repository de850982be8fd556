"""What the gate calls attention to in legal's list: notices that nobody has approved, and blocked links."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from region_gate.html.survey import LinkOutcome
from region_gate.models import Notice, RegisteredLink
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch

from .dead_links import dead_links_of_live_pages


def unapproved_notices(watch: Watch) -> Iterator[Alert]:
    """Give the notices with words that wait for an approval, to those who may change notices."""
    if not watch.user.has_perm("region_gate.change_notice"):
        return
    waiting = Notice.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    for notice in waiting.select_related("locale"):
        why = _("It has words that nobody has approved.") if notice.live else _("Nobody has approved it.")
        address = reverse(Notice.snippet_viewset.get_url_name("edit"), args=[notice.pk])
        yield Alert(notice.region, str(notice), why, address)


def blocked_links(watch: Watch) -> Iterator[Alert]:
    """Give the links of live pages that lead nowhere; those of no region to whom all is open."""
    codes = {*watch.regions_by_code} | ({""} if watch.reach.is_whole else set())
    found = RegisteredLink.objects.filter(
        outcome=LinkOutcome.BLOCKED.value, region__in=codes, page__live=True
    )
    for link in found.select_related("page"):
        region = watch.regions_by_code.get(link.region)
        address = watch.reach.page_address(link.page_id, region.pk if region else None)
        why = _("The link “{text}” to {address} is blocked.")
        where = why.format(text=link.text, address=link.url or link.href)
        yield Alert(link.region, link.page.title, where, address)


@hooks.register(ALERTS_HOOK)
def attention_to_notices() -> Source:
    """Add the notices that nobody has approved."""
    return Source("notices", gettext_lazy("Notices without approval"), unapproved_notices, 50)


@hooks.register(ALERTS_HOOK)
def attention_to_links() -> Source:
    """Add the blocked links."""
    return Source("links", gettext_lazy("Blocked links"), blocked_links, 60)


@hooks.register(ALERTS_HOOK)
def attention_to_dead_addresses() -> Source:
    """Add the links to addresses of ours without a page."""
    return Source("dead", gettext_lazy("Dead links"), dead_links_of_live_pages, 65)
