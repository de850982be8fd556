"""Visitors find pages by the labels that these show, as long as these are in force."""

from collections.abc import Iterable, Iterator

from django.utils.translation import override
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing

from home.finding.sources import SourceText, name_of_field
from home.models import RegionHomePage
from region_gate import clock
from therapies.models import Label, LabelText, Mention, ProductPage
from therapies.models.label_text import one_for_each

FIELDS = ("indication", "safety_information")


class LabelSource:
    """The words of each published label of a region, in the language in which its pages show it."""

    name = "label"

    def texts(self, home: RegionHomePage) -> Iterator[SourceText]:
        """Give a text of each label, whichever days it is in force on."""
        texts = LabelText.objects.filter(label__region=home.region_id, label__live=True).order_by("locale_id")
        needed = [text for text in texts.select_related("label__product", "locale") if text.is_needed]
        placed = ((text.label_id, text.language, text) for text in needed)
        with override(home.locale.language_code):
            for text in one_for_each(placed, home.locale.language_code):
                yield SourceText(text.pk, _words(text))

    def pages_with(self, keys: Iterable[int], home: RegionHomePage, pages: PageQuerySet) -> dict[int, int]:
        """Return the page that a label in force is found by: its product's own, else the first to name it."""
        in_force = Label.objects.in_force(clock.today()).filter(region=home.region_id)
        texts = LabelText.objects.filter(pk__in=keys, label__in=in_force)
        products = dict(texts.values_list("pk", "label__product"))
        places = pages_naming(products.values(), pages)
        return {key: places[product] for key, product in products.items() if product in places}


def pages_naming(products: Iterable[int], pages: PageQuerySet) -> dict[int, int]:
    """Return by which of `pages` each of `products`, keys, is found: its own, else the first to name it."""
    naming = Mention.objects.filter(product__in=products, page__in=pages.values("pk"))
    by_place = naming.order_by("-page__path").values_list("product", "page")
    own = naming.filter(page__in=ProductPage.objects.values("pk")).values_list("product", "page")
    return dict([*by_place, *own])


def _words(text: LabelText) -> str:
    said = [(field, get_text_for_indexing(getattr(text, field))) for field in FIELDS]
    named = [f"{name_of_field(text, field)}: {words}" for field, words in said if words]
    return "\n".join([str(text.product), *named, text.authority, text.label.registration_number]).strip()
