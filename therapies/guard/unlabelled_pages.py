"""The live pages that name a product without a label in force: what a withdrawal leaves behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import Region, RegionHomePage, RegionSelectorPage
from home.ownership import owner_at
from therapies.models import EndingChoice, Label, Mention, Product


@dataclass(frozen=True)
class Unlabelled:
    """A live page that names `product`, where its region (None: outside all) has no label in force for it.

    `label` is the last that was, None where there was none; `is_kept` says that the region has chosen to
    keep the page up with its safety information.
    """

    page: Page
    product: Product
    region: Region | None
    label: Label | None = None
    is_kept: bool = False

    @property
    def reason(self) -> str:
        """Say why the page may not name the product."""
        values: dict[str, Any] = {"product": self.product, "region": self.region}
        if self.region is None:
            return _("%(product)s is named outside all regions, where no label allows it.") % values
        if self.label and self.label.withdrawn_on:
            values["day"] = date_format(self.label.withdrawn_on)
            return _("The label of %(region)s for %(product)s was withdrawn on %(day)s.") % values
        return _("%(region)s has no label in force for %(product)s.") % values

    @property
    def is_entrance(self) -> bool:
        """Say whether the page is its region's home page, or the selector, below which all others stand."""
        return issubclass(self.page.specific_class, RegionHomePage | RegionSelectorPage)


def pages_without_label(
    on: date,
    *,
    regions: Iterable[Region] | None = None,
    product: Product | None = None,
    page: int | None = None,
) -> list[Unlabelled]:
    """Return the live pages that name a product without a label in force on `on`, in the tree's order.

    Each language's page counts by what it names itself. Only those in `regions`, of `product`, or of
    the page numbered `page`, where these are given. The number of queries is flat.
    """
    found = [*_unlabelled_mentions(on, {"product": product, "page": page})]
    if regions is not None:
        wanted = {region.pk for region in regions}
        found = [(mention, region) for mention, region in found if region and region.pk in wanted]
    last = _last_labels(found, on)
    keeping = EndingChoice.objects.keeping({region for _product, region in last}) if last else set()
    return [
        Unlabelled(
            mention.page,
            mention.product,
            region,
            label := last.get((mention.product_id, region.pk)) if region else None,
            is_kept=label is not None and label.region_id in keeping,
        )
        for mention, region in found
    ]


def _unlabelled_mentions(on: date, wanted: dict[str, Any]) -> Iterator[tuple[Mention, Region | None]]:
    """Give the mentions, with their region, that no label in force on `on` allows."""
    given = {name: value for name, value in wanted.items() if value is not None}
    mentions = Mention.objects.filter(page__live=True, **given).select_related("page", "product")
    homes = RegionHomePage.objects.by_path()
    in_force = {*Label.objects.in_force(on).values_list("product", "region")}
    for mention in mentions.order_by("page__path", "product"):
        home = owner_at(mention.page.path, homes)
        region = home.region if home else None
        if region is None or (mention.product_id, region.pk) not in in_force:
            yield mention, region


def _last_labels(found: list[tuple[Mention, Region | None]], on: date) -> dict[tuple[int, int], Label]:
    """Return the label that ended last by `on`, for each product and region that is found."""
    products = {mention.product_id for mention, _region in found}
    ended = Label.objects.ended(on).filter(product__in=products)
    return {
        (label.product_id, label.region_id): label
        for label in ended.select_related("product", "region").order_by("withdrawn_on", "pk")
    }
