"""At each request: which live pages name a product that no label there allows, and are kept from visitors.

Labels end by date, at midnight of the site's zone, and no command runs at that very moment. From then
on nobody is shown such a page, until `enforce_labels` takes it down or a label allows it again.
"""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from wagtail.models import Page

from home.models.region import HOME_DEPTH
from home.ownership import STEP
from region_gate import clock
from therapies.models import EndingChoice, Label, Mention
from therapies.models import in_force as rule


def withheld() -> Exists:
    """Return what holds for the pages that are withheld today.

    Each names a product without a label in force in its region, or outside all regions, and its region has
    not chosen to keep such a page up under a label that has ended.
    """
    today = clock.today()
    kept = rule.ended(today) & Q(keeps_up=True)
    return _naming_without(rule.in_force(today) | kept)


def unlabelled() -> Exists:
    """Return what holds for the pages that name a product without a label in force today."""
    return _naming_without(rule.in_force(clock.today()))


def is_withheld(page: Page) -> bool:
    """Say whether the stored `page` is withheld today."""
    return Page.objects.filter(withheld(), pk=page.pk).exists()


def _naming_without(label_is: Q) -> Exists:
    home = Substr(OuterRef(OuterRef("path")), 1, HOME_DEPTH * STEP)
    labels = Label.objects.annotate(keeps_up=EndingChoice.objects.for_each("region")).filter(
        label_is, product=OuterRef("product"), region__home_pages__path=home
    )
    return Exists(Mention.objects.filter(~Exists(labels), page=OuterRef("pk")))
