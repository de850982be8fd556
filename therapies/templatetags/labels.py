"""What pages show of their region's labels."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.template.context import Context
from django.utils.translation import get_language
from wagtail.models import Page

from home.models import Region
from region_gate import clock
from region_gate.constancy import asked_once
from therapies.guard.label_check import named_in
from therapies.models import EndingChoice, Label, LabelText

register = template.Library()


@register.simple_tag(takes_context=True)
def labels_on(context: Context, page: Page | str, region: Region | None) -> list[LabelText]:
    """Return the text of the label in force in `region` of each product that `page` names.

    Each is in the active language, or in the region's first one where there is none in that. A
    draft names what its editor has just written; a live page, what it named when it was published.
    """
    if region is None or not isinstance(page, Page):
        return []
    return _labels_of(products_named_by(context, page), region, clock.today(), get_language())


def products_named_by(context: Context, page: Page) -> frozenset[int]:
    """Return the keys of the products that `page`, which is being shown, names; found once for each request.

    A draft names what its editor has just written; a live page, what it named when it was published.
    """
    request = context["request"]
    if not hasattr(request, "_named_products"):
        is_draft = getattr(request, "is_preview", False)
        named = (one.product for one in named_in(page)) if is_draft else _mentioned(page)
        request._named_products = frozenset(named)
    return request._named_products


def _mentioned(page: Page) -> Iterable[int]:
    """Return the products that `page` is known to name, by what it was served with where it was."""
    if hasattr(page, "named_products"):
        return map(int, filter(None, (page.named_products or "").split(",")))
    return page.mentions.values_list("product", flat=True)


@asked_once
def _labels_of(products: frozenset[int], region: Region, on: date, language: str | None) -> list[LabelText]:
    labels = Label.objects.in_force(on).filter(region=region, product__in=products)
    return labels.one_for_each_product(language)


@register.simple_tag(takes_context=True)
def withdrawn_labels_on(context: Context, page: Page | str, region: Region | None) -> list[LabelText]:
    """Return the label that ended last of each product that `page` names without one, where it is kept up.

    In a region that takes its pages down, no page shows one: such a page is withheld.
    """
    if region is None or not isinstance(page, Page) or not getattr(page, "is_unlabelled", True):
        return []
    named = products_named_by(context, page)
    if not named or not EndingChoice.objects.keeping([region.pk]):
        return []
    return Label.objects.filter(region=region, product__in=named).ended_last(clock.today(), get_language())
