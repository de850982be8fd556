"""The passages of what is reviewed: what became of each, its pictures and documents, its comments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from therapies.comparing.changes import What, changes
from therapies.comparing.files import FilePair, files_of, pairs_of
from therapies.comparing.html_diff import Said, differ, mark
from therapies.comparing.text_fields import Passage, passages_of

from .comment_places import places_of
from .comments import Remark

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class ReviewedPassage:
    """A passage as a reviewer reads it."""

    key: str
    name: str
    what: What | None
    old: str
    new: str
    files: Sequence[FilePair] = ()
    comments: Sequence[Remark] = ()
    places: Sequence[tuple[str, str]] = ()

    @property
    def anchor(self) -> str:
        """Return by what links on the screen find it."""
        return anchor_of(self.key)

    @property
    def word(self) -> "StrOrPromise":
        """Return what became of it, in a word; blank where nothing did."""
        return self.what.label if self.what else ""

    @property
    def text(self) -> SafeString:
        """Return it with its paragraphs and lists, what was added and removed marked in it."""
        # The words are escaped and the elements are ours: see `Passage.html`.
        return mark_safe(mark(self.old, self.new, said()))  # noqa: S308

    @property
    def is_open(self) -> bool:
        """Say whether a comment on it waits to be closed."""
        return any(comment.resolved_at is None for comment in self.comments)

    @property
    def matters(self) -> bool:
        """Say whether it differs, or a comment on it is open."""
        return self.what is not None or self.is_open


def anchor_of(key: str) -> str:
    """Return by what links on the screen find the passage `key`."""
    return f"passage-{key.replace(' ', '-')}"


def said() -> Said:
    """Return what screen readers say around changes."""
    return Said(
        (_("Removed:"), _("End of what was removed.")),
        (_("Added:"), _("End of what was added.")),
    )


def reviewed_passages(before: Any, after: Any, comments: Iterable[Remark] = ()) -> list[ReviewedPassage]:
    """Return the passages of `after`, what was removed last; without a `before` all of it is new.

    Each takes `comments`; what was removed takes none, for no editor shows it any more.
    """
    old, new = passages_of(before, after) if before else ([], *passages_of(after))
    old_files, new_files = files_of(before) if before else {}, files_of(after)
    kinds = {change.key: change.what for change in changes(old, new)}
    known = {passage.key: passage for passage in old}
    remarks, places = [*comments], places_of(after)
    keys = {passage.key for passage in new}
    return [
        _reviewed(
            known.get(passage.key),
            passage,
            kinds.get(passage.key),
            pairs_of(old_files.get(passage.key, ()), new_files.get(passage.key, ())),
            [remark for remark in remarks if is_on(remark, passage.key)],
            places.get(passage.key, ()),
        )
        for passage in (*new, *(_gone(passage) for passage in old if passage.key not in keys))
    ]


def is_on(comment: Remark, key: str) -> bool:
    """Say whether `comment` is on the passage `key`, or a part of it."""
    return f"{comment.contentpath}.".startswith(f"{key}.")


def _gone(passage: Passage) -> Passage:
    return Passage(passage.key, passage.name, "")


def _reviewed(
    old: Passage | None,
    new: Passage,
    what: What | None,
    files: list[FilePair],
    comments: list[Remark],
    places: Sequence[tuple[str, str]],
) -> ReviewedPassage:
    """Return a passage; one that says the same and looks otherwise has changed, too."""
    html = old.html if old else ""
    is_changed = any(pair.differs for pair in files) or (what is None and differ(html, new.html))
    what = what or (What.CHANGED if is_changed else None)
    return ReviewedPassage(new.key, new.name, what, html, new.html, files, comments, places)
