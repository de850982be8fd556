"""Letters that look like Latin ones: of other scripts, small capitals, with a stroke through them.

Source: Unicode Technical Standard 39 (confusables), by way of ICU 72, and the letters' names.
`tests/look_alikes.py` writes the table; © Unicode, Inc., Unicode License v3 (unicode.org/license.txt).
"""

import json
from pathlib import Path

TABLE = Path(__file__).with_name("look_alikes.json")
LATIN = {
    ord(letter): latin
    for latin, letters in json.loads(TABLE.read_text(encoding="utf-8")).items()
    for letter in letters
}
# Those that look alike within plain text, once capitals are small: I and l and 1, O and 0.
ALIKE = {"l": "i", "1": "i", "0": "o"}


def alike(text: str) -> str:
    """Return a folded `text` with one letter for those of `ALIKE`."""
    for letter, other in ALIKE.items():
        text = text.replace(letter, other)
    return text
