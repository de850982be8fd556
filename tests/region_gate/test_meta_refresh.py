"""Where a declarative refresh leads."""

import pytest

from region_gate.html.meta_refresh import refresh_addresses


@pytest.mark.parametrize(
    ("content", "addresses"),
    [
        ("", []),
        ("0", []),
        (" 5 ", []),
        ("0;", []),
        ("0;url=", []),
        ("0;url=''", ["'"]),
        ("0url=/x", []),
        ("0;url=/x", ["/x"]),
        ("0;/x", ["/x"]),
        ("0,/x", ["/x"]),
        ("0 /x", ["/x"]),
        ("0\n;\turl\f=\r /x ", ["/x"]),
        (".5; URL=/x", ["/x"]),
        ("1.5.2;UrL=/x y", ["/x y"]),
        ("0;urls=/x", ["urls=/x"]),
        ("0;url/x", ["url/x"]),
        ("0;;/x", [";/x"]),
        ("0;url='/x'y", ["/x"]),
        ('0;url="/x', ["/x"]),
        ("0;'/x'", ["/x"]),
        ("0;url='/x'y'z", ["/x", "/x'y"]),
        ("0;url=/x'y", ["/x'y"]),
        ("0;url=\u2003/x", ["\u2003/x", "/x"]),
        ("soon;url=/x", ["/x"]),
        (";url=/x", ["/x"]),
    ],
)
def test_a_refresh_leads_to_every_address_that_a_browser_may_read(content, addresses):
    assert refresh_addresses(content) == addresses
