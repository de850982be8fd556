"""Template tags for regions."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.template import Library
from django.template.context import Context
from django.utils.translation import get_language, get_language_info
from django_countries.fields import Country
from wagtail.models import Page

from home.collation import sort_key
from home.models import Region, RegionHomePage
from home.navigation import Navigation, navigation_of
from home.navigation import canonical_url as canonical_url_of
from home.navigation import in_active_language as home_in_active_language
from home.written_dates import written

register = Library()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Navigation:
    """Give the navigation of what is being shown: `{% navigation as navigation %}`."""
    return navigation_of(context)


@register.simple_tag(takes_context=True)
def canonical_url(context: Context, page: Page) -> str:
    """Give the address by which search engines are to know what is being shown."""
    return canonical_url_of(context["request"], page)


@register.filter
def written_in(day: date, region: Region | None) -> str:
    """Give `day` as people of `region` write it in the active language."""
    country = next((country.code for country in region.countries), "") if region else ""
    return written(day, get_language() or settings.LANGUAGE_CODE, country)


@register.filter
def language_name(code: str) -> str:
    """Give a language's name for itself, such as “Deutsch” for “de”."""
    return get_language_info(code)["name_local"].capitalize()


@register.filter
def by_name(countries: Iterable[Country]) -> list[Country]:
    """Give countries in the order that dictionaries have their names in."""
    return sorted(countries, key=lambda country: sort_key(str(country.name)))


@register.filter
def in_active_language(homes: list[RegionHomePage]) -> RegionHomePage:
    """Give the one of a region's home pages in the active language, else its first."""
    return home_in_active_language(homes)
