"""What could be better in a draft, and keeps nothing from going live."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from home.models import Region
from home.provisioning import languages_of
from therapies.catching_up.families import family_of
from therapies.comparing.text_fields import text_of
from therapies.content_walk import fields_of, leaves_of_field, name_of_field
from therapies.formatting import language_name

from .oversights import Oversight
from .readability import long_sentences, reading_ease

FEW = 5  # long sentences that are named
EASY, HARD, VERY_HARD = 60, 50, 30  # reading ease: from the first on easy, below the others hard
HEADINGS = "h1, h2, h3, h4, h5, h6"


def advice_on(page: Page, html: str) -> Iterator[Oversight]:
    """Give what could be better in `page`, whose content is shown as `html`."""
    yield from _levels(html)
    yield from _description(page)
    yield from _translations(page)
    yield from _reading(page)


def _levels(html: str) -> Iterator[Oversight]:
    """Give the headings that leave out a level, as those do who listen to them (WCAG 2.2, 1.3.1)."""
    before = 0
    for heading in LexborHTMLParser(html).css(HEADINGS):
        level = int((heading.tag or "h1")[1])
        if before and level > before + 1:
            text = " ".join(heading.text().split())
            why = _("It is a sub-heading, and no heading stands above it: begin a section before it.")
            yield Oversight(_("Heading"), text, why)
        before = level


def _description(page: Page) -> Iterator[Oversight]:
    if not page.search_description.strip():
        place = name_of_field(page._meta.get_field("search_description"))
        why = _("Search engines have no description of the page: write one under “Promote”.")
        yield Oversight(place, page.title, why)


def _translations(page: Page) -> Iterator[Oversight]:
    region = Region.objects.owning(page.path)
    if region is None:
        return
    there = {member.language for member in family_of(page)}
    if lacking := [language_name(code) for code in languages_of(region) if code not in there]:
        why = _("There is no translation yet: choose “Translate” among the page’s actions.")
        yield Oversight(_("Languages"), ", ".join(lacking), why)


def _reading(page: Page) -> Iterator[Oversight]:
    """Give the longest sentences, and how hard the whole is to read."""
    paragraphs = _paragraphs(page)
    for sentence in long_sentences(paragraphs)[:FEW]:
        number = len(sentence.split())
        why = _("It has %(number)s words: say it in two sentences or more.") % {"number": number}
        yield Oversight(_("Long sentence"), sentence, why)
    ease = reading_ease(paragraphs, page.locale.language_code)
    if ease is not None and ease < HARD:
        hard = _("Very hard to read") if ease < VERY_HARD else _("Hard to read")
        why = _(
            "Its reading ease is %(ease)s of 100; from %(easy)s on, most adults read it with ease. Shorter"
            " sentences and words help."
        )
        yield Oversight(_("Reading level"), hard, why % {"ease": ease, "easy": EASY})


def _paragraphs(page: Page) -> list[str]:
    """Return the paragraphs and items of the rich texts of `page`."""
    leaves = (leaf for field in fields_of(page) for leaf in leaves_of_field(page, field))
    return [line for leaf in leaves if leaf.html is not None for line in text_of(leaf).splitlines()]
