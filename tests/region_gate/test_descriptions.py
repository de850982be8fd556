"""What a screen reader is told of gated links, whose names stay as they are."""

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from region_gate.html.page_words import PageWords
from region_gate.html.parse_modes import parts
from region_gate.html.rewriting import gate_links
from tests.region_gate.world import HOSTILE_HTML, US_GATE

REGION, THIRD = "Leads to another region", "Leads to another organisation’s website"
GATE = replace(US_GATE, words=PageWords(leads_to_region=REGION, leads_to_third_party=THIRD))
PAGE = "<!DOCTYPE html><html><head><title>T</title></head><body>{}</body></html>"
AWAY, OTHER = "<a {} href='https://evil.test/'>Link</a>", "<a {} href='/eu/'>Link</a>"


def described(html: str) -> list[str]:
    """Return what each gated link of `html`, templates included, is described by (accname, step 2B)."""
    found = []
    for part in parts(LexborHTMLParser(gate_links(html, GATE))):
        for link in part.css("[data-crossing]"):
            references = (link.attributes.get("aria-describedby") or "").split()
            told = [node.text() for name in references for node in part.css(f"[id='{name}']")]
            found.append(" ".join(told) or link.attributes.get("aria-description") or "")
    return found


def test_links_of_one_kind_share_one_hidden_sentence_at_the_end_of_the_page():
    gated = gate_links(PAGE.format(AWAY + OTHER + AWAY), GATE)
    assert gated.endswith(
        f'<p hidden="" id="region-gate-third-party">{THIRD}</p>'
        f'<p hidden="" id="region-gate-cross-region">{REGION}</p></body></html>'
    )
    assert described(PAGE.format(AWAY + OTHER + AWAY)) == [THIRD, REGION, THIRD]
    assert [link.text() for link in LexborHTMLParser(gated).css("a")] == ["Link"] * 3


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", THIRD),
        ("aria-label='Journal'", THIRD),
        ("title=''", THIRD),
        ("title='PDF, 2 MB'", f"PDF, 2 MB – {THIRD}"),
        ("aria-description='A study'", f"A study – {THIRD}"),
        ("aria-describedby='own'", f"Its own {THIRD}"),
        ("aria-describedby='own' title='PDF'", f"Its own {THIRD}"),
        ("aria-describedby=' '", f"{THIRD}"),
    ],
)
def test_what_describes_a_link_already_stays(attributes, expected):
    html = PAGE.format("<p id=own>Its own</p>" + AWAY.format(attributes))
    assert described(html) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        AWAY,
        f"<ul><li>{AWAY}</ul>",
        PAGE.format(f"<template>{AWAY}</template>"),
        PAGE.format(f"<div><template shadowrootmode=open>{AWAY}</template></div>"),
        PAGE.format(f"<template><template>{AWAY}</template></template>"),
    ],
)
def test_where_a_reference_may_lead_nowhere_each_link_has_the_sentence(html):
    gated = gate_links(html, GATE)
    assert described(html) == [THIRD]
    assert "region-gate-" not in gated


def test_a_framed_document_describes_its_own_links():
    document = PAGE.format(AWAY).replace('"', "'").replace("'", "&#39;")
    gated = gate_links(PAGE.format(f"<iframe srcdoc='{document}'></iframe>"), GATE)
    inner = LexborHTMLParser(gated).css_first("iframe").attributes["srcdoc"] or ""
    assert described(inner) == [THIRD]
    assert inner.count(THIRD) == 1


@pytest.mark.parametrize("html", ["<a href=/us/>x</a>", "<a href=javascript:x>x</a>", "<a href=#a>x</a>"])
def test_a_link_that_is_not_gated_is_not_described(html):
    assert "region-gate-" not in gate_links(PAGE.format(html), GATE)


@pytest.mark.parametrize(
    "html",
    [
        "<!DOCTYPE html><frameset><noframes><a href=//evil.test>x</a></noframes></frameset>",
        "<!DOCTYPE html><a href=//evil.test>x</a><plaintext>",
        "<!DOCTYPE html><p id=region-gate-third-party>mine</p><a href=//evil.test>x</a>",
    ],
)
def test_no_sentence_is_put_where_it_would_be_shown_or_stand_twice(html):
    assert THIRD not in LexborHTMLParser(gate_links(html, GATE)).text()


@pytest.mark.parametrize("case", HOSTILE_HTML, ids=lambda case: ascii(case["html"]))
@pytest.mark.parametrize("frame", ["{}", PAGE], ids=["fragment", "page"])
def test_hostile_html_with_descriptions_settles(case, frame):
    gated = gate_links(frame.replace("{}", case["html"]), GATE)
    assert gate_links(gated, GATE) is gated
