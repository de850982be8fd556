"""The guard's table: how people write names, and what only looks like one, in three languages.

`guard_table.json` was written by hand. Its products are those of `NAMES`; each language has texts that are
refused,
by the kind of disguise, near names that a person decides about, and innocent sentences. `<p>` and
other tags are
read as HTML. `guard_table_of_outsiders.json` was written the same way by somebody who had not seen the
guard's code; its texts of a PDF have the lines of one.
"""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from therapies.matching.html_text import words_of
from therapies.matching.near_names import NearNames
from therapies.matching.product_names import Names

TABLES = [Path(__file__).with_name(f"{name}.json") for name in ("guard_table", "guard_table_of_outsiders")]
NAMES = [
    ("SIR-Spheres", 1),
    ("SIR-Spheres Y-90 resin microspheres", 1),
    ("Y-90 resin microspheres", 1),
    ("Y-90-Harzmikrosphären", 1),
    ("microsphères de résine d’yttrium 90", 1),
    ("TheraSphere", 2),
    ("Липиодол", 3),
    ("Lipiodol", 3),
    ("树脂微球", 1),
]
REFUSED, NEAR, NOTHING = "refused", "near", "nothing"
KNOWN, RESEMBLED = Names(NAMES), NearNames(NAMES)


class Case(NamedTuple):
    """A text, and what must come of it."""

    language: str
    kind: str
    text: str
    outcome: str


def cases() -> Iterator[Case]:
    """Give all cases of both tables."""
    tables = (json.loads(table.read_text(encoding="utf-8")) for table in TABLES)
    for language, outcomes in chain.from_iterable(table.items() for table in tables):
        for outcome, kinds in outcomes.items():
            for kind, texts in kinds.items():
                for text in texts:
                    yield Case(language, kind, text, outcome)


def outcome_of(text: str) -> str:
    """Return what comes of `text`."""
    words = words_of(text)
    if KNOWN.find(words):
        return REFUSED
    return NEAR if RESEMBLED.find(words) else NOTHING
