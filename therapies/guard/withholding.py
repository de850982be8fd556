"""At each request: which live pages name a product that no label there allows, and are kept from visitors.

Labels end by date, at midnight of the site's zone, and no command runs at that very moment. From then
on nobody is shown such a page, until `enforce_labels` takes it down or a label allows it again.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from wagtail.models import Page

from home.models.region import HOME_DEPTH
from home.ownership import STEP
from region_gate import clock
from region_gate.constancy import asked_once, is_constant
from therapies.models import EndingChoice, Label, Mention
from therapies.models import in_force as rule


def withheld() -> Exists:
    """Return what holds for the pages that are withheld today.

    Each names a product without a label in force in its region, or outside all regions, and its region has
    not chosen to keep such a page up under a label that has ended.
    """
    return _naming_without(clock.today(), or_kept_up=True)


def unlabelled() -> Exists:
    """Return what holds for the pages that name a product without a label in force today."""
    return _naming_without(clock.today(), or_kept_up=False)


def is_withheld(page: Page) -> bool:
    """Say whether the stored `page` is withheld today."""
    return Page.objects.filter(withheld(), pk=page.pk).exists()


def _naming_without(today: date, *, or_kept_up: bool) -> Exists:
    """Return what holds for the pages without a label; while all is constant, they are looked for once."""
    if is_constant():
        found = _pages_naming_without(today, or_kept_up=or_kept_up)
        return Exists(Mention.objects.filter(page=OuterRef("pk"), page__in=found))
    return _names_without(today, or_kept_up=or_kept_up)


@asked_once
def _pages_naming_without(today: date, *, or_kept_up: bool) -> list[int]:
    pages = Page.objects.live().filter(_names_without(today, or_kept_up=or_kept_up))
    return [*pages.values_list("pk", flat=True)]


def _names_without(today: date, *, or_kept_up: bool) -> Exists:
    label_is = rule.in_force(today)
    if or_kept_up:
        label_is |= rule.ended(today) & Q(keeps_up=True)
    home = Substr(OuterRef(OuterRef("path")), 1, HOME_DEPTH * STEP)
    labels = Label.objects.annotate(keeps_up=EndingChoice.objects.for_each("region")).filter(
        label_is, product=OuterRef("product"), region__home_pages__path=home
    )
    return Exists(Mention.objects.filter(~Exists(labels), page=OuterRef("pk")))
