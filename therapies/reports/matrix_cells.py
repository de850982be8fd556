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

LABEL = '<li><a href="{}">{}</a></li>'
LACKING = '<span class="matrix-missing">{} {}</span>'
OTHER_LABEL = '<li><a href="{}">{}</a> ({})</li>'


class ShownCell(TypedDict):
    """A cell as the matrix shows it; `days` on a line each, `pages` listed only where few cells stand.

    A dict, because templates look a name up as a key first, and there are thousands of cells; for
    their sake, too, what many cells share is escaped once.
    """

    standing: str
    word: SafeString
    days: SafeString
    labels: SafeString  # items of a list
    lacking: SafeString  # the languages that are missing or behind
    page_count: SafeString
    place: str  # the query that asks for this cell alone
    pages: tuple[NamingCount, ...]
    add_address: str


class Showing:
    """Shows cells to one person, in the active language."""

    def __init__(self, reach: Reach, with_pages: bool) -> None:
        """Work out what all cells share."""
        self._reach, self._with_pages = reach, with_pages
        self._words = {how: escape(str(word)) for how, word in WORDS.items()}
        self._add = reverse(_name("add"))
        self._names = {act: _name(act) for act in ("edit", "inspect")}
        self._says = {how: str(words) for how, words in _day_words().items()}
        self._days, self._lacking = cache(self._written_days), cache(_lacking)
        self._page_count, self._language = cache(_page_count), cache(lambda code: escape(language_name(code)))

    def cell(self, cell: Cell) -> ShownCell:
        """Return `cell` as it is shown."""
        is_legal = cell.region.pk in self._reach.legal
        return {
            "standing": cell.standing.value,
            "word": self._words[cell.standing],
            "days": self._days(tuple(_days(cell))),
            "labels": self._labels(cell, self._names["edit" if is_legal else "inspect"]),
            "lacking": self._lacking(cell.missing, cell.behind),
            "page_count": self._page_count(len(cell.pages)),
            "place": f"?product={cell.product.pk}&region={cell.region.pk}",
            "pages": cell.pages if self._with_pages else (),
            "add_address": self._add if is_legal and cell.standing == LabelStatus.NONE else "",
        }

    def _labels(self, cell: Cell, name: str) -> SafeString:
        """Link the labels by their languages; how one stands is said where that is not as the cell does."""
        found: dict[tuple[int, LabelStatus], list[SafeString]] = {}
        for one in cell.spoken:
            if one.label and one.label.is_needed:
                found.setdefault((one.label.pk, one.standing), []).append(self._language(one.language))
        items = (
            format_html(
                LABEL if how == cell.standing else OTHER_LABEL,
                address(name, pk),
                SafeString(", ".join(languages)),
                self._words[how],
            )
            for (pk, how), languages in found.items()
        )
        return SafeString("".join(items))

    def _written_days(self, days: tuple[tuple[str, date], ...]) -> SafeString:
        return escape("\n".join(self._says[what].format(written(day, SHORT_DAY)) for what, day in days))


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
