"""Redirect rules: the slowest patterns that are allowed, on the longest address they are tried on."""

from collections.abc import Iterator

from redirecting.patterns import MAX_ADDRESS_LENGTH, compile_pattern, match

from .figures import Figure, seconds

# Each with the letter that makes it try every way before it gives up.
SLOWEST = [
    ("^/(.*)a(.*)b$", "a"),
    ("^/(.*)/(.*)(a|b)(a|b)$", "/"),
    ("^/\\w+\\w+a?b?$", "a"),
    ("^/.*.*[^a]{2}$", "a"),
    ("^/.{0,90}.{0,90}.{0,90}!$", "a"),
]


def figures() -> Iterator[Figure]:
    """Give all figures about redirect rules."""
    slowest = max(_time(pattern, letter) for pattern, letter in SLOWEST)
    yield Figure("the slowest redirect pattern allowed", slowest * 1000, "ms", 1000)


def _time(pattern: str, letter: str) -> float:
    compiled, address = compile_pattern(pattern), "/" + letter * (MAX_ADDRESS_LENGTH - 2) + "#"
    return seconds(lambda: match(compiled, address), repeats=3)
