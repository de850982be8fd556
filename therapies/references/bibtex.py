"""References from a BibTeX file: each entry as a row, with the citation as we print it."""

import logging
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from bibtexparser import Library, parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text

from home.spreadsheets import CsvRow, Problem, UnreadableError, check_length
from therapies.models.reference import ReferenceKind

# BibTeX's own types, and those that biblatex adds.
KINDS = {
    "article": ReferenceKind.ARTICLE,
    "book": ReferenceKind.BOOK,
    "booklet": ReferenceKind.BOOK,
    "inbook": ReferenceKind.BOOK,
    "incollection": ReferenceKind.BOOK,
    "conference": ReferenceKind.ABSTRACT,
    "inproceedings": ReferenceKind.ABSTRACT,
    "manual": ReferenceKind.LABELLING,
    "online": ReferenceKind.WEBSITE,
    "electronic": ReferenceKind.WEBSITE,
    "unpublished": ReferenceKind.ON_FILE,
}
# Where a source appeared: the first of these that an entry has.
WITHIN = ("journal", "journaltitle", "booktitle", "publisher", "institution", "organization", "school")
PEOPLE = {"author", "editor"}
# What a citation is made of.
PRINTED = {*WITHIN, "title", "year", "date", "doi", "url", "volume", "pages", "eid"}
BRACE = re.compile(r"[{}]")
BLOCK = re.compile(r"@\w+\s*[{(]")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
ESCAPED = re.compile(r"\\([_%&#~$])")
LATEX = re.compile(r"[\\{}$%&#^_~`']|--")
RANGE = re.compile(r"\A(\d+)\s*[-–—]+\s*(\d+)\Z")

# A file of two thousand entries with a dozen accents in each is within these.
MAX_COMMANDS = 20_000  # of LaTeX in a file
MAX_FIELDS = 100  # of an entry
MAX_PEOPLE = 5000  # of an entry: the longest lists of authors in print
MAX_LENGTH = 5000  # of a field that is printed
MAX_DEPTH = 20  # of braces in each other

# The library also logs what is wrong with a file; that is for whoever sent it, and they are told.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

to_text = LatexNodes2Text()  # slow to make


def is_bibtex(name: str, content: bytes) -> bool:
    """Say whether a file is BibTeX, by its name or its beginning."""
    return PurePath(name).suffix.lower() in {".bib", ".bibtex"} or content.lstrip()[:1] == b"@"


def read_entries(content: bytes) -> list[CsvRow | Problem]:
    """Return the entries of a BibTeX file, each or what is wrong with it, in the file's order.

    Raises UnreadableError where there are none.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(_("The file is not in UTF-8.")) from None
    check_length(len(BLOCK.findall(text)))
    _check_latex(text)
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    found = sorted(_found(library), key=lambda row: row.line)
    if not found:
        raise UnreadableError(_("The file has no BibTeX entries."))
    return found


def _check_latex(text: str) -> None:
    if text.count("\\") > MAX_COMMANDS:
        message = _("The file has more than %(most)s LaTeX commands. Split it.")
        raise UnreadableError(message % {"most": MAX_COMMANDS})


def _excess(entry: Entry) -> str:
    """Return what there is too much of in `entry`, in words; blank if there is not."""
    if len(entry.fields) > MAX_FIELDS:
        return _("It has more than %(most)s fields.") % {"most": MAX_FIELDS}
    for field in entry.fields:
        if _depth(field.value) > MAX_DEPTH:
            return _("Its braces are nested too deeply.")
        if isinstance(field.value, str) and field.key.lower() in PRINTED and len(field.value) > MAX_LENGTH:
            reason = _("The field “%(name)s” is longer than %(most)s characters.")
            return reason % {"name": field.key, "most": MAX_LENGTH}
        if isinstance(field.value, list) and len(field.value) > MAX_PEOPLE:
            reason = _("The field “%(name)s” has more than %(most)s people.")
            return reason % {"name": field.key, "most": MAX_PEOPLE}
    return ""


def _depth(value: Any) -> int:
    """Return how deep braces are nested in the text of a field, or in the names in it."""
    deepest = depth = 0
    for sign in BRACE.findall(value if isinstance(value, str) else str(value)):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    return deepest


def _found(library: Library) -> Iterator[CsvRow | Problem]:
    for entry in library.entries:
        excess = _excess(entry)
        yield Problem(_line(entry), excess) if excess else _row(entry)
    for block in library.failed_blocks:
        yield Problem(_line(block), _reason(block))


def _line(block: Entry | ParsingFailedBlock) -> int:
    return (block.start_line or 0) + 1


def _reason(block: ParsingFailedBlock) -> str:
    if isinstance(block, DuplicateBlockKeyBlock):
        return _("The key “%(key)s” is that of an earlier entry.") % {"key": block.key}
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        return _("It has this field more than once: %(names)s.") % {"names": names}
    return _("It cannot be read as BibTeX: look for a brace or comma that is missing.")


def _row(entry: Entry) -> CsvRow | Problem:
    fields = {key: field.value for field in entry.fields if (key := field.key.lower()) in PRINTED | PEOPLE}
    people = [*(fields.pop("author", None) or fields.pop("editor", None) or [])]
    plain = {name: _plain(name, value) for name, value in fields.items() if isinstance(value, str)}
    where = next((plain[name] for name in WITHIN if plain.get(name)), "")
    title = "" if entry.entry_type == "article" else plain.get("title", "")
    if missing := _missing(entry.entry_type, people, title or where, plain):
        return Problem(_line(entry), _("The field “%(name)s” is missing.") % {"name": missing})
    source = " ".join(part for part in (f"{title}." if title and where else title, where) if part)
    text = f"{_authors(people)} {source} {_year(plain)}{_place(plain)}.".strip()
    return CsvRow(_line(entry), {"text": text, **_values(entry.entry_type, plain)})


def _plain(name: str, value: str) -> str:
    """Return a field's value as it is read, without LaTeX; in an address, % and ~ mean themselves."""
    if name in ("doi", "url"):
        return ESCAPED.sub(r"\1", value).strip(" {}")
    return " ".join((to_text.latex_to_text(value) if LATEX.search(value) else value).split())


def _missing(kind: str, people: list[NameParts], source: str, plain: dict[str, str]) -> str:
    """Return the name of a field that a citation cannot do without, if it is missing."""
    if not people and kind in ("article", "inproceedings", "conference"):
        return "author"
    if not source:
        return "journal" if kind == "article" else "title"
    return "" if _year(plain) else "year"


def _values(kind: str, plain: dict[str, str]) -> dict[str, str]:
    """Return the form's values besides the text, blank ones left out."""
    values = {
        "kind": KINDS.get(
            kind, ReferenceKind.WEBSITE if plain.get("url") and kind == "misc" else ReferenceKind.OTHER
        ).value,
        "year": _year(plain),
        "doi": plain.get("doi", ""),
        "url": "" if plain.get("doi") else plain.get("url", ""),
    }
    return {name: value for name, value in values.items() if value}


def _year(plain: dict[str, str]) -> str:
    found = YEAR.search(plain.get("year") or plain.get("date", ""))
    return found[0] if found else ""


def _authors(people: list[NameParts]) -> str:
    """Return "van Hazel GA et al.", or up to two people with a full stop."""
    names = [_name(person) for person in people[:2]]
    if len(people) > 2 or names[-1:] == ["others"]:
        return f"{names[0]} et al."
    return f"{', '.join(names)}." if names else ""


def _name(person: NameParts) -> str:
    """Return surname, then initials without full stops."""
    first, surname, last = (
        _plain("", " ".join(part)) for part in (person.first, [*person.von, *person.last], person.jr)
    )
    parts = first.replace("-", " ").replace(".", " ").split()
    initials = "".join(part[0] for part in parts if part[0].isalpha())
    return " ".join(part for part in (surname, initials, last) if part)


def _place(plain: dict[str, str]) -> str:
    """Return "; 34: 1723–31" as far as it is known."""
    volume, pages = plain.get("volume", ""), plain.get("pages") or plain.get("eid", "")
    return (f"; {volume}" if volume else "") + (f": {_pages(pages)}" if pages else "")


def _pages(text: str) -> str:
    """Return a range of pages without the figures that its end shares with its beginning."""
    if not (span := RANGE.match(text)):
        return re.sub(r"\s*[-–—]+\s*", "–", text)
    first, last = span.groups()
    shared = 0
    while len(first) == len(last) and shared < len(last) - 1 and first[shared] == last[shared]:
        shared += 1
    return f"{first}–{last[shared:]}"
