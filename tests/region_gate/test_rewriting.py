"""What a page's HTML becomes: every crossing gated, everything else as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from region_gate import rewriting
from region_gate.destinations import Viewpoint
from region_gate.rewriting import Gate, UnstableMarkupError, gate_links
from region_gate.signing import read
from tests.region_gate.world import CASES, KEYS, REGIONS, US_GATE, US_PAGE

THIRD_PARTY = '<a href="https://evil.test/">L</a>'
NO_LINKS = ("<set", "formaction", "meta http-equiv", "srcdoc")
GIVEN = [case["html"] for case in CASES["html"] if not any(mark in case["html"] for mark in NO_LINKS)]


def links(html: str, *, scripting: bool = False) -> list[dict[str, str | None]]:
    """Return the attributes of every link, templates included, as a browser finds them."""
    tree = LexborHTMLParser(html, scripting=scripting)
    return [link.attributes for part in rewriting._parts(tree) for link in part.css("a, area")]


def only_link(html: str) -> dict[str, str | None]:
    (link,) = links(gate_links(html, US_GATE))
    return link


def destination_of(href: str | None) -> str:
    path, _, query = (href or "").partition("?")
    assert path == "/leaving/"
    return read(query, KEYS).to


@pytest.mark.parametrize("html", GIVEN)
def test_given_html_has_no_ungated_link(html):
    gated = gate_links(html, US_GATE)
    assert 'href="https://evil.test' not in gated
    if "<script" in html:
        assert gated == html
    elif "<base" in html:
        assert LexborHTMLParser(gated).css("base[href]") == []
    else:
        assert destination_of(links(gated)[0].get("href") or links(gated)[0].get("xlink:href"))


def test_a_third_party_link_leads_to_its_notice():
    link = only_link('<a class=x href="https://evil.test/a?b&amp;c" download ping="//evil.test">L</a>')
    assert destination_of(link.pop("href")) == "https://evil.test/a?b&c"
    assert link == {"class": "x", "data-crossing": "third-party"}


def test_a_link_to_another_region_leads_to_its_notice():
    link = only_link('<a href="/EU/x/">L</a>')
    assert destination_of(link["href"]) == "https://www.example.com/EU/x/"
    assert link["data-crossing"] == "cross-region"


def test_a_blocked_link_keeps_its_text_and_loses_its_address():
    gated = gate_links('<p>See <a href="javascript:steal()" id=x>this</a>.</p>', US_GATE)
    assert gated == '<p>See <a id="x" data-blocked="scheme">this</a>.</p>'


def test_both_addresses_of_an_svg_link_are_gated():
    link = only_link('<svg><a href="https://evil.test/" xlink:href="/eu/"><text>L</text></a></svg>')
    assert destination_of(link["href"]) == "https://evil.test/"
    assert destination_of(link["xlink:href"]) == "https://www.example.com/eu/"


def test_a_ping_is_taken_off_a_link_that_passes():
    assert only_link('<a href="/us/" ping="https://evil.test/">L</a>') == {"href": "/us/"}


@pytest.mark.parametrize(
    "html",
    [
        "",
        "no markup",
        "<p>no link",
        "<article>no link either",
        "<a>L</a>",
        "<a name=x>L</a>",
        "<a href>L</a>",
        '<!-- <a href="https://evil.test/">L</a> --><a href=/us/>L</a>',
        '<A HREF=/us/ CLASS="x">L</A>&nbsp;&copy; <br/><p>unclosed',
        "<!doctype html><html><body><pre>\n\nx</pre><a href='#top'>L</a>",
        '<textarea><a href="https://evil.test/">L</a></textarea>',
        '<title><a href="https://evil.test/">L</a></title>',
        '<p title="<a href=https://evil.test/>">x</p>',
        '<a href="mailto:a@evil.test">L</a><a href="tel:+1">L</a>',
        '<script>document.write("<a href=https://evil.test/>L</a>")</script><a href="/us/">L</a>',
        '<style>a::after { content: "<a href=https://evil.test/>" }</style>',
    ],
)
def test_html_without_a_crossing_is_returned_unchanged(html):
    assert gate_links(html, US_GATE) is html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://evil.test/" href="/us/">L</a>',
        '<a href="/us/"href="https://evil.test/"><a href=https://evil.test/>L',
        "<A\nHREF\n=\nhttps://evil.test/>L",
        "<a/href='https://evil.test/'>L</a>",
        "<a href=&#x68;ttps:&#x2f;/evil.test>L",
        "<a href=https&colon;&sol;&sol;evil.test>L",
        "<a href='/&Tab;/evil.test'>L",
        "<!-- --!><a href=//evil.test>L",
        "<!--><a href=//evil.test>L",
        "<!---><a href=//evil.test>L",
        "<!-- <!-- --><a href=//evil.test>L",
        "<![CDATA[><a href=//evil.test>L]]>",
        "<?php > <a href=//evil.test>L",
        "</ ><a href=//evil.test>L",
        "<script></script ><a href=//evil.test>L",
        "<script>x</script/><a href=//evil.test>L",
        "<style></style\n><a href=//evil.test>L",
        "<title></title><a href=//evil.test>L",
        "<textarea></textarea><a href=//evil.test>L",
        "<svg><title><a href=//evil.test>L",
        "<svg><style><a href=//evil.test>L</style>",
        "<svg><script><a href=//evil.test>L</script>",
        "<svg><desc><a href=//evil.test>L",
        "<svg><foreignObject><a href=//evil.test>L",
        "<math><a href=//evil.test>L",
        "<math><mtext><a href=//evil.test>L",
        "<math><annotation-xml encoding=text/html><a href=//evil.test>L",
        "<table><a href=//evil.test>L</a></table>",
        "<table><tr><td><a href=//evil.test>L",
        "<tr><td><a href=//evil.test>L",
        "<ul><li><a href=//evil.test>L",
        "<a href=/us/><a href=//evil.test>L</a></a>",
        "<a href=/us/><p><a href=//evil.test>L</a></p></a>",
        "<b><a href=//evil.test><p>L</b></a>",
        "<select><option><a href=//evil.test>L</select><a href=//evil.test>L",
        "<form><form><a href=//evil.test>L",
        "<head><a href=//evil.test>L",
        "<map><area href=//evil.test></map>",
        "<area href=//evil.test>",
        "<svg><a xlink:href=//evil.test>L</a></svg>",
        "<svg><a XLINK:HREF=//evil.test>L</a></svg>",
        "<svg><A href=//evil.test>L</A></svg>",
        "<template><a href=//evil.test>L</a></template>",
        "<template><div><template><a href=//evil.test>L",
        "<div><template shadowrootmode=open><a href=//evil.test>L</template></div>",
        "<noscript><a href=//evil.test>L</a></noscript>",
        "<head><noscript><a href=//evil.test>L</a></noscript></head>",
        "<noscript><a title='</noscript><a href=//evil.test>L</a>'>x</a></noscript>",
        "<noscript><style></noscript><a href=//evil.test>L</a></style></noscript>",
        "<noscript><!-- </noscript><a href=//evil.test>L</a> --></noscript>",
        "<head><noscript><b title='</noscript><a href=//evil.test>L</a>'></noscript>",
        "<head><noscript><style></noscript><a href=//evil.test>L</a></style>",
        "<a href=//evil.test></a><math><mtext><table><mglyph><style><!--</style>"
        "<a title='--&gt;&lt;a href=//evil.test&gt;L'>x</a>",
        "<svg></p><style><a id='</style><a href=//evil.test>L</a>'>",
        "<a href=//evil.test></a><form><math><mtext></form><form><mglyph><style></math><a href=//evil.test>L",
        "<a href='https:evil.test'>L</a>",
        "<a href='java\nscript:x'>L</a>",
        "\ufeff<a href=//evil.test>L</a>",
        "<a href=//evil.test\x00>L</a>",
    ],
)
def test_no_hostile_html_has_a_way_out_however_it_is_read(html):
    gated = gate_links(html, US_GATE)
    assert gated != html
    for page in (gated, f"<!DOCTYPE html><html><body>{gated}</body></html>"):
        for scripting in (False, True):
            for link in links(page, scripting=scripting):
                written = [link[name] for name in ("href", "xlink:href") if name in link]
                assert all(US_GATE.destination(href or "") is None for href in written)
    assert gate_links(gated, US_GATE) is gated


def test_a_doctype_and_a_leading_newline_survive():
    page = (
        "<!DOCTYPE html><html><head></head><body><pre>\n\nx</pre><textarea>\n\ny</textarea>{}</body></html>"
    )
    gated = gate_links(page.format(THIRD_PARTY), US_GATE)
    assert gated.startswith("<!DOCTYPE html><html>")
    assert "<pre>\n\nx</pre><textarea>\n\ny</textarea>" in gated


def test_a_fragment_stays_a_fragment():
    assert gate_links(f"<tr><td>{THIRD_PARTY}</td></tr>", US_GATE).startswith("<tr><td><a href=")


@pytest.mark.parametrize(
    "script",
    [
        "<script>if (a < b && c > d) { x = \"<a href='https://evil.test/'>\" }</script>",
        '<script type="application/ld+json">{"url": "https://evil.test/?a&b", "x": "\\u003c"}</script>',
        "<style>a > b::before { content: '&amp; <' }</style>",
    ],
)
def test_scripts_and_styles_stay_byte_for_byte(script):
    gated = gate_links(f"<!DOCTYPE html><html><head>{script}</head><body>{THIRD_PARTY}", US_GATE)
    assert script in gated


def test_the_notice_page_may_link_to_its_own_destination_only():
    gate = Gate(Viewpoint.at(US_PAGE, REGIONS), "/leaving/", KEYS, passed="https://evil.test/")
    assert gate_links(THIRD_PARTY, gate) is THIRD_PARTY
    assert gate_links('<a href="https://evil.test/x">L</a>', gate).startswith('<a href="/leaving/?')


def test_a_gate_address_is_only_one_at_the_start():
    assert US_GATE.destination("/leaving/?to=x") is None
    assert US_GATE.destination("//evil.test/leaving/?to=x")
    assert US_GATE.destination("/leaving/\\..\\../eu/")


def test_html_that_never_settles_is_not_served(monkeypatch):
    monkeypatch.setattr(rewriting, "_gate_once", lambda html, gate, **how: f"{html}x")
    with pytest.raises(UnstableMarkupError):
        gate_links("<!doctype html><a href=/x>", US_GATE)


PIECES = st.sampled_from(
    [
        THIRD_PARTY,
        '<a href="/eu/">eu</a>',
        '<a href="/us/">us</a>',
        '<a href="javascript:x">x</a>',
        "<a href='//evil.test' href=/us/>",
        "<p>text &amp; &lt;",
        "</p>",
        "<table>",
        "<tr><td>",
        "</table>",
        "<svg>",
        "</svg>",
        "<math><mtext>",
        "<style>",
        "</style>",
        "<noscript>",
        "</noscript>",
        "<template>",
        "</template>",
        "<!--",
        "-->",
        "<pre>\n\n",
        "<b><i>",
        "</b>",
        "<form>",
        "<select><option>",
        "<area href=//evil.test>",
        "<svg><a xlink:href=//evil.test>",
        "<!DOCTYPE html>",
        "<html><head>",
        "<body>",
        "<textarea>",
        "</textarea>",
        "<title>",
        "'",
        '"',
        ">",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_gating_is_idempotent_and_leaves_no_way_out(html):
    gated = gate_links(html, US_GATE)
    assert gate_links(gated, US_GATE) == gated
    for scripting in (False, True):
        for link in links(gated, scripting=scripting):
            written = [link[name] for name in ("href", "xlink:href") if name in link]
            assert all(US_GATE.destination(href or "") is None for href in written)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_gating_never_changes_what_a_page_says(html):
    before = LexborHTMLParser(html).text()
    assert LexborHTMLParser(gate_links(html, US_GATE)).text() == before
