"""Template tags for what pages tell search engines and those who share them."""

from typing import Any

from django.template import Library
from django.template.context import Context
from django.utils.safestring import SafeString
from wagtail.models import Page

from home import summaries
from home.navigation import navigation_of
from home.structured_data import as_script, structured_data

register = Library()


@register.filter
def summary_of(page: Page) -> str:
    """Give what `page` is about, in a sentence or two."""
    return summaries.summary_of(page)


@register.simple_tag(takes_context=True, name="structured_data")
def structured_data_of(context: Context, page: Page, **facts: Any) -> SafeString:
    """Give what `page` says of itself, and further `facts`, as a block of data."""
    said = structured_data(context["request"], page, navigation_of(context))
    return as_script({**said, **{name: fact for name, fact in facts.items() if fact}})
