"""What visitors find besides the own words of pages: texts that pages bring along, such as their labels.

Each app names its own. Such a text is indexed once, not with every page that shows it; which page is
found by it, and whether the text is shown at present, is asked when somebody searches.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from django.db.models import Model
from django.utils.translation import override
from wagtail.query import PageQuerySet

from home.models import Region, RegionHomePage, StandardPage
from home.models.pages import CONTACT_SLUG

CONTACT_FIELDS = ("organisation", "postal_address", "telephone", "email")


class SourceText(NamedTuple):
    """A text by the key of the thing that says it."""

    key: int
    text: str


class SearchSource(Protocol):
    """A kind of texts that pages bring along."""

    name: str

    def texts(self, home: RegionHomePage) -> Iterable[SourceText]:
        """Give the texts of the region of `home` in its language."""

    def pages_with(self, keys: Iterable[int], home: RegionHomePage, pages: PageQuerySet) -> Mapping[int, int]:
        """Return the page that is found by each of these texts that visitors are shown today.

        `pages` are those that visitors are shown.
        """


class ContactSource:
    """How to reach a region: what the foot of each page says, found by the contact page or the home page."""

    name = "contact"

    def texts(self, home: RegionHomePage) -> Iterator[SourceText]:
        """Give the region's contact, each part after its name."""
        with override(home.locale.language_code):
            lines = [*_contact(home.region)]
        if lines:
            yield SourceText(home.region_id, "\n".join(lines))

    def pages_with(self, keys: Iterable[int], home: RegionHomePage, pages: PageQuerySet) -> dict[int, int]:
        """Return the region's contact page, else its home page."""
        return dict.fromkeys(keys, contact_page(home, pages))


def contact_page(home: RegionHomePage, pages: PageQuerySet) -> int:
    """Return the key of the page among `pages` that tells how to reach the region, else that of `home`."""
    found = pages.type(StandardPage).filter(slug=CONTACT_SLUG).values_list("pk", flat=True).first()
    return found or home.pk


def _contact(region: Region) -> Iterator[str]:
    for name in CONTACT_FIELDS:
        if value := getattr(region, name):
            yield f"{name_of_field(region, name)}: {' '.join(value.split())}"


def name_of_field(thing: Model, name: str) -> str:
    """Return what people call a field of `thing`, in the active language."""
    return str(getattr(thing._meta.get_field(name), "verbose_name", name))


SOURCES: list[SearchSource] = [ContactSource()]
PAGE = "page"  # the source of what a page says itself


def source_named(name: str) -> SearchSource | None:
    """Return the source with this name."""
    return next((source for source in SOURCES if source.name == name), None)
