"""The gate's words: what a notice says, which one applies, and the approved English as shipped."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from django.utils.translation import get_language_info

from region_gate.links.destinations import DestinationKind

APPROVED_LANGUAGE = "en"
SHIPPED_WITH = "0.1.0"  # the version of the software that brought the approved words below
SHIPPED = {
    DestinationKind.CROSS_REGION: "cross_region_notice.txt",
    DestinationKind.THIRD_PARTY: "third_party_notice.txt",
}


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice's words in one language, for one region (its code) or, blank, for every region."""

    kind: DestinationKind
    language: str
    heading: str
    paragraphs: tuple[str, ...]
    continue_label: str = "Continue"
    region: str = ""

    @classmethod
    def from_text(cls, kind: DestinationKind, language: str, text: str) -> Self:
        """Read a notice whose heading and paragraphs are separated by blank lines."""
        heading, *rest = paragraphs(text)
        return cls(kind, language, heading, tuple(rest))

    @property
    def text(self) -> str:
        """Return the words whole: heading and paragraphs joined by blank lines, and a final newline."""
        return "\n\n".join((self.heading, *self.paragraphs)) + "\n"

    @property
    def direction(self) -> str:
        """Return the direction of the words' script: `ltr` or `rtl`."""
        try:
            return "rtl" if get_language_info(self.language)["bidi"] else "ltr"
        except KeyError:
            return "ltr"


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`, which blank lines separate."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return [part.strip("\n") for part in lines.split("\n\n") if part.strip()]


def choose(candidates: Iterable[NoticeText], region: str, language: str) -> NoticeText | None:
    """Return the notice for `region` and `language`, else for the language, else the approved English."""
    found = {(notice.region, notice.language): notice for notice in candidates}
    wanted = ((region, language), ("", language), ("", APPROVED_LANGUAGE))
    return next((found[key] for key in wanted if key in found), None)


@cache
def shipped(kind: DestinationKind) -> NoticeText:
    """Return the approved English notice that travels with the gate."""
    source = files("region_gate") / "approved" / SHIPPED[kind]
    return NoticeText.from_text(kind, APPROVED_LANGUAGE, source.read_text(encoding="utf-8"))
