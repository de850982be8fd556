"""What a change of a policy will mean: the registered links that will mean something else."""

from collections.abc import Iterator
from datetime import date, timedelta

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

PLACE = ("host", "subdomains", "path", "source")


def groups(change: PendingChange) -> Iterator[ImpactGroup]:
    """Yield the links whose meaning changes when the policy begins, and those when it ends."""
    policy = change.after
    begins = max(change.on, policy.starts) if policy else change.on
    found = [_changed(change, begins, change.before, policy)]
    if policy and policy.ends and policy.ends >= begins:
        found.append(_changed(change, policy.ends + timedelta(days=1), policy, None))
    told = [group for group in found if group.rows]
    yield from told or [ImpactGroup(_("No link on a live page will mean anything else."))]


def _changed(change: PendingChange, day: date, before: Policy | None, after: Policy | None) -> ImpactGroup:
    """Return the links that mean something else from `day` on, when `after` is in force for `before`."""
    now, then = _snapshot(change, before), _snapshot(change, after)
    places, kinds, rows = Places(), dict(KINDS), []
    for link in _links(*filter(None, (before, after))):
        old, new = _meaning(now, link), _meaning(then, link)
        if old != new:
            values = {"link": link.text or link.url, "before": kinds[old.value], "after": kinds[new.value]}
            reason = _("“%(link)s”: %(before)s → %(after)s") % values
            rows.append(places.row(link.page, reason, is_ended=after is None))
    heading = _("Links on live pages that will mean something else from %(day)s on")
    return ImpactGroup(heading % {"day": written(day)}, rows)


def _snapshot(change: PendingChange, policy: Policy | None) -> Snapshot:
    """Return what decides where links lead with `policy` in force beside those for other places."""
    others = Policy.objects.in_force(change.on).exclude(pk=change.thing.pk)
    rules = [one.value for one in others if policy is None or not _is_in_its_place(one, policy)]
    rules += [policy.value] if policy else []
    return snapshot.current()._replace(policies=Policies(rules))


def _is_in_its_place(one: Policy, policy: Policy) -> bool:
    """Say whether both decide the same; there is one of them at a time."""
    return all(getattr(one, name) == getattr(policy, name) for name in PLACE)


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
