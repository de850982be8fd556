"""What a change of a policy will mean: the registered links that will mean something else."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from region_gate import snapshot
from region_gate.links.destinations import DestinationKind, Viewpoint
from region_gate.links.policies import Policies
from region_gate.models import Policy, RegisteredLink
from region_gate.models.register import KINDS
from region_gate.snapshot import Snapshot
from therapies.formatting import written

from .change import PendingChange
from .groups import ImpactGroup, Places


def groups(change: PendingChange) -> Iterator[ImpactGroup]:
    """Yield the links whose meaning changes when the policy begins, and those when it ends."""
    policy = change.thing
    begins = max(change.on, policy.starts)
    before = [change.before] if change.before else []
    yield from _changed(change, begins, before, [change.after] if change.after else [])
    if change.after and policy.ends and policy.ends >= begins:
        heading = _("Its last day is %(day)s: from then on the links below mean what they mean without it.")
        yield ImpactGroup(heading % {"day": written(policy.ends)})


def _changed(
    change: PendingChange, day: date, before: list[Policy], after: list[Policy]
) -> Iterator[ImpactGroup]:
    now, then = _snapshot(change, before), _snapshot(change, after)
    places, kinds = Places(), dict(KINDS)
    rows = []
    for link in _links(*before, *after):
        old, new = _meaning(now, link), _meaning(then, link)
        if old != new:
            values = {"link": link.text or link.url, "before": kinds[old.value], "after": kinds[new.value]}
            reason = _("“%(link)s”: %(before)s → %(after)s") % values
            rows.append(places.row(link.page, reason))
    if rows:
        heading = _("Links on live pages that will mean something else from %(day)s on")
        yield ImpactGroup(heading % {"day": written(day)}, rows)
    else:
        yield ImpactGroup(_("No link on a live page will mean anything else."))


def _snapshot(change: PendingChange, policies: list[Policy]) -> Snapshot:
    """Return what decides where links lead with `policies` in force beside all others."""
    others = Policy.objects.in_force(change.on).exclude(pk=change.thing.pk)
    rules = [policy.value for policy in (*others, *policies)]
    return snapshot.current()._replace(policies=Policies(rules))


def _meaning(seen: Snapshot, link: RegisteredLink) -> DestinationKind:
    """Return what `link` means to its visitors, wherever in the region its page stands."""
    here = f"https://{seen.regions.default_host or 'host.invalid'}/"
    return Viewpoint.at(here, *seen, region=link.region).classify(link.url).kind


def _links(*policies: Policy) -> QuerySet[RegisteredLink]:
    """Return the links on live pages to a host that one of `policies` is about."""
    there = Q(pk__in=())
    for policy in policies:
        there |= Q(host=policy.host)
        if policy.subdomains:
            there |= Q(host__endswith=f".{policy.host}")
    links = RegisteredLink.objects.filter(there, page__live=True)
    return links.select_related("page__locale").order_by("page__path", "pk")
