"""A night's work: asks other sites about links to them, those first that were never or long ago asked for."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from ada_url import URL
from django.utils import timezone

from region_gate.links.destinations import DestinationKind
from region_gate.models import RegisteredLink
from therapies.models import OutsideLink
from therapies.models.outside_link import OutsideState

from . import conf
from .exceptions import UnansweredError, UnaskableError
from .fetching import LinkAnswer, ask

OUTSIDE = (DestinationKind.THIRD_PARTY, DestinationKind.EXEMPT)
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
MAX_LENGTH = 2000  # characters of an address that is kept
Found = tuple[OutsideState, str, str]


def check(ask: Callable[[str], LinkAnswer] = ask, pause: Callable[[float], Any] = time.sleep) -> int:
    """Ask about as many links as a night may, keep what was said, and return how many were asked about."""
    linked = set(_linked())
    OutsideLink.objects.exclude(url__in=linked).delete()
    ends, asked, before = timezone.now() + timedelta(minutes=conf.MAX_MINUTES), 0, ""
    for url in _chosen(linked, conf.per_night()):
        if timezone.now() >= ends:
            break
        if (host := URL(url).hostname) == before:
            pause(conf.PAUSE)
        _keep(url, _found_out(url, ask))
        asked, before = asked + 1, host
    return asked


def _linked() -> Iterable[str]:
    """Return the addresses of other sites that live pages link."""
    links = RegisteredLink.objects.filter(page__live=True, kind__in=[*map(str, OUTSIDE)])
    urls = links.order_by().values_list("url", flat=True).distinct()
    return (url for url in urls if url.startswith(("http://", "https://")) and len(url) <= MAX_LENGTH)


def _chosen(linked: set[str], most: int) -> Iterator[str]:
    """Give at most `most` addresses, of each host a few."""
    known = [*OutsideLink.objects.order_by("checked_at", "pk").values_list("url", flat=True)]
    hosts: Counter[str] = Counter()
    for url in (*sorted(linked.difference(known)), *known):
        host = URL(url).hostname
        if hosts.total() < most and hosts[host] < conf.MAX_FOR_EACH_HOST:
            hosts[host] += 1
            yield url


def _found_out(url: str, ask: Callable[[str], LinkAnswer]) -> Found:
    """Return how `url` stands, where it has moved, and what was said; only a clear answer is one."""
    try:
        answer = ask(url)
    except UnaskableError as error:
        return OutsideState.UNCLEAR, "", str(error)
    except UnansweredError as error:
        return OutsideState.DEAD if error.is_unknown else OutsideState.UNCLEAR, "", str(error)
    if answer.status in GONE:
        return OutsideState.DEAD, "", str(answer.status)
    if answer.status >= HTTPStatus.BAD_REQUEST:  # some let no program in
        return OutsideState.UNCLEAR, "", str(answer.status)
    return OutsideState.MOVED if answer.moved_to else OutsideState.WORKS, answer.moved_to, str(answer.status)


def _keep(url: str, found: Found) -> None:
    state, moved_to, said = found
    now, before = timezone.now(), OutsideLink.objects.filter(url=url).first()
    since = before.since if before and before.state == state else now
    values = {"state": state, "moved_to": moved_to, "said": said[:200], "checked_at": now, "since": since}
    OutsideLink.objects.update_or_create(url=url, defaults=values)
