"""The notices of a moment, as whoever keeps them tells the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.utils.translation import get_language
from wagtail import hooks

from region_gate.constancy import asked_once
from region_gate.models.sealed import ChainedEntry

# Functions of a moment (aware), a region's code and a language, that give the notices shown then.
NOTICES_HOOK = "register_notices_on_record"


@dataclass(frozen=True, slots=True)
class NoticeThen:
    """A notice as it stood at the crossings out of a page: its words, and whose approval they had."""

    kind: str
    heading: str
    paragraphs: tuple[str, ...]
    continue_label: str
    language: str
    since: datetime
    approved_by: str = ""
    number: int = 0
    entry: ChainedEntry | None = None


def notices_then(moment: datetime, region: str, language: str) -> Sequence[NoticeThen]:
    """Return the notices shown at `moment` on pages of `region` in `language`, for the reader to read."""
    return _told(moment, region, language, get_language())


@asked_once
def _told(moment: datetime, region: str, language: str, reader: str | None) -> Sequence[NoticeThen]:
    found = (notices(moment, region, language) for notices in hooks.get_hooks(NOTICES_HOOK))
    return tuple(chain.from_iterable(found))
