"""The ways in which a text can be read: as it is written, as it looks, and as its direction marks turn it.

Source: Unicode Annex 9 (directional overrides, rules X4, X5 and L2).
"""

import re

from .look_alikes import LATIN
from .normalisation import BREAK, SEAM, comparable, without_accents

LEFTWARDS, RIGHTWARDS, POP = "\u202e", "\u202d", "\u202c"
OPENS = frozenset({LEFTWARDS, RIGHTWARDS, "\u202a", "\u202b"})  # the last two embed, and turn no letter
MAX_DEPTH = 125  # the Annex's own
TURN = re.compile(f"([{LEFTWARDS}{RIGHTWARDS}{POP}\u202a\u202b])")
# With those among them that have an accent.
LOOK_ALIKES = frozenset(
    chr(code) for code in range(0x80, 0x20000) if ord(without_accents(chr(code))[:1] or " ") in LATIN
)


class Run:
    """Letters that run in one direction, and runs within them."""

    def __init__(self, *, is_turned: bool) -> None:
        """Begin a run without letters; `is_turned` if it is shown from right to left."""
        self.is_turned = is_turned
        self._pieces: list[str | Run] = []

    def add(self, piece: "str | Run") -> None:
        """Add what comes next in the text."""
        is_turned = self.is_turned and isinstance(piece, str)
        self._pieces.append(piece[::-1] if is_turned else piece)  # type: ignore[index] # it is letters

    def shown(self) -> str:
        """Return the run's letters as they stand on the screen, from the left."""
        shown: list[str] = []
        waiting: list[str | Run] = [self]
        while waiting:
            piece = waiting.pop()
            if isinstance(piece, str):
                shown.append(piece)
            else:
                waiting.extend(piece._pieces if piece.is_turned else reversed(piece._pieces))
        return "".join(shown)


def readings(text: str) -> list[str]:
    """Return `text` comparably: as written and, where that differs, as it is turned, and as it looks."""
    runs = set[str]()
    written = comparable(text, runs)
    turned = [*map(turn, filter(TURN.search, text.split(BREAK)))] if LEFTWARDS in text else []
    found = [written, comparable(BREAK.join(turned))] if turned else [written]
    if not LOOK_ALIKES.isdisjoint("".join(runs)):
        passages = [one for one in text.split(BREAK) if not one.isascii()]
        alike = [one for one in (*passages, *turned) if not LOOK_ALIKES.isdisjoint(one)]
        found.append(comparable(BREAK.join(alike), by_look=True))
    return found


def turn(text: str) -> str:
    """Return `text` in the order that its direction marks have its letters shown in, each up to a seam."""
    return SEAM.join(map(_turn, text.split(SEAM)))


def _turn(text: str) -> str:
    runs = [whole := Run(is_turned=False)]
    for piece in TURN.split(text):
        if piece in OPENS and len(runs) < MAX_DEPTH:
            is_turned = piece == LEFTWARDS or (piece != RIGHTWARDS and runs[-1].is_turned)
            runs.append(Run(is_turned=is_turned))
            runs[-2].add(runs[-1])
        elif piece == POP and len(runs) > 1:
            runs.pop()
        elif not TURN.fullmatch(piece):
            runs[-1].add(piece)
    return whole.shown()
