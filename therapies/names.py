"""Product names in a text, however they are disguised.

Text and names are folded alike: what nobody sees is dropped, letters that mean the same become the
same (Unicode Standard Annex 15, NFKC; Unicode Standard, section 3.13, case folding), and hyphens
part words no more than they join them. Then whole words are compared.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

# Default_Ignorable_Code_Point (Unicode Character Database), and the marks that may stand by any name.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff®©™℠℗]"
)
TYPED_MARKS = re.compile(r"\((?:r|c|tm|sm)\)")
GLUED_MARKS = re.compile(r"(?<=[a-z])(?:TM|SM)\b")
# A number of a reference, or of an isotope, is a word of its own.
RAISED = re.compile("[²³¹\u2070-\u209c\u200a]+")
UNUSUAL = re.compile(f"[{UNSEEN.pattern[1:-1]}{RAISED.pattern[1:-2]}]")
# Scripts that write without spaces, and Korean, whose particles follow names without one: there a
# name is found within a longer word, too.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
EACH_UNSPACED = re.compile(f"[{UNSPACED}]")
HYPHENS = (
    r"\-\u058a\u05be\u1400\u1806\u2010-\u2015\u2027\u2043\u2053\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40"
    r"\u301c\u3030\u30fb"
)
BASIC_PLANE = range(0x10000)
MARKS = "".join(c for c in map(chr, BASIC_PLANE) if unicodedata.category(c)[0] == "M")
# A word, a space, or a single sign that is neither of these nor a hyphen; marks are on a word's letters.
TOKEN = re.compile(rf"\w+|\s+|[^\s{HYPHENS}]")
MARK = re.compile(f"[{MARKS}]")
MARKED_TOKEN = re.compile(rf"[\w{MARKS}]+|\s+|[^\s{HYPHENS}]")
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Mention(NamedTuple):
    """A name that stands in a text, as it was given, and the number of its product."""

    name: str
    product: int


class _Key(NamedTuple):
    """A name as it is compared: `breaks` are the places in it where a space may stand."""

    mention: Mention
    breaks: frozenset[int]


def folded(text: str) -> str:
    """Return `text` as it is compared."""
    if "TM" in text or "SM" in text:
        text = GLUED_MARKS.sub("", text)
    if not text.isascii():
        text = _folded_letters(text)
    return TYPED_MARKS.sub("", text.lower()).replace("_", "-")


def _folded_letters(text: str) -> str:
    text = RAISED.sub(_apart, UNSEEN.sub("", text)) if UNUSUAL.search(text) else text
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return EACH_UNSPACED.sub(_apart, text).replace("’", "'")


def _apart(found: re.Match[str]) -> str:
    """Set letters apart as a hyphen does, which parts no name; a hair space is nothing but that."""
    return f"-{found[0].strip()}-"


def _tokens(text: str) -> list[str]:
    plain = folded(text)
    is_marked = not plain.isascii() and MARK.search(plain)
    return (MARKED_TOKEN if is_marked else TOKEN).findall(plain)


class Names:
    """The names of all products, made ready once to be found in any number of texts."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take names as written, each with the number of its product.

        Raises ValueError for one that holds no letter or digit.
        """
        self._keys: dict[str, list[_Key]] = {}
        for name, product in names:
            compact, breaks = _compared(name)
            if not any(map(str.isalnum, compact)):
                raise ValueError(f"The name {name!r} holds no letter or digit.")
            self._keys.setdefault(compact, []).append(_Key(Mention(name, product), breaks))
        self._beginnings = {key[:end] for key in self._keys for end in range(1, len(key) + 1)}

    def find(self, text: str) -> list[Mention]:
        """Return the names in `text` in the order in which they first appear, each once.

        Where one product is meant by a name and by a part of it, the whole name counts.
        """
        tokens = _tokens(text)
        starts = [number for number, token in enumerate(tokens) if token in self._beginnings]
        return [*dict.fromkeys(mention for start in starts for mention in self._at(tokens, start))]

    def _at(self, tokens: list[str], start: int) -> Iterable[Mention]:
        """Return the names that begin with the token `start`, the longest for each product."""
        longest: dict[int, Mention] = {}
        joined, spaces = "", set()
        for position in range(start, len(tokens)):
            token = tokens[position]
            if token.isspace():
                spaces.add(len(joined))
                continue
            joined += token
            if joined not in self._beginnings:
                break
            for key in self._keys.get(joined, ()):
                if spaces <= key.breaks:
                    longest[key.mention.product] = key.mention
        return longest.values()


def _compared(name: str) -> tuple[str, frozenset[int]]:
    """Return `name` as one word, and after how many of its letters a space may stand.

    That is wherever it has one, or a hyphen, or a capital within.
    """
    parts = [token for token in _tokens(HUMPS.sub(" ", name)) if not token.isspace()]
    return "".join(parts), frozenset(accumulate(map(len, parts[:-1])))
