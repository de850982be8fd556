"""Response headers that lead away."""

import pytest

from region_gate.html.headers import names_leading_away
from tests.region_gate.world import US_GATE


@pytest.mark.parametrize(
    ("name", "value", "leads_away"),
    [
        ("Refresh", "0", False),
        ("Refresh", "0;url=/us/x/", False),
        ("Refresh", "0;url=/eu/", True),
        ("Refresh", "0 //evil.test", True),
        ("Refresh", "0;url='/us/'x'/../../../eu/'", True),
        ("Refresh", "0;url=javascript:x", True),
        ("Link", "<//evil.test/x.css>; rel=preload; as=style", False),
        ("Link", "</eu/>; rel=alternate, <https://www.example.com/us/>; rel=canonical", False),
        ("Link", "</us/x/>; rel=prefetch", False),
        ("Link", '</x.css>; rel=preload, <//evil.test>; rel="x Prerender"', True),
        ("Link", "<https://evil.test>;rel=preconnect", True),
        ("Speculation-Rules", '"/us/rules.json"', True),
        ("Location", "//evil.test", False),
    ],
)
def test_a_header_that_leads_past_the_gate_is_named(name, value, leads_away):
    assert [*names_leading_away({name: value}, US_GATE)] == ([name] if leads_away else [])
