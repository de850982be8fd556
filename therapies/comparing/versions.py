"""What regions say about a topic or of a product, as texts in parts that can be compared."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

from therapies.models import Label, Product, TherapyPage, Topic
from therapies.reports.dataset import Dataset
from therapies.reports.formatting import written
from therapies.reports.label_status import WORDS, Facts, speaking, standing
from therapies.reports.permissions import Reach

from .comparison import ComparedText, Part

HEADING = "heading"
BLOCKS = "p, li, h2, h3, h4, h5, h6, blockquote, br, tr"
PAGE_TEXTS = ("title", "seo_title", "search_description", "intro")
LABEL_TEXTS = (
    "audience",
    "indication",
    "safety_information",
    "registration_number",
    "authority",
    "effective_from",
    "review_by",
    "withdrawn_on",
)


def versions_of_topic(topic: Topic, ground: Dataset) -> list[ComparedText]:
    """Return the live pages about `topic` in the ground's regions, each as a version."""
    pages = TherapyPage.objects.live().filter(topic=topic).select_related("locale").order_by("path")
    names = {region.pk: region.name for region in ground.regions}
    placed = ((page, ground.home_above(page.path)) for page in pages)
    return [
        ComparedText(
            home.region_id,
            names[home.region_id],
            page.locale.language_code,
            tuple(_page_parts(page)),
            _published(page),
            ground.address_of(page.path, page.url_path),
        )
        for page, home in placed
        if home and home.region_id in names
    ]


def versions_of_product(product: Product, ground: Dataset, reach: Reach, notice: Any) -> list[ComparedText]:
    """Return the published labels of `product` in the ground's regions, one for each language.

    Of several it is the one that says how the product stands there.
    """
    found = Label.objects.filter(product=product, region__in=ground.regions, live=True)
    labels = {label.pk: label for label in found.select_related("region", "locale", "instructions_document")}
    by_place: dict[tuple[int, str], list[Facts]] = {}
    for label in labels.values():
        facts = _facts(label)
        by_place.setdefault((facts.region, facts.language), []).append(facts)
    chosen = (speaking(facts, ground.on) for facts in by_place.values())
    return [
        _label_version(labels[facts.pk], str(WORDS[standing(facts, ground.on, notice)]), reach)
        for facts in chosen
        if facts
    ]


def text_of(html: str) -> str:
    """Return the words of rich text, each paragraph and item of a list on a line of its own."""
    tree = LexborHTMLParser(html)
    for node in tree.css(BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    lines = (" ".join(line.split()) for line in tree.text().splitlines())
    return "\n".join(line for line in lines if line)


def _published(page: Page) -> str:
    if page.last_published_at is None:
        return ""
    return _("published on {day}").format(day=written(page.last_published_at))


def _page_parts(page: TherapyPage) -> Iterator[Part]:
    yield from _field_parts(page, PAGE_TEXTS)
    seen: dict[str, int] = {}
    for block in page.body:
        heading, texts = _headed(block.value)
        title = heading or str(block.block.label)
        key = f"{block.block_type} {title.casefold()}"
        seen[key] = number = seen.get(key, 0) + 1
        yield Part(f"{key} {number}", title, "\n".join(filter(None, texts)), block.block_type)


def _headed(value: Any) -> tuple[str, list[str]]:
    """Return the heading of a block's value, blank where it has none, and its other texts."""
    if not isinstance(value, StructValue):
        return "", [*_texts(value)]
    others = (inner for name, inner in value.items() if name != HEADING)
    return value.get(HEADING) or "", [text for inner in others for text in _texts(inner)]


def _texts(value: Any) -> Iterator[str]:
    """Give the texts within a block's value, one after the other."""
    if isinstance(value, RichText):
        yield text_of(value.source)
    elif isinstance(value, AbstractImage):
        yield getattr(value, "contextual_alt_text", None) or ""
    elif isinstance(value, str):
        yield value
    else:
        for inner in _within(value):
            yield from _texts(inner)


def _within(value: Any) -> Iterable[Any]:
    """Give what a block's value is made of."""
    if isinstance(value, StructValue):
        return value.values()
    if isinstance(value, StreamValue):
        return (child.value for child in value)
    return value if isinstance(value, ListValue) else ()


def _field_parts(thing: Any, names: Iterable[str]) -> Iterator[Part]:
    for name in names:
        title = capfirst(str(thing._meta.get_field(name).verbose_name))
        yield Part(name, title, _words(thing, name), name)


def _words(thing: Any, name: str) -> str:
    field, value = thing._meta.get_field(name), getattr(thing, name)
    if field.choices:
        return str(getattr(thing, f"get_{name}_display")())
    if isinstance(value, date):
        return written(value)
    return text_of(value) if isinstance(field, RichTextField) else str(value or "")


def _facts(label: Label) -> Facts:
    return Facts(
        label.pk,
        label.product_id,
        label.region_id,
        label.locale.language_code,
        label.status,
        label.live,
        label.effective_from,
        label.review_by,
        label.withdrawn_on,
    )


def _label_version(label: Label, word: str, reach: Reach) -> ComparedText:
    instructions = Part("instructions", _("Instructions for use"), label.instructions)
    parts = (Part("standing", _("Status"), word), *_field_parts(label, LABEL_TEXTS), instructions)
    address = reach.label_address(label.pk, label.region_id)
    return ComparedText(label.region_id, label.region.name, label.locale.language_code, parts, word, address)
