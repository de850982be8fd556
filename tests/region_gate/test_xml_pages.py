"""XML that a browser shows as a page, and whether a way out stands in it."""

import pytest

from region_gate.html.xml_pages import may_lead_away

SVG = 'xmlns="http://www.w3.org/2000/svg"'
XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(
    "xml",
    [
        "<a href='//evil.test'>in no language that browsers know</a>",
        f"<svg {SVG}><path d=''/><text>a</text><use href='#x'/></svg>",
        f"<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'><svg {SVG}/>",
        f"<urlset xmlns='x' {XHTML}><url><loc>/eu/</loc><h:link rel='alternate' href='/us/'/></url></urlset>",
        "<?keep this?><x/>",
        "<rss><channel><link>https://evil.test</link><title>&lt;a&gt;</title></channel></rss>",
    ],
)
def test_xml_without_a_way_out_may_be_shown(xml):
    assert not may_lead_away(xml.encode())


@pytest.mark.parametrize(
    "xml",
    [
        f"<svg {SVG}><a href='//evil.test'/></svg>",
        f"<svg {SVG}><script/></svg>",
        f"<svg {SVG}><set attributeName='href'/></svg>",
        "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:a/></s:svg>",
        f"<x {XHTML}><h:a href='//evil.test'/></x>",
        f"<x {XHTML}><h:meta http-equiv='refresh'/></x>",
        f"<x {XHTML}><h:link rel='prefetch' href='//evil.test'/></x>",
        "<math xmlns='http://www.w3.org/1998/Math/MathML' href='//evil.test'/>",
        f"<!DOCTYPE x [<!ENTITY e '<a {SVG}/>'>]><x>&e;</x>",
        "<!DOCTYPE x [<!ENTITY % p 'x'> %p;]><x>&e;</x>",
        "<?xml-stylesheet href='//evil.test/x.xsl'?><x/>",
        f"<svg {SVG}><a",
        "not XML",
    ],
)
def test_xml_with_a_way_out_or_an_obscurity_may_not(xml):
    assert may_lead_away(xml.encode())


def test_encodings_that_xml_declares_are_read():
    assert may_lead_away(f"<svg {SVG}><a/></svg>".encode("utf-16"))
    assert not may_lead_away(f"<svg {SVG}><text>é</text></svg>".encode("utf-16"))
