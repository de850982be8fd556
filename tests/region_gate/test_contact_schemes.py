"""What passes as a contact: mailto, tel and sms, what a site adds, and never what shows a page."""

import pytest

from region_gate import conf
from region_gate.authoring.url_input import RefusedAddressError, read_link, read_web_address
from region_gate.html.rewriting import Gate, gate_links
from region_gate.links.contact_schemes import CONTACT_SCHEMES, may_be_contact
from region_gate.links.destinations import Viewpoint, no_redirects
from region_gate.links.policies import NO_POLICIES
from tests.region_gate.world import KEYS, REGIONS, US_PAGE

ADDED = ("whatsapp", "webcal", "geo", "fax", "facetime")
WIDE = Viewpoint.at(US_PAGE, REGIONS, NO_POLICIES, no_redirects, CONTACT_SCHEMES.union(ADDED))
NARROW = Viewpoint.at(US_PAGE, REGIONS)
ADDRESSES = [
    "whatsapp://send?phone=4930123",
    "webcal://www.example.org/dates.ics",
    "geo:52.5,13.4?q=52.5,13.4(Clinic)",
    "fax:+4930123",
    "facetime:info@example.org",
    "WhatsApp:x",
    " geo:1,2\n",
]


@pytest.mark.parametrize("href", ADDRESSES)
def test_an_added_scheme_passes_where_it_was_added(href):
    html = f'<a href="{href}">L</a>'
    assert gate_links(html, Gate(WIDE, "/leaving/", KEYS)) is html
    assert 'data-blocked="scheme"' in gate_links(html, Gate(NARROW, "/leaving/", KEYS))


@pytest.mark.parametrize(
    "href", ["whatsap:x", "whatsapp", "https://evil.test/whatsapp:", "javascript:whatsapp:"]
)
def test_what_only_looks_like_it_does_not(href):
    assert WIDE.classify(href).kind == NARROW.classify(href).kind


@pytest.mark.parametrize("typed", ["geo:52.5,13.4", "fax:+4930123", "mailto:info@example.org"])
def test_an_added_scheme_may_be_typed_as_a_link_but_is_no_web_address(typed):
    assert read_link(typed, WIDE) == typed
    with pytest.raises(RefusedAddressError, match="not web"):
        read_web_address(typed, WIDE)


@pytest.mark.parametrize("scheme", ADDED)
def test_a_site_may_add(scheme):
    assert may_be_contact(scheme)


@pytest.mark.parametrize(
    "scheme",
    [
        *("http", "https", "javascript", "data", "blob", "file", "ftp", "about", "view-source", "intent"),
        *("vbscript", "livescript", "filesystem", "jar", "feed", "ws", "wss", "chrome-extension", "web+evil"),
        *(
            "HTTPS",
            "JavaScript",
            "javascript:",
            " javascript",
            "java\tscript",
            "https\n",
            "",
            "x",
            "1a",
            "+a",
        ),
        *("\u0130ntent", "ｈttps", "a_b", "a b", None, 1, b"geo"),
    ],
)
def test_a_site_may_never_add(scheme):
    assert not may_be_contact(scheme)


@pytest.mark.parametrize("given", [["https", "geo"], ("javascript", "geo"), ["data", "geo", 1]])
def test_what_may_never_be_added_is_not_even_where_no_check_has_run(settings, given):
    settings.REGION_GATE = {"CONTACT_SCHEMES": given}
    assert conf.contact_schemes() == CONTACT_SCHEMES | {"geo"}


def test_nothing_need_be_added(settings):
    settings.REGION_GATE = {}
    assert conf.contact_schemes() == CONTACT_SCHEMES
