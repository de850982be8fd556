"""How the matrix shows a cell: in words, days and addresses, each computed once for all cells."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TypedDict

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from therapies.formatting import SHORT_DAY, address, language_name, written
from therapies.models import Label

from .label_status import ALLOWING, WORDS, LabelStatus
from .matrix import Cell, NamingCount
from .permissions import Reach

STANDING = '<span class="standing-word">{}</span><span class="matrix-days">{}</span>'
LABELS = '<ul class="matrix-labels">{}</ul>'
LABEL = '<li><a href="{}">{}</a></li>'
OTHER_LABEL = '<li><a href="{}">{}</a> ({})</li>'
LACKING = '<span class="matrix-missing">{} {}</span>'
LINK = '<a class="matrix-line" href="{}">{}</a>'


class ShownCell(TypedDict):
    """A cell as the matrix shows it; `pages` are listed only where few cells stand.

    There are thousands of cells: so this is a dict, because templates look a name up as a key first, and
    holds few pieces, of which those that many cells share are written once.
    """

    standing: str
    how: SafeString  # in words, and the days that matter, on a line each
    labels: SafeString  # with the languages that are missing or behind
    links: SafeString  # to add a label, and to the pages where they are not listed
    page_count: SafeString
    pages: tuple[NamingCount, ...]


class Showing:
    """Shows cells to one person, in the active language."""

    def __init__(self, reach: Reach, with_pages: bool) -> None:
        """Work out what all cells share."""
        self._reach, self._with_pages = reach, with_pages
        self._words = {how: escape(str(word)) for how, word in WORDS.items()}
        self._names = {act: _name(act) for act in ("edit", "inspect")}
        self._says = {how: str(words) for how, words in _day_words().items()}
        self._how, self._lacking = cache(self._written), cache(_lacking)
        self._page_count, self._language = cache(_page_count), cache(lambda code: escape(language_name(code)))
        self._add_link = format_html(LINK, reverse(_name("add")), _("Add a label"))

    def cell(self, cell: Cell) -> ShownCell:
        """Return `cell` as it is shown."""
        is_legal = cell.region.pk in self._reach.legal
        count = self._page_count(len(cell.pages))
        return {
            "standing": cell.standing.value,
            "how": self._how(cell.standing, tuple(_days(cell))),
            "labels": self._labels(cell, self._names["edit" if is_legal else "inspect"]),
            "links": self._links(cell, count, can_add=is_legal and cell.standing == LabelStatus.NONE),
            "page_count": count,
            "pages": cell.pages if self._with_pages else (),
        }

    def _labels(self, cell: Cell, name: str) -> SafeString:
        """Link the labels by their languages; how one stands is said where that is not as the cell does."""
        found: dict[tuple[int, LabelStatus], list[SafeString]] = {}
        for one in cell.spoken:
            if one.label and one.label.is_needed:
                found.setdefault((one.label.pk, one.standing), []).append(self._language(one.language))
        items = (
            (LABEL if how == cell.standing else OTHER_LABEL).format(
                escape(address(name, pk)), ", ".join(languages), self._words[how]
            )
            for (pk, how), languages in found.items()
        )
        labels = LABELS.format("".join(items)) if found else ""
        return SafeString(labels + self._lacking(cell.missing, cell.behind))

    def _links(self, cell: Cell, count: SafeString, *, can_add: bool) -> SafeString:
        links = self._add_link if can_add else SafeString("")
        if not count or self._with_pages:
            return links
        return links + format_html(LINK, f"?product={cell.product.pk}&region={cell.region.pk}", count)

    def _written(self, how: LabelStatus, days: tuple[tuple[str, date], ...]) -> SafeString:
        lines = (self._says[what].format(written(day, SHORT_DAY)) for what, day in days)
        return format_html(STANDING, self._words[how], "\n".join(lines))


def _name(act: str) -> str:
    return str(Label.snippet_viewset.get_url_name(act))


def _lacking(missing: tuple[str, ...], behind: tuple[str, ...]) -> SafeString:
    """Name the languages that are missing, and those that are behind, on a line each."""
    lines = ((_("Missing:"), missing), (_("Behind:"), behind))
    named = ((word, ", ".join(map(language_name, codes))) for word, codes in lines if codes)
    return format_html_join("", LACKING, named)


def _page_count(number: int) -> SafeString:
    words = ngettext("%(number)s page", "%(number)s pages", number) if number else ""
    return escape(words % {"number": number} if number else "")


def _day_words() -> dict[str, str]:
    """Return the words around each kind of day."""
    return {
        "since": _("since {}"),
        "begins": _("begins on {}"),
        "until": _("until {}"),
        "withdrawn": _("withdrawn on {}"),
        "next": _("next label from {}"),
        "review": _("review by {}"),
    }


def _days(cell: Cell) -> Iterator[tuple[str, date]]:
    """Give the days that matter for how the product stands, each by its kind."""
    label, how = cell.label, cell.standing
    if label is None:
        return
    if label.effective_from and how in ALLOWING:
        yield "since", label.effective_from
    if label.effective_from and how == LabelStatus.BEGINS:
        yield "begins", label.effective_from
    if label.withdrawn_on and (how in ALLOWING or how == LabelStatus.BEGINS):
        yield "until", label.withdrawn_on
    if label.withdrawn_on and how == LabelStatus.WITHDRAWN:
        yield "withdrawn", label.withdrawn_on
    if cell.next_from:
        yield "next", cell.next_from
    if label.review_by and how not in (LabelStatus.WITHDRAWN, LabelStatus.NOT_APPROVED):
        yield "review", label.review_by
