"""Visitors find pages by the statements that these have to show, as long as these are in force."""

from collections.abc import Iterable, Iterator

from django.utils.translation import override
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing

from home.finding.sources import SourceText, contact_page
from home.models import RegionHomePage
from region_gate import clock
from therapies.labels.label_source import pages_naming
from therapies.models import Product, Statement, StatementPlace, StatementText


class StatementSource:
    """The words of each published statement of a region, in the language in which its pages show it."""

    name = "statement"

    def texts(self, home: RegionHomePage) -> Iterator[SourceText]:
        """Give a text of each statement, whichever days it is in force on."""
        language = home.locale.language_code
        texts = StatementText.objects.filter(statement__region=home.region_id, statement__live=True)
        with override(language):
            for text in texts.one_for_each(language):
                yield SourceText(text.pk, _words(text))

    def pages_with(self, keys: Iterable[int], home: RegionHomePage, pages: PageQuerySet) -> dict[int, int]:
        """Return the page that each statement in force is found by.

        One in the footer of all pages by the contact page; another by that of its product, or of any.
        """
        in_force = Statement.objects.in_force(clock.today()).filter(region=home.region_id)
        texts = StatementText.objects.filter(pk__in=keys, statement__in=in_force).select_related("statement")
        naming = pages_naming(Product.objects.order_by("pk").values_list("pk", flat=True), pages)
        first = next(iter(naming.values()), None)
        found: dict[int, int | None] = {}
        for text in texts:
            statement = text.statement
            if statement.place == StatementPlace.FOOTER:
                found[text.pk] = contact_page(home, pages)
            else:
                found[text.pk] = naming.get(statement.product_id) if statement.product_id else first
        return {key: page for key, page in found.items() if page is not None}


def _words(text: StatementText) -> str:
    country = text.statement.country
    words = get_text_for_indexing(text.words)
    return f"{country.name}: {words}" if country else words
