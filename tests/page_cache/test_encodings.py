"""Which encoding a browser is answered in."""

import gzip

import brotli
import pytest

from page_cache.encodings import compress, encoding_for


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.5", "gzip"),
        ("br ; q=0.9,gzip ; q=0.9", "br"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("identity", "identity"),
        ("identity;q=1, br;q=0.5", "identity"),
        ("identity;q=0", "identity"),
        ("deflate, zstd, x-gzip", "identity"),
        ("br;q=nan", "identity"),
        ("br;q=-1, gzip;q=2", "identity"),
        ("br;q=", "identity"),
        ("br;x=1", "identity"),
        (";;;,,,;q", "identity"),
        ("br," * 5000, "br"),
    ],
)
def test_a_browser_gets_what_it_takes(accepted, encoding):
    assert encoding_for(accepted) == encoding


def test_what_is_compressed_is_the_same_each_time_and_can_be_read():
    content = b"<p>Words</p>" * 100
    assert compress(content, "identity") == content
    assert gzip.decompress(compress(content, "gzip")) == content
    assert brotli.decompress(compress(content, "br")) == content
    assert compress(content, "gzip") == compress(content, "gzip")
