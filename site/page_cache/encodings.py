"""Compressed forms of a page, and which of them a browser takes."""

import gzip
from collections.abc import Iterator
from functools import lru_cache

import brotli  # type: ignore[import-untyped] # it has none

IDENTITY = "identity"
PREFERRED = ("br", "gzip", IDENTITY)  # of those that a browser takes as gladly
BROTLI_QUALITY = 5  # as small as gzip's best, in a third of the time


@lru_cache(maxsize=256)
def encoding_for(accepted: str | None) -> str:
    """Return the encoding to answer with, by the header `Accept-Encoding` (None: there was none).

    Source: RFC 9110, section 12.5.3. What no browser can be sent, it gets as it is.
    """
    if not accepted:
        return IDENTITY
    weights = dict(_weights(accepted.lower()))
    best = max(PREFERRED, key=lambda name: (_weight_of(name, weights), -PREFERRED.index(name)))
    return best if _weight_of(best, weights) else IDENTITY


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    for part in accepted.split(","):
        name, _semicolon, weight = part.partition(";")
        yield name.strip(), _number(weight)


def _number(weight: str) -> float:
    """Return the weight written as `q=0.5`: 1 where none is, 0 where it cannot be read."""
    name, equals, value = weight.strip().partition("=")
    if not name and not equals:
        return 1.0
    try:
        number = float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
    return number if 0 <= number <= 1 else 0.0


def _weight_of(name: str, weights: dict[str, float]) -> float:
    """Return how gladly `name` is taken; as it is, a page is taken by all who do not say otherwise."""
    least = 0.001 if name == IDENTITY else 0.0
    return weights.get(name, weights.get("*", least))


def compress(content: bytes, encoding: str) -> bytes:
    """Return `content` in `encoding`, the same bytes each time."""
    if encoding == "br":
        compressed: bytes = brotli.compress(content, quality=BROTLI_QUALITY, mode=brotli.MODE_TEXT)
        return compressed
    return gzip.compress(content, mtime=0) if encoding == "gzip" else content
