"""Forms that may not be sent say so, and lead on to where they would have led, without what was entered."""

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from region_gate.html.rewriting import gate_links
from region_gate.html.survey import LinkOutcome, survey
from region_gate.links.signing import read
from region_gate.page_sentences import page_words
from tests.region_gate.world import HOSTILE_HTML, KEYS, US_GATE

GATE = replace(US_GATE, words=page_words("en"))
PAGE = "<!DOCTYPE html><html><head><title>T</title></head><body>{}</body></html>"
THIRD = "What is entered here cannot be sent to evil.test from this page. Go to evil.test"
REGION = "What is entered here cannot be sent to another region from this page. Go to the other region"
NOWHERE = "What is entered here cannot be sent."
FIELD = "<input name=q value=secret>"


def gated(html: str) -> LexborHTMLParser:
    """Return the page with `html` as it is served, which has settled."""
    page = gate_links(PAGE.format(html), GATE)
    assert gate_links(page, GATE) is page
    assert all(finding.outcome is LinkOutcome.PASSED for finding in survey(page, GATE))
    return LexborHTMLParser(page)


def notes(html: str) -> list[str]:
    return [" ".join(note.text().split()) for note in gated(html).css(".gate-form-note")]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"<form action=//evil.test/s>{FIELD}<button>Go</button></form>", THIRD),
        (f"<form action=//evil.test/s method=post>{FIELD}<input type=submit></form>", THIRD),
        (f"<form action=//evil.test/s>{FIELD}</form>", THIRD),
        (f"<form action=/eu/search/>{FIELD}<button>Go</button></form>", REGION),
        (f"<form action=https:evil.test>{FIELD}<button>Go</button></form>", NOWHERE),
        (f"<form action=/us/>{FIELD}<button formaction=//evil.test/s>Go</button></form>", THIRD),
        (f"<form>{FIELD}<input type=image alt=Go formaction=/eu/></form>", REGION),
        ("<button formaction=//evil.test/s>Go</button>", THIRD),
    ],
)
def test_a_form_says_why_it_cannot_be_sent(html, said):
    assert notes(html) == [said]
    page = gated(html)
    buttons = page.css("button, input[type=submit], input[type=image]")
    assert all("disabled" in button.attributes for button in buttons)


def test_the_note_stands_after_the_last_button_and_leads_on_without_what_was_entered():
    page = gated(f"<form action=//evil.test/s?a=b>{FIELD}<p><button>A</button> <button>B</button></p></form>")
    (note,) = page.css("form p > button + .gate-form-note")
    assert note.prev
    assert note.prev.text() == "B"
    href = note.css_first("a").attributes["href"] or ""
    assert read(href.partition("?")[2], KEYS).crossing.to == "https://evil.test/s?a=b"
    assert "secret" not in href


@pytest.mark.parametrize(
    ("button", "is_disabled"),
    [
        ("<button>Go</button>", True),
        ("<button type=SUBMIT>Go</button>", True),
        ("<button type=''>Go</button>", True),
        ("<button type=button>Menu</button>", False),
        ("<button type=reset>Clear</button>", False),
        ("<button formaction=/us/>Ours</button>", False),
        ("<input>", False),
        ("<button form=other>Other</button>", False),
    ],
)
def test_what_does_not_send_the_form_stays_as_it_is(button, is_disabled):
    page = gated(f"<form action=//evil.test/s>{button}</form><form id=other action=/us/></form>")
    assert ("disabled" in page.css_first("form > *").attributes) is is_disabled


@pytest.mark.parametrize("name", ["a", 'a"] , [x="', "a\\", "]"])
def test_a_button_elsewhere_that_sends_the_form_is_disabled_too(name):
    escaped = name.replace('"', "&quot;")
    page = gated(f'<form id="{escaped}" action=//evil.test/s></form><button form="{escaped}">Go</button>')
    assert "disabled" in page.css_first("button").attributes


@pytest.mark.parametrize(
    "html",
    [
        "<form action=/us/><button>Go</button></form>",
        "<form><button>Go</button></form>",
        "<form action='javascript:send()'><button>Go</button></form>",
        "<form action=javascript:void(0)><button>Go</button></form>",
    ],
)
def test_a_form_of_ours_or_a_scripts_has_no_note(html):
    page = gated(html)
    assert page.css(".gate-note") == []
    assert "disabled" not in page.css_first("button").attributes


@pytest.mark.parametrize(
    "html",
    [
        "<table><form action=//evil.test/s><tr><td><button>Go</button></form></table>",
        "<table><tr><form action=//evil.test/s><td><input type=submit></form></table>",
        "<p><form action=//evil.test/s></form>",
        "<form action=//evil.test/s><select><option>x</select></form>",
        "<form action=//evil.test/s><textarea>",
        "<a href=/us/><form action=//evil.test/s><button>Go</button></form></a>",
        "<template><form action=//evil.test/s><button>Go</button></form></template>",
        "<iframe srcdoc='<form action=//evil.test/s><button>Go</button></form>'></iframe>",
        "<svg><foreignObject><form action=//evil.test/s><button>Go</button></form></foreignObject></svg>",
        "<object data=//evil.test><form action=//evil.test/s><button>Go</button></form></object>",
    ],
)
@pytest.mark.parametrize("frame", ["{}", PAGE], ids=["fragment", "page"])
def test_wherever_a_form_stands_the_page_settles(html, frame):
    page = gate_links(frame.format(html), GATE)
    assert gate_links(page, GATE) is page
    assert "action=" not in page
    for link in LexborHTMLParser(page).css("a a, button a"):
        raise AssertionError(link.html)


@pytest.mark.parametrize("case", HOSTILE_HTML, ids=lambda case: ascii(case["html"]))
def test_hostile_html_before_a_form_settles(case):
    page = gate_links(case["html"] + "<form action=//evil.test/s><button>Go</button></form>", GATE)
    assert gate_links(page, GATE) is page
