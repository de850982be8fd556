"""What regions say about a topic or of a product, as texts in parts that can be compared."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.models import Page

from therapies.comparing.comparison import ComparedText, Part
from therapies.comparing.text_fields import pieces_of, text_of, words_of_field
from therapies.content_walk import leaves_of_block, name_of_field
from therapies.formatting import written
from therapies.models import LabelText, Product, TherapyPage, Topic
from therapies.models.label_text import LanguageDecision
from therapies.reports.dataset import Dataset
from therapies.reports.label_status import WORDS, Facts, speaking, standing
from therapies.reports.permissions import Reach

HEADING = "heading"
PAGE_TEXTS = ("title", "seo_title", "search_description", "intro")
OF_TEXT = frozenset({"indication", "safety_information", "authority"})
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


def versions_of_topic(topic: Topic, dataset: Dataset) -> list[ComparedText]:
    """Return the live pages about `topic` in the dataset's regions, each as a version."""
    pages = TherapyPage.objects.live().filter(topic=topic).select_related("locale").order_by("path")
    names = {region.pk: region.name for region in dataset.regions}
    placed = ((page, dataset.home_above(page.path)) for page in pages)
    return [
        ComparedText(
            home.region_id,
            names[home.region_id],
            page.locale.language_code,
            tuple(_page_parts(page)),
            _published(page),
            dataset.address_of(page.path, page.url_path),
        )
        for page, home in placed
        if home and home.region_id in names
    ]


def versions_of_product(product: Product, dataset: Dataset, reach: Reach, notice: Any) -> list[ComparedText]:
    """Return the published labels of `product` in the dataset's regions, one for each language.

    Of several it is the one that says how the product stands there.
    """
    found = LabelText.objects.filter(label__product=product, label__region__in=dataset.regions)
    needed = found.filter(label__live=True).exclude(decision=LanguageDecision.NOT_NEEDED)
    related = needed.select_related("label__region", "locale", "instructions_document")
    texts = {(text.label_id, text.language): text for text in related.order_by("label")}
    by_place: dict[tuple[int, str], list[Facts]] = {}
    for text in texts.values():
        by_place.setdefault((text.label.region_id, text.language), []).append(_facts(text))
    chosen = ((language, speaking(facts, dataset.on)) for (_, language), facts in by_place.items())
    return [
        _label_version(texts[facts.pk, language], str(WORDS[standing(facts, dataset.on, notice)]), reach)
        for language, facts in chosen
        if facts
    ]


def _published(page: Page) -> str:
    if page.last_published_at is None:
        return ""
    return _("published on {day}").format(day=written(page.last_published_at))


def _page_parts(page: TherapyPage) -> Iterator[Part]:
    seen: dict[str, int] = {}
    for piece in pieces_of(page):
        if piece.block is not None:
            yield _block_part(piece.block, seen)
        elif piece.field.name in PAGE_TEXTS:
            yield _field_part(page, piece.field)


def _block_part(block: Any, seen: dict[str, int]) -> Part:
    """Return a block of a body as a part, whose key counts those of its heading that were `seen`."""
    heading, text = _headed(block)
    title = heading or str(block.block.label)
    key = f"{block.block_type} {title.casefold()}"
    seen[key] = number = seen.get(key, 0) + 1
    return Part(f"{key} {number}", title, text, block.block_type)


def _headed(block: Any) -> tuple[str, str]:
    """Return the heading of a block of a body, blank where it has none, and its other words."""
    if not isinstance(block.value, StructValue):
        return "", text_of(*leaves_of_block("", block.block, block.value))
    others = {name: child for name, child in block.block.child_blocks.items() if name != HEADING}
    inner = (leaves_of_block("", child, block.value.get(name)) for name, child in others.items())
    return block.value.get(HEADING) or "", text_of(*chain.from_iterable(inner))


def _field_part(thing: Any, field: Any) -> Part:
    return Part(field.name, name_of_field(field), words_of_field(thing, field), field.name)


def _facts(text: LabelText) -> Facts:
    label = text.label
    return Facts(
        label.pk,
        label.product_id,
        label.region_id,
        text.language,
        label.status,
        label.live,
        label.effective_from,
        label.review_by,
        label.withdrawn_on,
    )


def _label_version(text: LabelText, word: str, reach: Reach) -> ComparedText:
    label = text.label
    instructions = Part("instructions", _("Instructions for use"), text.instructions)
    holders = ((text if name in OF_TEXT else label, name) for name in LABEL_TEXTS)
    fields = (_field_part(holder, holder._meta.get_field(name)) for holder, name in holders)
    parts = (Part("standing", _("Status"), word), *fields, instructions)
    address = reach.label_address(label.pk, label.region_id)
    return ComparedText(label.region_id, label.region.name, text.language, parts, word, address)
