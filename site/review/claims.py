"""What a draft claims of our products, beside the label that each claim rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wagtail.models import Page

from home.models import Region
from home.submission import day_of
from therapies.comparing.text_fields import Passage, passages_of
from therapies.guard.label_check import Named, UnlabelledName, find_unlabelled, named_in
from therapies.matching.product_names import Names
from therapies.models import Label, LabelText, Product


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of a passage that names a product."""

    key: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A product that a draft names: where, and under which label’s text; without one, why there is none.

    `places` are those that no line shows, such as the title of a picture.
    """

    product: Product
    quotes: tuple[Quote, ...]
    places: tuple[str, ...]
    label: LabelText | None
    missing: UnlabelledName | None
    language: str

    @property
    def is_foreign(self) -> bool:
        """Say whether the label’s text is in another language than the page."""
        return self.label is not None and self.label.language != self.language


def claims_of(page: Page) -> list[Claim]:
    """Return what `page` claims of each product, in the order in which it names them."""
    names = Product.objects.watched().names()
    named = named_in(page, names)
    region, on = Region.objects.owning(page.path), day_of(page.go_live_at)
    products = Product.objects.in_bulk({one.product for one in named})
    labels = label_texts(region, products, on, page.locale.language_code)
    missing = {finding.named.product: finding for finding in find_unlabelled(named, [region], on)}
    (passages,) = passages_of(page)
    quotes = [*_quotes(passages, names)] if named else []
    return [
        _claim(products[key], named, quotes, labels.get(key), missing.get(key), page.locale.language_code)
        for key in dict.fromkeys(one.product for one in named)
    ]


def label_texts(
    region: Region | None, products: Iterable[int], on: date, language: str
) -> dict[int, LabelText]:
    """Return the text of the label in force in `region` on `on` of each of `products`, as pages show it."""
    labels = Label.objects.in_force(on).filter(region=region, product__in=[*products])
    return {text.product.pk: text for text in labels.one_for_each_product(language)}


def _quotes(passages: Iterable[Passage], names: Names) -> Iterator[tuple[int, Quote]]:
    """Give each line that names a product, with the product's key."""
    for passage in passages:
        for line in passage.text.splitlines():
            for product in dict.fromkeys(found.product for found in names.find(line)):
                yield product, Quote(passage.key, passage.name, line)


def _claim(
    product: Product,
    named: Iterable[Named],
    quotes: Iterable[tuple[int, Quote]],
    label: LabelText | None,
    missing: UnlabelledName | None,
    language: str,
) -> Claim:
    own = tuple(quote for key, quote in quotes if key == product.pk)
    quoted = {quote.key.partition(".")[0] for quote in own}
    places = dict.fromkeys(
        one.field for one in named if one.product == product.pk and one.attribute not in quoted
    )
    return Claim(product, own, tuple(places), label, missing, language)
