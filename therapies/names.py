"""stand-in until merged"""

import re
from typing import NamedTuple


class Mention(NamedTuple):
    name: str
    product: int


class Names:
    def __init__(self, names):
        self.names = [
            (n, p, re.compile(r"\b" + re.sub(r"[-\s]+", r"[-\\s]*", n) + r"\b", re.I)) for n, p in names
        ]

    def find(self, text):
        return [Mention(n, p) for n, p, r in self.names if r.search(text)]
