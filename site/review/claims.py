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

from .release_models import ReleaseItem, base_type_of


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of a passage that names a product."""

    key: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A product that a draft names: where, and under which label; without one, why there is none.

    `places` are those that no line shows, such as the title of a picture; `is_coming` says that the label
    goes live with the page, in one release.
    """

    product: Product
    quotes: tuple[Quote, ...]
    places: tuple[str, ...]
    label: LabelText | None
    missing: UnlabelledName | None
    language: str
    is_coming: bool

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
    language = page.locale.language_code
    labels = label_texts(region, products, on, language)
    coming = {text.product.pk: text for text in _coming(page, region, language)}
    missing = {finding.named.product: finding for finding in find_unlabelled(named, [region], on)}
    (passages,) = passages_of(page)
    quotes = [*_quotes(passages, names)] if named else []
    shown = {**labels, **coming}
    return [
        Claim(
            products[key],
            *_places(products[key], named, quotes),
            shown.get(key),
            missing.get(key),
            language,
            is_coming=key in coming,
        )
        for key in dict.fromkeys(one.product for one in named)
    ]


def label_texts(
    region: Region | None, products: Iterable[int], on: date, language: str
) -> dict[int, LabelText]:
    """Return what pages in `language` show of the labels in force in `region` on `on`, for each product."""
    labels = Label.objects.in_force(on).filter(region=region, product__in=[*products])
    return {text.product.pk: text for text in labels.one_for_each_product(language)}


def _coming(page: Page, region: Region | None, language: str) -> Iterator[LabelText]:
    """Give the texts of the region's labels that go live in the same release as `page`."""
    held = ReleaseItem.objects.holding(page)
    if held is None or region is None:
        return
    on = day_of(held.release.goes_live_at)
    for part in held.release.items.filter(content_type=base_type_of(Label())):
        label = part.revision.as_object() if part.revision else None
        if label is None or label.region_id != region.pk:
            continue
        label.live = True
        first = label.effective_from
        if first and label.is_in_force(max(first, on)) and (text := label.text_in(language)):
            yield text


def _quotes(passages: Iterable[Passage], names: Names) -> Iterator[tuple[int, Quote]]:
    """Give each line that names a product, with the product's key."""
    for passage in passages:
        for line in passage.text.splitlines():
            for product in dict.fromkeys(found.product for found in names.find(line)):
                yield product, Quote(passage.key, passage.name, line)


def _places(
    product: Product, named: Iterable[Named], quotes: Iterable[tuple[int, Quote]]
) -> tuple[tuple[Quote, ...], tuple[str, ...]]:
    """Return the lines that name `product`, and the places that no line shows."""
    own = tuple(quote for key, quote in quotes if key == product.pk)
    quoted = {quote.key.partition(".")[0] for quote in own}
    places = dict.fromkeys(
        one.field for one in named if one.product == product.pk and one.attribute not in quoted
    )
    return own, tuple(places)
