"""A blocked link says on the page why it leads nowhere; its own words stay as they are."""

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from region_gate.html.rewriting import gate_links
from region_gate.links.destinations import MAX_URL_LENGTH, Viewpoint
from region_gate.links.policies import Decision, Policies, PolicyRule
from region_gate.page_sentences import page_words
from tests.region_gate.world import HOSTILE_ADDRESSES, REGIONS, US_GATE, US_PAGE

POLICIES = Policies(
    (PolicyRule(Decision.BLOCKED, "bad.test"), PolicyRule(Decision.HOMEPAGE_ONLY, "shop.test"))
)
GATE = replace(US_GATE, viewpoint=Viewpoint.at(US_PAGE, REGIONS, POLICIES), words=page_words("en"))
PAGE = "<!DOCTYPE html><html><head><title>T</title></head><body>{}</body></html>"
LONG, INVALID, NOT_THERE = (
    "(link too long to be opened)",
    "(link with an invalid address)",
    "(link not available)",
)


def gated(html: str) -> LexborHTMLParser:
    page = gate_links(PAGE.format(html), GATE)
    assert gate_links(page, GATE) is page
    return LexborHTMLParser(page)


def notes(html: str) -> list[str]:
    return [note.text() for note in gated(html).css(".gate-link-note")]


@pytest.mark.parametrize(
    ("href", "note"),
    [
        (f"https://evil.test/{'x' * MAX_URL_LENGTH}", LONG),
        (f"/us/{'x' * MAX_URL_LENGTH}", LONG),
        (f"mailto:{'x' * MAX_URL_LENGTH}", LONG),
        ("https://exa mple.test/", INVALID),
        ("https://[::1/", INVALID),
        ("https:evil.test", INVALID),
        ("ftp://evil.test/", NOT_THERE),
        ("data:text/html,x", NOT_THERE),
        ("https://bad.test/", NOT_THERE),
        ("https://shop.test/a", NOT_THERE),
    ],
)
def test_a_blocked_link_says_why(href, note):
    page = gated(f'<p>See <a href="{href}">this</a>, please.</p>')
    assert page.css_first("p").text() == f"See this {note}, please."
    assert page.css_first("a").text() == "this"
    assert page.css("p > a + .gate-link-note")
    assert page.css("head link")


@pytest.mark.parametrize(
    "html",
    [
        "<a href=javascript:x>L</a>",
        "<a href=' JAVASCRIPT:x'>L</a>",
        f"<a href='javascript:{'x' * MAX_URL_LENGTH}'>L</a>",
        "<a href=javascript:void(0)>L</a>",
        "<a href=https://evil.test/>L</a>",
        "<a href=/us/>L</a>",
        "<a href=ftp://evil.test></a>",
        "<svg><a href=ftp://evil.test><text>L</text></a></svg>",
        "<math><mi href=ftp://evil.test>x</mi></math>",
        "<map><area href=ftp://evil.test></map>",
    ],
)
def test_a_script_what_leads_on_and_what_shows_nothing_has_no_note(html):
    assert gated(html).css(".gate-note") == []


@pytest.mark.parametrize("inside", ["L", "<b>L</b>", "<img src=/a.png alt=L>", "<svg><path/></svg>"])
@pytest.mark.parametrize(
    "around", ["{}", "<ul><li>{}</ul>", "<template>{}</template>", "<h2>{}</h2>", "<pre>{}</pre>"]
)
def test_a_note_stands_wherever_a_link_may(around, inside):
    html = PAGE.format(around.format(f"<a href=ftp://evil.test>{inside}</a>"))
    page = gate_links(html, GATE)
    assert gate_links(page, GATE) is page
    assert page.count(NOT_THERE) == 1


@pytest.mark.parametrize("case", HOSTILE_ADDRESSES, ids=lambda case: ascii(case["href"]))
def test_a_note_never_repeats_the_address(case):
    href = case["href"].replace("&", "&amp;").replace('"', "&quot;")
    said = notes(f'<a href="{href}">L</a>')
    assert {*said} <= {LONG, INVALID, NOT_THERE}
