"""The gate's words: what a notice says, which one applies, and the approved English that the site brings."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from region_gate import conf
from region_gate.directions import direction_of
from region_gate.links.destinations import DestinationKind

APPROVED_LANGUAGE = "en"
MAX_HEADING_LENGTH = 255
MAX_VERSION_LENGTH = 40
MIN_PARTS = 2  # a heading and a paragraph
SHIPPED = {
    DestinationKind.CROSS_REGION: "cross_region_notice.txt",
    DestinationKind.THIRD_PARTY: "third_party_notice.txt",
}


class NoWordsError(LookupError):
    """There are no approved words for a crossing; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice's words in one language, for one region (its code) or, blank, for every region."""

    kind: DestinationKind
    language: str
    heading: str
    paragraphs: tuple[str, ...]
    continue_label: str = "Continue"
    region: str = ""

    @property
    def text(self) -> str:
        """Return the words whole: heading and paragraphs joined by blank lines, and a final newline."""
        return "\n\n".join((self.heading, *self.paragraphs)) + "\n"

    @property
    def direction(self) -> str:
        """Return the direction of the words' script: `ltr` or `rtl`."""
        return direction_of(self.language)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`, which blank lines separate."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return [part.strip("\n") for part in lines.split("\n\n") if part.strip()]


def choose(candidates: Iterable[NoticeText], region: str, language: str) -> NoticeText | None:
    """Return the notice for `region` and `language`, else for the language, else the approved English."""
    found = {(notice.region, notice.language): notice for notice in candidates}
    wanted = ((region, language), ("", language), ("", APPROVED_LANGUAGE))
    return next((found[key] for key in wanted if key in found), None)


def shipped(kind: DestinationKind) -> NoticeText:
    """Return the approved English notice that the site brings. Raises NoWordsError without one."""
    folder = conf.notices_folder()
    if folder is None:
        raise NoWordsError("REGION_GATE['NOTICES'] names no folder of approved texts")
    return read(folder, kind)


@cache
def read(folder: Path, kind: DestinationKind) -> NoticeText:
    """Return the notice of `kind` that lies in `folder`, named after its version.

    Raises NoWordsError where it is none.
    """
    path = folder / SHIPPED[kind]
    if not 0 < len(folder.name) <= MAX_VERSION_LENGTH:
        raise NoWordsError(
            f"{folder} must be named after the texts' version, in {MAX_VERSION_LENGTH} characters"
        )
    try:
        parts = paragraphs(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoWordsError(f"{path} cannot be read: {error}") from error
    if len(parts) < MIN_PARTS or len(parts[0]) > MAX_HEADING_LENGTH:
        raise NoWordsError(
            f"{path} must hold a heading of at most {MAX_HEADING_LENGTH} characters and, after a blank line,"
            " at least one paragraph"
        )
    return NoticeText(kind, APPROVED_LANGUAGE, parts[0], tuple(parts[1:]))
