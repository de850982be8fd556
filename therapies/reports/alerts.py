"""Alerts: what needs somebody's attention, from every source that has registered.

An app adds a source of its own with `@hooks.register(ALERTS_HOOK)` over a function that returns a
`Source`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wagtail import hooks
from wagtail.models import Locale

from home.models import Region

from . import conf
from .dataset import Dataset
from .matrix import Matrix, matrix
from .permissions import Reach, reach_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ALERTS_HOOK = "register_attention"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that somebody should mend.

    `region` is a region's code, blank where it is not one region's; `address` leads to where it is
    mended; `due` is the day by which it should be, or should have been. What `is_urgent`, a matter of
    safety, comes before all else.
    """

    region: str
    subject: str
    why: str
    address: str
    due: date | None = None
    is_urgent: bool = False


class Watch:
    """What one person is responsible for on a day; the sources look for alerts in it."""

    def __init__(self, user: Any, on: date | None = None) -> None:
        """Look as `user` on the day `on`, or today."""
        self.user = user
        self.reach: Reach = reach_of(user)
        self.dataset = Dataset(self.reach.own, on, is_whole=self.reach.is_whole)
        self.on = self.dataset.on
        self.notice: timedelta = conf.review_notice()

    @cached_property
    def regions(self) -> dict[int, Region]:
        """Return the person's own regions by their keys."""
        return {region.pk: region for region in self.reach.own}

    @cached_property
    def regions_by_code(self) -> dict[str, Region]:
        """Return the person's own regions by their codes."""
        return {region.code: region for region in self.reach.own}

    @cached_property
    def products(self) -> dict[int, str]:
        """Return the names of the products by their keys."""
        return {product.pk: product.name for product in self.dataset.products}

    @cached_property
    def languages(self) -> dict[int, str]:
        """Return the codes of the languages by the keys of their locales."""
        return dict(Locale.objects.values_list("pk", "language_code"))

    @cached_property
    def matrix(self) -> Matrix:
        """Return how all products stand in the person's own regions."""
        dataset = self.dataset
        return matrix(dataset.products, dataset.places, dataset.labels, (), self.on, self.notice)


@dataclass(frozen=True, slots=True)
class Source:
    """A source of alerts of one kind; `kind` is used in addresses, `title` as their heading."""

    kind: str
    title: "StrOrPromise"
    find: Callable[[Watch], Iterable[Alert]]
    order: int = 100


def sources() -> list[Source]:
    """Return the registered sources, in their order."""
    return sorted((found() for found in hooks.get_hooks(ALERTS_HOOK)), key=lambda source: source.order)


def alerts_of(source: Source, watch: Watch) -> list[Alert]:
    """Return the alerts of one kind that are the person's, the most urgent first.

    What belongs to a region is kept from all others, whatever the source says.
    """
    theirs = (one for one in source.find(watch) if not one.region or one.region in watch.regions_by_code)
    return sorted(theirs, key=lambda one: (not one.is_urgent, one.due or date.max, one.region, one.subject))


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """The alerts of one kind: the first of them, and how many there are."""

    source: Source
    alerts: list[Alert]
    number: int

    @property
    def more(self) -> int:
        """Return how many are not among the first."""
        return self.number - len(self.alerts)


def alert_groups(watch: Watch, most: int) -> list[AlertGroup]:
    """Return what needs the person's attention, at most `most` of each kind, what is urgent first."""
    found = ((source, alerts_of(source, watch)) for source in sources())
    told = [AlertGroup(source, alerts[:most], len(alerts)) for source, alerts in found if alerts]
    return sorted(told, key=lambda group: not any(one.is_urgent for one in group.alerts))
