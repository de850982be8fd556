"""What pages show of their region's labels."""

from django import template
from django.template.context import Context
from django.utils.translation import get_language
from wagtail.models import Page

from home.models import Region
from region_gate import clock
from therapies.guard.label_check import named_in
from therapies.models import Label

register = template.Library()


@register.simple_tag(takes_context=True)
def labels_on(context: Context, page: Page | str, region: Region | None) -> list[Label]:
    """Return the label in force in `region` of each product that `page` names.

    Each is in the active language, or in the region's first one where there is none in that. A
    draft names what its editor has just written; a live page, what it named when it was published.
    """
    if region is None or not isinstance(page, Page):
        return []
    labels = Label.objects.in_force(clock.today()).filter(region=region)
    if getattr(context["request"], "is_preview", False):
        labels = labels.filter(product__in={one.product for one in named_in(page)})
    else:
        labels = labels.filter(product__mentions__page=page.pk)
    return labels.one_for_each_product(get_language())
