"""Every block that a page can be made of, as it is stored with what its preview shows."""

from collections.abc import Iterator
from typing import Any

from home.style_guide import blocks_of_pages

BLOCKS = {block.name: block for block in blocks_of_pages()}
# Keys of a stored block under which no words stand.
WORDLESS = {"type", "drawing", "url", "email", "telephone", "id", "language", "page"}

Place = tuple[str | int, ...]


def stored(name: str) -> Any:
    """Return what is stored of the block by this name when it says what its preview says."""
    block = BLOCKS[name]
    return block.get_prep_value(block.get_preview_value())


def words_in(value: Any, place: Place = ()) -> Iterator[Place]:
    """Give the places in a stored block at which words stand."""
    match value:
        case str() if value and value != "#":
            yield place
        case dict():
            for key, item in value.items():
                if key not in WORDLESS:
                    yield from words_in(item, (*place, key))
        case list():
            for number, item in enumerate(value):
                yield from words_in(item, (*place, number))


def with_words(value: Any, place: Place, words: str) -> Any:
    """Return a stored block that says `words` besides what it says at `place`."""
    if not place:
        return value.replace("</p>", f" {words}</p>") if "</p>" in value else f"{value} {words}"
    first, *rest = place
    copied = dict(value) if isinstance(value, dict) else [*value]
    copied[first] = with_words(value[first], tuple(rest), words)  # type: ignore[index,call-overload] # either
    return copied


PLACES = [(name, place) for name in BLOCKS for place in words_in(stored(name))]
