"""Comparing what regions say: their texts part by part, side by side, against one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from region_gate.word_diff import Phrase, differences

ALIKE = 0.4  # of the words of both, so many are shared by versions of one text


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: `key` finds its like in others (a field's name, or a heading), `kind` what it is."""

    key: str
    title: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One region's text in one language; without parts where it has none."""

    region: int
    name: str
    language: str
    parts: tuple[Part, ...] = ()
    note: str = ""
    address: str = ""


class State(StrEnum):
    """How a part compares with the base's."""

    BASE = "base"
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"  # only here: the base has no such part
    MISSING = "missing"  # the base has it, this one does not
    EMPTY = "empty"  # neither has it


@dataclass(frozen=True, slots=True)
class ComparedEntry:
    """A part in one version; `title` where it differs from the line's."""

    state: State
    phrases: tuple[Phrase, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A part across all versions, in their order."""

    title: str
    entries: tuple[ComparedEntry, ...]

    @property
    def differs(self) -> bool:
        """Say whether a version says anything else than the base."""
        return any(entry.state not in {State.BASE, State.SAME, State.EMPTY} for entry in self.entries)


def compare(versions: Sequence[ComparedText], base: int) -> list[Line]:
    """Return the parts of all `versions`, lined up with those of the version at the index `base`.

    A part that the base lacks stands after the part that it follows in its own version; such parts
    with the same heading share one line.
    """
    model = versions[base].parts
    placed = [_placed(model, version.parts) for version in versions]
    lines = []
    for place in _places(model, placed):
        own = model[place[0]] if place[1] == "" else None
        parts = [found.get(place) for found in placed]
        title = own.title if own else next(part.title for part in parts if part)
        entries = (_entry(own, part, title, number == base) for number, part in enumerate(parts))
        lines.append(Line(title, tuple(entries)))
    return [line for line in lines if any(entry.state != State.EMPTY for entry in line.entries)]


# Where a part stands: the index of the base's part that it is like or follows (-1: none), and its
# own key where it is like none.
Place = tuple[int, str]


def _placed(model: Sequence[Part], parts: Iterable[Part]) -> dict[Place, Part]:
    """Return each of `parts` by its place in `model`."""
    found: dict[Place, Part] = {}
    parts, likes = [*parts], _likes(model, [*parts])
    last = -1
    for number, part in enumerate(parts):
        like = likes.get(number)
        last = last if like is None else like
        found[(last, part.key) if like is None else (like, "")] = part
    return found


def _likes(model: Sequence[Part], parts: Sequence[Part]) -> dict[int, int]:
    """Return the index in `model` for each index in `parts`: of the same key, else of a similar text."""
    free = dict(enumerate(model))
    likes: dict[int, int] = {}
    for number, part in enumerate(parts):
        like = next((index for index, own in free.items() if own.key == part.key), None)
        if like is not None:
            likes[number] = like
            del free[like]
    for number, part in enumerate(parts):
        if number in likes:
            continue
        like = next((index for index, own in free.items() if _is_version(own, part)), None)
        if like is not None:
            likes[number] = like
            del free[like]
    return likes


def _is_version(own: Part, part: Part) -> bool:
    return own.kind == part.kind and are_alike(own.text, part.text)


def are_alike(one: str, other: str) -> bool:
    """Say whether two texts are likely versions of one."""
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _places(model: Sequence[Part], placed: Iterable[dict[Place, Part]]) -> list[Place]:
    found = dict.fromkeys((index, "") for index in range(len(model)))
    found |= dict.fromkeys(place for parts in placed for place in parts)
    return sorted(found, key=lambda place: (place[0], place[1] != ""))


def _entry(own: Part | None, part: Part | None, title: str, is_base: bool) -> ComparedEntry:
    before, after = own.text if own else "", part.text if part else ""
    heading = part.title if part and part.title != title else ""
    if is_base:
        return ComparedEntry(State.BASE if after else State.EMPTY, differences(after, after), heading)
    if not after:
        return ComparedEntry(State.MISSING if before else State.EMPTY)
    if not before:
        return ComparedEntry(State.ADDED, differences(after, after), heading)
    state = State.SAME if before == after and not heading else State.CHANGED
    return ComparedEntry(state, differences(before, after), heading)
