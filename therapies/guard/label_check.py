"""The publication guard: nothing that names a product goes live where no label for it is in force."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.exceptions import RefusedError
from home.models import Region
from therapies.matching.html_text import APART
from therapies.matching.normalisation import BREAK, SEAM
from therapies.matching.product_names import Names
from therapies.models import Label, Product
from therapies.models.in_force import Force, Status, force_of

from .visible_text import flowing, visible_text_of

SOFT_END = f"{SEAM} \n"  # of a block: its last paragraph's
EDGE = re.compile(f"{BREAK}|{SEAM}")


@dataclass(frozen=True, slots=True)
class Named:
    """A product that is named somewhere: by which name, and where.

    `field` is the place as editors call it; `attribute` the model's field that it is in or comes by.
    """

    product: int
    name: str
    field: str
    attribute: str


@dataclass(frozen=True, slots=True)
class UnlabelledName:
    """A name that may not stand in a region (None: outside all regions), and why."""

    named: Named
    region: Region | None
    why: str
    help: str

    def __str__(self) -> str:
        return _("“%(name)s” in “%(field)s”: %(why)s %(help)s") % {
            "name": self.named.name,
            "field": self.named.field,
            "why": self.why,
            "help": self.help,
        }


class UnlabelledError(RefusedError):
    """A publication that names products without a label in force; `findings` are its reasons."""

    def __init__(self, findings: list[UnlabelledName]) -> None:
        """Keep the `findings`."""
        super().__init__([str(finding) for finding in findings])
        self.findings = findings


def named_in(thing: models.Model, names: Names | None = None) -> list[Named]:
    """Return the products that `thing` names, each name once for every field it stands in."""
    watched = Product.objects.watched().names() if names is None else names
    shown = [*visible_text_of(thing)]
    found = [watched.find(one.words) for one in shown]
    for first, second in pairwise(flowing(thing, shown)):
        split = watched.find(_seam(shown[first].words, shown[second].words))
        found[second] += [one for one in split if one not in found[first]]
    return [
        Named(mention.product, mention.name, one.field, one.attribute)
        for one, mentions in zip(shown, found, strict=True)
        for mention in dict.fromkeys(mentions)
    ]


def _seam(first: str, second: str) -> str:
    """Return the end of a block's words, and the start of the next one's, over which a name may be split."""
    end = first.partition(APART)[0].rstrip(SOFT_END).rpartition(BREAK)[2].rpartition(SEAM)[2]
    start = EDGE.split(second.lstrip(SOFT_END), maxsplit=1)[0]
    return f"{end}{SEAM}{start}"


def find_unlabelled(
    named: Iterable[Named], regions: Iterable[Region | None], on: date
) -> list[UnlabelledName]:
    """Return those of `named` that have no label in force on `on` in one of `regions`."""
    named, regions = [*named], [*regions]
    if not named:
        return []
    labels = _labels_by_place({one.product for one in named}, regions)
    return [
        finding
        for region in regions
        for one in named
        if (finding := _finding(one, region, labels[one.product, region.pk if region else None], on))
    ]


def _labels_by_place(
    products: Iterable[int], regions: Iterable[Region | None]
) -> dict[tuple[int, int | None], list[Label]]:
    found: dict[tuple[int, int | None], list[Label]] = defaultdict(list)
    places = [region for region in regions if region]
    for label in Label.objects.filter(product__in=[*products], region__in=places).order_by():
        found[label.product_id, label.region_id].append(label)
    return found


def _finding(named: Named, region: Region | None, labels: list[Label], on: date) -> UnlabelledName | None:
    if any(label.is_in_force(on) for label in labels):
        return None
    if region is None:
        why = _("this stands outside all regions, so no label allows it.")
        return UnlabelledName(named, None, why, _("Remove the name."))
    return UnlabelledName(named, region, _why(region, labels, on), _help(region, labels))


def _why(region: Region, labels: list[Label], on: date) -> str:
    """Say what the newest label of the region lacks."""
    if not labels:
        return _("%(region)s has no label for it.") % {"region": region}
    label = max(labels, key=lambda label: (label.live, label.effective_from or date.min, label.pk))
    values = {"region": region, "status": label.get_status_display().lower()}
    force = force_of(label, on)
    if force is Force.DRAFT:
        return _("the label of %(region)s for it is a draft.") % values
    if force is Force.NOT_APPROVED:
        return _("the label of %(region)s for it says “%(status)s”.") % values
    if force is Force.BEGINS and label.effective_from:
        values["day"] = date_format(label.effective_from)
        return _("the label of %(region)s for it begins on %(day)s.") % values
    values["day"] = date_format(label.withdrawn_on) if label.withdrawn_on else ""
    return _("the label of %(region)s for it was withdrawn on %(day)s.") % values


def _help(region: Region, labels: Iterable[Label]) -> str:
    if any(label.live and label.status == Status.NOT_APPROVED for label in labels):
        return _("Remove the name: the product is not approved there.")
    advice = _("Remove the name, or ask the legal team of %(region)s for a label in force.")
    return advice % {"region": region}


def refuse_unlabelled(named: Iterable[Named], regions: Iterable[Region | None], on: date) -> None:
    """Raise UnlabelledError where one of `named` has no label in force on `on` in one of `regions`."""
    if findings := find_unlabelled(named, regions, on):
        raise UnlabelledError(findings)
