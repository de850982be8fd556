"""What a visitor's browser downloads for the gate, compressed as whitenoise serves it."""

from collections.abc import Iterator
from pathlib import Path

from whitenoise.compress import Compressor

from .figures import Figure

SCRIPT = Path(__file__).resolve().parents[2] / "region_gate/static/region_gate/gate.js"
LIMIT = 4.0  # kB


def figures() -> Iterator[Figure]:
    """Give the size of the gate's script."""
    written = SCRIPT.read_bytes()
    yield Figure("gate.js by gzip", len(Compressor.compress_gzip(written)) / 1000, "kB", LIMIT)
    yield Figure("  by brotli", len(Compressor.compress_brotli(written)) / 1000, "kB", LIMIT)
