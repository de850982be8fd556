"""What speculation rules fetch ahead of a visitor."""

import pytest

from region_gate.html.speculation_rules import speculated_addresses


@pytest.mark.parametrize(
    ("rules", "addresses"),
    [
        ("{}", []),
        ('{"tag": "x", "prefetch": []}', []),
        ('{"prefetch": [{"urls": ["/a", "\\u002fb"]}]}', ["/a", "/b"]),
        ('{"prefetch": [{"urls": ["/a"]}], "prerender": [{"source": "list", "urls": ["b"]}]}', ["/a", "b"]),
    ],
)
def test_listed_addresses_are_told(rules, addresses):
    assert speculated_addresses(rules) == addresses


@pytest.mark.parametrize(
    "rules",
    [
        "",
        "x",
        "[]",
        "1",
        '{"prefetch": [1]}',
        '{"prefetch": [{}]}',
        '{"prefetch": [{"urls": "/a"}]}',
        '{"prefetch": [{"urls": [1]}]}',
        '{"prefetch": [{"where": {"href_matches": "/*"}}]}',
        '{"prefetch": [{"source": "document", "urls": ["/a"]}]}',
        '{"prefetch": [{"urls": ["/a"]}], "prefetch": []}',
        '{"prefetch": [{"urls": ["/a"], "urls": []}]}',
    ],
)
def test_rules_that_cannot_be_told_are_not_guessed(rules):
    assert speculated_addresses(rules) is None
