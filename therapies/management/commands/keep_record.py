"""`manage.py keep_record`: put on record whatever is live and is not on record as it is."""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandParser
from wagtail.models import Page

from region_gate.auditing import link_index
from region_gate.models.sealed import SealedQuerySet
from therapies.chains import CHAINS
from therapies.models import LabelText, LabelVersion, Publication, StatementText, StatementVersion
from therapies.models.publication_record import Why
from therapies.page_record.capture import NotOnRecordError
from therapies.page_record.labels import settle_text
from therapies.page_record.pages import leave_blank, publish
from therapies.page_record.statements import settle_words
from therapies.page_record.surroundings import regions_with_dated_statements, settle_region

Entry = TypeVar("Entry")
TOLD_AFTER = 100


class Command(BaseCommand):
    """Begins the record on a site that is live already, and closes gaps such as a database restored."""

    help = (
        "Put on record what is live, or came down, and is not on record as it is; follow a blank entry with "
        "a whole one; register the links that a publication left out. Publications are put there by "
        "themselves; run this once when the record begins, then as a safeguard. Safe to run again. "
        "Exit code 0: all that is live is on record. 1: what is named on standard error is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --sign-former."""
        parser.add_argument(
            "--sign-former",
            action="store_true",
            help="only sign the entries from before there was a key, each once; installing does so",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every label and page that is live, or is so by the record; go on where one fails."""
        if options["sign_former"]:
            signed = sum(SealedQuerySet(model).sign_former() for model in CHAINS)
            self.stdout.write(f"{signed} entries from before the key signed.")
            return
        for region in regions_with_dated_statements():
            settle_region(region)
        texts, words, pages = sorted(_texts()), sorted(_words()), sorted(_pages())
        settled = chain(map(settle_text, texts), map(settle_words, words), map(self._keep, pages))
        kept = sum(entry is not None for entry in self._told(settled, len(texts) + len(words) + len(pages)))
        self.stdout.write(f"{kept} put on record.")
        behind = [page for page in _behind() if not link_index.record(page)]
        for page in behind:
            self.stderr.write(f"Page {page.pk} {page.url_path}: its links could not be registered.")
        if behind or Publication.objects.blank().exists():
            sys.exit(1)

    def _told(self, entries: Iterable[Entry], count: int) -> Iterator[Entry]:
        """Give `entries`, of which none is kept in memory, and tell now and then how far they are."""
        for number, entry in enumerate(entries, start=1):
            yield entry
            if number % TOLD_AFTER == 0:
                self.stdout.write(f"{number} of {count} looked at.")

    def _keep(self, page: int) -> Publication | None:
        is_blank = Publication.objects.blank().filter(subject=page).exists()
        try:
            return publish(page, Why.FOUND, thoroughly=is_blank)
        except NotOnRecordError as error:
            self.stderr.write(f"Page {page}: what visitors meet cannot be put on record. {error.reason}")
            return leave_blank(page, Why.FOUND)


def _texts() -> set[int]:
    ended = LabelVersion.objects.newest().filter(is_live=True)
    return {
        *LabelText.objects.filter(label__live=True).values_list("pk", flat=True),
        *ended.values_list("subject", flat=True),
    }


def _words() -> set[int]:
    said = StatementVersion.objects.newest().filter(is_live=True)
    return {
        *StatementText.objects.filter(statement__live=True).values_list("pk", flat=True),
        *said.values_list("subject", flat=True),
    }


def _pages() -> set[int]:
    return {
        *Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True),
        *Publication.objects.open().values_list("subject", flat=True),
    }


def _behind() -> Iterator[Page]:
    """Give the pages whose links are to be registered, of which none is kept in memory."""
    for key in [*link_index.behind().values_list("pk", flat=True)]:
        yield from link_index.behind().filter(pk=key)
