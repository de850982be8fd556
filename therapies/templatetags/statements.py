"""What pages show of the statements that their region requires."""

from collections.abc import Callable

from django import template
from django.template.context import Context
from django.utils.translation import get_language
from wagtail.models import Page

from home.models import Region
from region_gate import clock
from region_gate.constancy import asked_once
from therapies.models import Statement, StatementPlace, StatementText

from .labels import products_named_by

register = template.Library()

_shown: Callable[..., list[StatementText]] = asked_once(Statement.objects.shown)


@register.simple_tag(takes_context=True)
def footer_statements(context: Context, region: Region | None) -> list[StatementText]:
    """Return what the footer of every page of `region` has to say, in the active language."""
    return _at(StatementPlace.FOOTER, context, region)


@register.simple_tag(takes_context=True)
def statements_on(context: Context, page: Page | str, region: Region | None) -> list[StatementText]:
    """Return what `page` has to say because of the products that it names, in the active language.

    A draft names what its editor has just written; a live page, what it named when it was published.
    """
    if not isinstance(page, Page):
        return []
    found = _at(StatementPlace.PRODUCT, context, region)
    named = products_named_by(context, page) if found else ()
    return [text for text in found if text.is_for(named)]


def _at(place: StatementPlace, context: Context, region: Region | None) -> list[StatementText]:
    """Return what stands at `place`; looked for once for each request."""
    if region is None:
        return []
    request = context["request"]
    if not hasattr(request, "_statements"):
        request._statements = _shown(region, clock.today(), get_language())
    return [text for text in request._statements if text.statement.place == place]
