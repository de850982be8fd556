"""`manage.py check_record`: check that the record, or a document drawn from it, is as it was made."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import category

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from region_gate import retention
from region_gate.models.sealed import ChainedEntry, EntryFault, SealedQuerySet
from therapies.anchoring import checking as anchoring
from therapies.chains import CHAINS
from therapies.models import Publication, RecordedFile
from therapies.page_record.archiving import file_names
from therapies.page_record.document import check

UNSIGNED_END = (
    "the last from before there was a key, and not signed. Installing signs it once: "
    "else somebody took signatures out."
)
MAX_MEGABYTES = 64  # of a file; a document is as large as the pictures of its page


class Command(BaseCommand):
    """Checks one document, or else the whole record; exit code 1 where something is not as it was made."""

    help = (
        "Check a document of the page record: that it is unaltered, and says what the record says; else name "
        "what it says otherwise. "
        "Without a file, check every entry of the record. Exit code 0: all is as it was made. 1: it is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", nargs="?", type=Path, help="a document as it was saved")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the document or the record; exit with 1 where it is not as it was made."""
        found = self._check_file(options["file"]) if options["file"] else self._check_record()
        for fault in found:
            self.stderr.write(_printable(fault))
        if found:
            sys.exit(1)
        self.stdout.write("All is as it was made.")

    def _check_record(self) -> list[str]:
        if note := anchoring.note():
            self.stdout.write(note)
        for note in (note for told in retention.notes for note in told()):
            self.stdout.write(_printable(note))
        return _faults()

    def _check_file(self, file: Path) -> list[str]:
        try:
            finding = check(_read(file))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        for note in finding.notes:
            self.stdout.write(_printable(note))
        return finding.faults


def _read(file: Path) -> str:
    """Return what `file` says. Raises OSError, or UnicodeDecodeError for what is no UTF-8."""
    with file.open("rb") as opened:
        content = opened.read(MAX_MEGABYTES * 2**20 + 1)
    if len(content) > MAX_MEGABYTES * 2**20:
        raise OSError(f"it is larger than {MAX_MEGABYTES} MB")
    return content.decode()


def _printable(text: str) -> str:
    """Return `text` on one line, without what commands a terminal: a document may hold anything."""
    return "".join("\ufffd" if category(char)[0] == "C" else char for char in " ".join(text.split()))


def _faults() -> list[str]:
    return [
        *(fault for model in CHAINS for fault in _of_chains(model)),
        *anchoring.faults(),
        *_of_files(),
        *(f"Page {page}: live, and not on record as live." for page in sorted(_unrecorded())),
        *(
            f"Page {entry.subject}: live, and what visitors meet is not on record: entry {entry.number} is "
            "blank. Run keep_record, which names the reason."
            for entry in Publication.objects.blank().listed().order_by("subject")
        ),
    ]


def _of_chains(model: type[ChainedEntry]) -> Iterator[str]:
    """Tell what is wrong with the entries of each chain of `model`."""
    entries, name = SealedQuerySet(model), model.CHAIN.capitalize()
    for subject in entries.order_by("subject").values_list("subject", flat=True).distinct():
        for entry, fault in entries.faults(subject):
            yield f"{name} {subject}, entry {entry.number}: {fault}."
    for entry in entries.unsigned_ends():
        yield f"{name} {entry.subject}, entry {entry.number}: {UNSIGNED_END}"
    for late in entries.forged_late():
        yield f"{name} {late.subject}, entry {late.number}: {EntryFault.FORGED}."


def _of_files() -> Iterator[str]:
    """Tell which files that pages showed are gone, and which are not as they were."""
    kept: set[str] = set()
    for file in RecordedFile.objects.iterator(chunk_size=20):
        kept.add(file.sha256)
        if not file.is_intact:
            yield f"File {file.sha256}: altered."
    told: set[str] = set()
    pages = Publication.objects.order_by("pk").values_list("subject", "number", "html")
    for subject, number, html in pages.iterator(chunk_size=50):
        for name in sorted(file_names(html) - kept - told):
            told.add(name)
            yield f"File {name}: missing. Page {subject}, entry {number}, shows it."


def _unrecorded() -> set[int]:
    """Return the pages that are live and not so by the record: such as one whose last entry was taken out."""
    live = {*Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True)}
    return live - {*Publication.objects.open().values_list("subject", flat=True)}
