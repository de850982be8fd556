"""What a change of a product's names will mean: the pages found to name it, and those no more."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from therapies.formatting import written
from therapies.guard.label_check import named_in
from therapies.matching.product_names import Names
from therapies.models import EndingChoice, Label, Mention, Product

from .change import PendingChange
from .groups import ImpactGroup, ImpactRow, Places
from .labels import fate

Found = tuple[Page, str]


def groups(change: PendingChange) -> Iterator[ImpactGroup]:
    """Yield the pages that new names will be found on, with and without a label, and what loses its name."""
    if change.after is None:
        yield ImpactGroup(_("Its names stay watched for good: no page changes."))
        return
    places = Places()
    allowed, refused = _split(change, [*_newly_named(change)], places)
    if not (allowed or refused):
        yield ImpactGroup(_("No further live page names it."))
    if refused:
        heading = _("Live pages that will be found to name it, where no label allows it on %(day)s")
        yield ImpactGroup(heading % {"day": written(change.on)}, refused)
    if allowed:
        yield ImpactGroup(_("Live pages that will be found to name it, and will show its label"), allowed)
    if lost := [*_no_longer_named(change, places)]:
        yield ImpactGroup(_("Live pages that will no longer be found to name it, and lose its label"), lost)


def _names(product: Product | None) -> list[str]:
    """Return the names that the guard looks for, none of a product that was never published."""
    return product.names if product and product.first_published_at else []


def _newly_named(change: PendingChange) -> Iterator[Found]:
    """Yield the live pages that do not name the product yet, each with the new name that stands there."""
    product: Product = change.after
    watched = _names(Product.objects.filter(pk=product.pk).first())
    new = Names((name, product.pk) for name in product.names if name.strip() and name not in watched)
    if all(name in watched for name in product.names):
        return
    others = Page.objects.live().exclude(pk__in=Mention.objects.filter(product=product.pk).values("page"))
    for page in _whole(others):
        if found := named_in(page, new):
            yield page, found[0].name


def _no_longer_named(change: PendingChange, places: Places) -> Iterator[ImpactRow]:
    product: Product = change.after
    names = Names((name, product.pk) for name in product.names if name.strip())
    stored = Product.objects.filter(pk=product.pk).first()
    if all(name in product.names for name in _names(stored)):
        return
    for page in _whole(Page.objects.live().filter(mentions__product=product.pk)):
        if not named_in(page, names):
            yield places.row(page, "")


def _whole(pages: PageQuerySet) -> Iterator[Page]:
    """Yield the pages with all that they show, in the tree's order."""
    return iter(pages.select_related("locale").order_by("path").specific().iterator())


def _split(
    change: PendingChange, found: list[Found], places: Places
) -> tuple[list[ImpactRow], list[ImpactRow]]:
    """Return the rows of those whose region has a label in force, and of those that are left without."""
    in_force = Label.objects.in_force(change.on).filter(product=change.after.pk)
    ended = Label.objects.ended(change.on).filter(product=change.after.pk)
    regions = {*in_force.values_list("region", flat=True)} if change.after.pk else set()
    kept = EndingChoice.objects.keeping(ended.values_list("region", flat=True)) if change.after.pk else set()
    allowed, refused = [], []
    for page, name in found:
        home = places.home_of(page)
        reason = _("It says “%(name)s”.") % {"name": name}
        if home and home.region_id in regions:
            allowed.append(places.row(page, reason))
        else:
            refused.append(fate(page, places, reason, is_kept=bool(home and home.region_id in kept)))
    return allowed, refused
