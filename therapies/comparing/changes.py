"""What changed from one version of a page to another, passage by passage."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from region_gate.word_diff import Phrase, differences

from .text_fields import Passage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class What(models.TextChoices):
    """What became of a passage."""

    CHANGED = "changed", _("Changed")
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")
    MOVED = "moved", _("Moved")


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that is not the same in two versions of a page."""

    name: str
    what: What
    old: str
    new: str
    key: str = ""

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Return how its words differ; this is slow, and not needed to count changes."""
        return differences(self.old, self.new)

    @property
    def word(self) -> "StrOrPromise":
        """Return what became of the passage, in a word."""
        return self.what.label


def changes(old: Iterable[Passage], new: Iterable[Passage]) -> list[Change]:
    """Return what leads from the passages `old` to `new`, in the order of `new`, what was removed last."""
    before = {passage.key: passage for passage in old}
    after = {passage.key: passage for passage in new}
    moved = _moved([*before], [*after])
    removed = [Passage(key, gone.name, "") for key, gone in before.items() if key not in after]
    found = (_change(before.get(passage.key), passage, moved) for passage in (*after.values(), *removed))
    return [change for change in found if change]


def _change(old: Passage | None, new: Passage, moved: set[str]) -> Change | None:
    words = old.text if old else ""
    if words == new.text and new.key not in moved:
        return None
    return Change(new.name, _what(words, new.text), words, new.text, new.key)


def _what(old: str, new: str) -> What:
    if old == new:
        return What.MOVED
    if not old:
        return What.ADDED
    return What.CHANGED if new else What.REMOVED


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the keys that stand in another order than before."""
    shared = set(before) & set(after)
    first, then = ([key for key in keys if key in shared] for keys in (before, after))
    matcher = SequenceMatcher(None, first, then, autojunk=False)
    kept = {key for block in matcher.get_matching_blocks() for key in first[block.a : block.a + block.size]}
    return shared - kept
