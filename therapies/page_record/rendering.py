"""A page as it was met at a moment: what its publication kept, with the labels of that moment in it."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import cached_property
from selectolax.lexbor import LexborHTMLParser

from region_gate import clock
from region_gate.constancy import asked_once
from region_gate.models.sealed import ChainedEntry
from therapies.models import (
    EndingChoice,
    LabelVersion,
    Publication,
    RecordedFile,
    StatementPlace,
    StatementVersion,
)
from therapies.models.publication_record import PublicationQuerySet

from .archiving import FOOTER_STATEMENTS, KEPT, SLOT, STATEMENTS, absolute, file_names
from .labels import shown_on
from .notices import NoticeThen, notices_then
from .signoff import ApprovalFacts
from .soundness import chain_faults
from .statements import stood, versions_at

CONTENT = re.compile(
    r"<main\b[^>]*>"
)  # which begins with the labels that have ended, where a page is kept up
LABEL, STATEMENT = "article.label", "div.statement"
PLACES = {STATEMENTS: StatementPlace.PRODUCT, FOOTER_STATEMENTS: StatementPlace.FOOTER}
# Nothing is asked of anybody and nothing runs, whatever the page held.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)


@dataclass(frozen=True)
class Then:
    """What was met at a page at `moment` (aware), by its last entry until then, as known at `known_at`."""

    entry: Publication
    moment: datetime
    known_at: datetime

    @classmethod
    def at(
        cls, entries: PublicationQuerySet, page: int, moment: datetime, known_at: datetime | None = None
    ) -> "Then | None":
        """Return what was met at the page `page` at `moment`; None before anything is on record."""
        entry = entries.chain(page).by(moment).last()
        return cls(entry, moment, known_at or timezone.now()) if entry else None

    @cached_property
    def until(self) -> Publication | None:
        """Return the entry that ended it, None to the day when this was known."""
        known = Publication.objects.listed().chain(self.entry.subject).by(self.known_at)
        return known.filter(number=self.entry.number + 1).first()

    @cached_property
    def broken(self) -> list[int]:
        """Return the numbers of the page's entries known by then that are not as they were made."""
        known = (
            Publication.objects.chain(self.entry.subject).by(self.known_at).values_list("number", flat=True)
        )
        broken = {number for number, _fault in chain_faults(Publication, self.entry.subject)}
        return sorted(broken.intersection(known))

    @property
    def approval(self) -> ApprovalFacts | None:
        """Return the approval that the publication had."""
        return ApprovalFacts.read(self.entry.approval_facts)

    @property
    def on(self) -> date:
        """Return the day that it was on the site, whose labels begin and end by its own time zone."""
        return clock.day_of(self.moment)

    @cached_property
    def labels(self) -> list[LabelVersion]:
        """Return the labels in force that the page showed."""
        if not self.entry.is_live or self.entry.region_number is None:
            return []
        versions = LabelVersion.objects.in_force_at(
            self.moment, self.on, region=self.entry.region_number, products=self.entry.product_numbers
        )
        return shown_on(versions, self.entry.language)

    @cached_property
    def choice(self) -> EndingChoice | None:
        """Return what was to become of the page without a label; None before that was decided at all."""
        return _choice(self.entry.region_number, self.moment)

    @property
    def choices(self) -> list[EndingChoice]:
        """Return the choice that had the page show labels that had ended; it tells a reason, so else none."""
        return [self.choice] if self.choice and self.withdrawn_labels else []

    @cached_property
    def unlabelled(self) -> set[int]:
        """Return the products that the live page named without a label in force."""
        named = self.entry.product_numbers if self.entry.is_live else set()
        return named - {label.product for label in self.labels}

    @cached_property
    def withdrawn_labels(self) -> list[LabelVersion]:
        """Return the labels that had ended of which the page, kept up, showed the safety information."""
        if not (self.choice and self.choice.keeps_up and self.unlabelled):
            return []
        versions = LabelVersion.objects.ended_last_at(
            self.moment, self.on, region=self.entry.region_number, products=self.unlabelled
        )
        return shown_on(versions, self.entry.language)

    @cached_property
    def statements(self) -> list[StatementVersion]:
        """Return the required statements that the page showed, in their order."""
        if not self.entry.is_live or self.entry.region_number is None:
            return []
        versions = versions_at(self.moment, self.on, self.entry.region_number)
        return stood(versions, self.entry.product_numbers, self.entry.language)

    @property
    def is_withheld(self) -> bool:
        """Say whether visitors were not shown the live page, for it named a product without a label."""
        kept = {label.product for label in self.withdrawn_labels}
        return self.choice is not None and not self.unlabelled <= kept

    @cached_property
    def notices(self) -> list[NoticeThen]:
        """Return the notices that stood at the crossings out of the page."""
        if not self.entry.is_live:
            return []
        return [*notices_then(self.moment, self.entry.region, self.entry.language)]

    @property
    def notice_entries(self) -> list[ChainedEntry]:
        """Return the record's entries of those notices, none where visitors were not shown the page."""
        return [] if self.is_withheld else [notice.entry for notice in self.notices if notice.entry]

    @property
    def entries(self) -> list[ChainedEntry]:
        """Return all entries of the record that say what was met."""
        return [
            self.entry,
            *self.choices,
            *self.labels,
            *self.withdrawn_labels,
            *self.statements,
            *self.notice_entries,
        ]

    @cached_property
    def files(self) -> dict[str, RecordedFile]:
        """Return the files that the page showed and that are as they were, by their hashes."""
        found = RecordedFile.objects.in_bulk(file_names(self.entry.html))
        return {name: file for name, file in found.items() if file.is_intact}

    @property
    def missing_files(self) -> set[str]:
        """Return the hashes of the files that the page showed and that are gone or altered."""
        return file_names(self.entry.html) - self.files.keys()

    @cached_property
    def html(self) -> str:
        """Return the page as one self-contained document, blank where it could not be shown then, either."""
        entry = self.entry
        if not (entry.is_live and entry.html) or self.is_withheld:
            return ""
        labels = _section([label.section(entry.language) for label in self.labels], entry.url)
        html = entry.html.replace(SLOT, labels, 1)
        for slot, place in PLACES.items():
            said = [one.section(entry.language) for one in self.statements if one.place == place]
            html = html.replace(slot, _section(said, entry.url, STATEMENT), 1)
        withdrawn = [label.withdrawn_section(entry.language) for label in self.withdrawn_labels]
        if ended := _section(withdrawn, entry.url):
            html = CONTENT.sub(lambda main: main[0] + ended, html, count=1)
        return _with_files(html, self.files).replace("<head>", f"<head>{POLICY}", 1)


@asked_once
def _choice(region: int | None, moment: datetime) -> EndingChoice | None:
    return EndingChoice.objects.of(region, moment)


def _section(kept: list[str], url: str, part: str = LABEL) -> str:
    """Return the section of a page that shows labels or statements, blank for none.

    Each was `kept` in one of its own, where `part` selects it.
    """
    sections = [LexborHTMLParser(html) for html in kept]
    articles = [article for tree in sections for article in tree.css(part)]
    if not articles:
        return ""
    for link in (link for article in articles for link in article.css("a[href]")):
        link.attrs["href"] = absolute(link.attributes["href"] or "", url)
    first, *others = (article.html or "" for article in articles)
    section = sections[0].body.inner_html if sections[0].body else first
    return (section or first).replace(first, "".join([first, *others]), 1)


def _with_files(html: str, files: dict[str, RecordedFile]) -> str:
    """Return `html` with those of `files` within it that it names by their hashes."""
    tree = LexborHTMLParser(html)
    styles = [(node.html or "", node.attributes["href"] or "") for node in tree.css(f"link[href^='{KEPT}']")]
    pictures = [node.attributes["src"] or "" for node in tree.css(f"img[src^='{KEPT}']")]
    intact = {f"{KEPT}{name}": file for name, file in files.items()}
    for link, address in styles:
        style = f"<style>{intact[address].text}</style>" if address in intact else ""
        html = html.replace(link, style, 1)
    for address in pictures:
        if address in intact:
            html = html.replace(f'"{address}"', f'"{intact[address].data_url}"', 1)
    return html
