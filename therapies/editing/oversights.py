"""What an editor has likely overlooked in a page's pictures, headings and explained terms.

Sources: WCAG 2.2, 1.1.1 (F30: a file name is no text alternative) and 2.4.6 (headings describe).
"""

import re
from collections.abc import Iterable, Iterator
from os.path import basename, splitext
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from home.glossary import entries_of, explained_in, key_of
from home.models import RegionHomePage
from therapies.comparing.text_fields import pieces_of
from therapies.content_walk import Leaf, fields_of, leaves_of_block, leaves_of_field

ENDING = r".*\.(avif|bmp|gif|heic|jpe?g|pdf|png|svg|tiff?|webp)"
MACHINES = r"(dscn?|dsc_|img|image|mvimg|photo|pict?|pxl|scan|screen ?shot|untitled)[-_ ]*[\d_.()-]*"
FILE_NAME = re.compile(f"{ENDING}|{MACHINES}", re.IGNORECASE)
GLUED = re.compile(r"\S*[_\d]\S*")  # no word of a language, but perhaps a product's
HEADINGS, HEADING_BLOCK = "h2, h3, h4, h5, h6", "heading"


class Oversight(NamedTuple):
    """Something that was likely overlooked: where, what stands there, and what is wrong with it."""

    place: str
    text: str
    why: str


def oversights_in(page: Page) -> list[Oversight]:
    """Return what was likely overlooked in `page`, pictures first, terms last."""
    leaves = [leaf for field in fields_of(page) for leaf in leaves_of_field(page, field)]
    return [*_pictures(leaves), *_captions(page), *_headings(page.title, leaves), *_terms(page, leaves)]


def is_file_name(text: str, file: str = "") -> bool:
    """Say whether `text` is likely the name of a file, perhaps that of `file`."""
    stem = splitext(basename(file))[0]
    is_that_file = bool(GLUED.fullmatch(text)) and text.casefold() == stem.casefold()
    return is_that_file or bool(FILE_NAME.fullmatch(text.strip()))


def _pictures(leaves: Iterable[Leaf]) -> Iterator[Oversight]:
    for leaf in leaves:
        picture = leaf.value
        if not isinstance(picture, AbstractImage) or getattr(picture, "decorative", False):
            continue
        alt = (getattr(picture, "contextual_alt_text", None) or "").strip()
        if not alt:
            yield Oversight(leaf.name, picture.title, _("It has no alternative text, and is not decorative."))
        elif is_file_name(alt, picture.file.name):
            yield Oversight(
                leaf.name, alt, _("The alternative text is the name of a file: say what it shows.")
            )


def _captions(page: Page) -> Iterator[Oversight]:
    for piece in pieces_of(page):
        value: Any = piece.block.value if piece.block is not None else None
        if not hasattr(value, "get") or "caption" not in value:
            continue
        leaves = leaves_of_block("", piece.block.block, value)
        pictures = [leaf.value for leaf in leaves if isinstance(leaf.value, AbstractImage)]
        is_informing = any(not getattr(picture, "decorative", False) for picture in pictures)
        if is_informing and not str(value["caption"] or "").strip():
            yield Oversight(piece.name, pictures[0].title, _("The picture has no caption."))


def _headings(title: str, leaves: Iterable[Leaf]) -> Iterator[Oversight]:
    seen = {_plain(title)}
    for leaf in leaves:
        for heading in _headings_of(leaf):
            if not (plain := _plain(heading)):
                continue
            if plain in seen:
                yield Oversight(leaf.name, heading, _("Another heading of the page says the same."))
            seen.add(plain)


def _terms(page: Page, leaves: Iterable[Leaf]) -> Iterator[Oversight]:
    """Give the terms that another live page of the region, in the same language, explains otherwise."""
    own = [(leaf.name, term) for leaf in leaves if leaf.html for term in explained_in(leaf.html)]
    home = RegionHomePage.objects.ancestor_of(page, inclusive=True).first() if own and page.path else None
    entries = entries_of(home) if home else {}
    for place, term in own:
        entry = entries.get(key_of(term.words))
        for explanation, pages in entry.explanations.items() if entry else ():
            others = [str(other) for other in pages if other.pk != page.pk]
            if explanation != term.explanation and others:
                why = _("“%(page)s” explains it otherwise: %(explanation)s")
                yield Oversight(place, term.words, why % {"page": others[0], "explanation": explanation})


def _headings_of(leaf: Leaf) -> list[str]:
    if leaf.html is not None:
        return [node.text().strip() for node in LexborHTMLParser(leaf.html).css(HEADINGS)]
    return [str(leaf.value)] if getattr(leaf.holder, "name", "") == HEADING_BLOCK else []


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split()).rstrip(".:!?…")
