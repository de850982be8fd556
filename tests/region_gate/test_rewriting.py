"""What a page's HTML becomes: every crossing gated, everything else as it was."""

from html import escape, unescape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from region_gate.html import rewriting
from region_gate.html.parse_modes import parts
from region_gate.html.rewriting import Gate, UnstableMarkupError, gate_links
from region_gate.html.survey import LinkOutcome, survey
from region_gate.links.destinations import Viewpoint
from region_gate.links.policies import Decision, Policies, PolicyRule
from region_gate.links.signing import read
from tests.region_gate.world import (
    CASES,
    HOSTILE_ADDRESSES,
    HOSTILE_HTML,
    INERT_ADDRESSES,
    KEYS,
    REGIONS,
    US_GATE,
    US_PAGE,
)

THIRD_PARTY = '<a href="https://evil.test/">L</a>'
GIVEN = [case for case in CASES["html"] if "untouched" not in case["expected"]]
WRITABLE = [case for case in HOSTILE_ADDRESSES if "\x00" not in case["href"]]
AWAY = ("cross-region", "third-party", "block")
LEFT_ALONE = [case["html"] for case in CASES["html"] if "untouched" in case["expected"]]


def links(html: str, *, scripting: bool = False) -> list[dict[str, str | None]]:
    """Return the attributes of every link, templates included, as a browser finds them."""
    tree = LexborHTMLParser(html, scripting=scripting)
    return [link.attributes for part in parts(tree) for link in part.css("a, area")]


def only_link(html: str) -> dict[str, str | None]:
    (link,) = links(gate_links(html, US_GATE))
    return link


def destination_of(href: str | None) -> str:
    path, _, query = (href or "").partition("?")
    assert path == "/leaving/"
    return read(query, KEYS).crossing.to


@pytest.mark.parametrize("case", GIVEN, ids=lambda case: case["html"])
def test_given_html_is_gated_or_blocked_as_expected(case):
    gated = gate_links(case["html"], US_GATE)
    may_be_blocked = "third-party" not in case["expected"] or "refused" in case["expected"]
    assert "data-crossing" in gated or may_be_blocked
    assert all(finding.outcome is LinkOutcome.PASSED for finding in survey(gated, US_GATE))
    assert any(finding.outcome is not LinkOutcome.PASSED for finding in survey(case["html"], US_GATE))


@pytest.mark.parametrize("html", LEFT_ALONE)
def test_given_html_that_is_no_link_stays_byte_for_byte(html):
    assert gate_links(html, US_GATE) is html
    assert html in gate_links(f"{THIRD_PARTY}{html}", US_GATE)


def test_a_third_party_link_leads_to_its_notice():
    link = only_link('<a class=x href="https://evil.test/a?b&amp;c" download ping="//evil.test">L</a>')
    assert destination_of(link.pop("href")) == "https://evil.test/a?b&c"
    assert link == {"class": "x", "data-crossing": "third-party"}


@pytest.mark.parametrize("filling", ["a", "&amp;", "%25"])
def test_a_link_of_4000_characters_leads_to_its_notice(filling):
    href = "https://evil.test/?" + filling * ((4000 - 19) // len(unescape(filling)))
    link = only_link(f'<a href="{href}">L</a>')
    assert destination_of(link["href"]) == unescape(href)
    assert len(link["href"] or "") < 7900


def test_a_link_to_another_region_leads_to_its_notice():
    link = only_link('<a href="/EU/x/">L</a>')
    assert destination_of(link["href"]) == "https://www.example.com/EU/x/"
    assert link["data-crossing"] == "cross-region"


def test_a_blocked_link_keeps_its_text_and_loses_its_address():
    gated = gate_links('<p>See <a href="javascript:steal()" id=x>this</a>.</p>', US_GATE)
    assert gated == '<p>See <a id="x" data-blocked="scheme">this</a>.</p>'


@pytest.mark.parametrize(("href", "is_inert"), [case for case in INERT_ADDRESSES if "\0" not in case[0]])
@pytest.mark.parametrize("place", ['<a class="menu" href="{}">L</a>', '<svg><a xlink:href="{}"></a></svg>'])
def test_a_link_keeps_an_address_that_does_nothing_and_no_other_script(place, href, is_inert):
    html = place.format(attribute(href))
    is_kept = is_inert or US_GATE.destination(href) is None  # as a path, such as "javascript"
    assert (gate_links(html, US_GATE) is html) is is_kept


def test_both_addresses_of_an_svg_link_are_gated():
    link = only_link('<svg><a href="https://evil.test/" xlink:href="/eu/"><text>L</text></a></svg>')
    assert destination_of(link["href"]) == "https://evil.test/"
    assert destination_of(link["xlink:href"]) == "https://www.example.com/eu/"


def test_a_ping_is_taken_off_a_link_that_passes():
    assert only_link('<a href="/us/" ping="https://evil.test/">L</a>') == {"href": "/us/"}


@pytest.mark.parametrize("case", HOSTILE_HTML, ids=lambda case: ascii(case["html"]))
def test_hostile_html_has_these_ways_out_and_no_other(case):
    found = [
        finding for finding in survey(case["html"], US_GATE) if finding.outcome is not LinkOutcome.PASSED
    ]
    stopped = [f"{finding.outcome} {finding.element} {finding.attribute}".strip() for finding in found]
    assert stopped == case["stopped"]


@pytest.mark.parametrize("case", HOSTILE_HTML, ids=lambda case: ascii(case["html"]))
def test_no_hostile_html_has_a_way_out_however_it_is_read(case):
    gated = gate_links(case["html"], US_GATE)
    if not case["stopped"]:
        assert gated is case["html"]
    for page in (gated, f"<!DOCTYPE html><html><body>{gated}"):
        for scripting in (False, True):
            for link in links(page, scripting=scripting):
                written = [link[name] for name in ("href", "xlink:href") if name in link]
                assert all(US_GATE.destination(href or "") is None for href in written)
    assert gate_links(gated, US_GATE) is gated


SCRIPT = '<script src="/gate.js" data-gate="/leaving/"></script>'
POLICIES = Policies(
    [
        PolicyRule(Decision.EXEMPT, "law.test", "/info/"),
        PolicyRule(Decision.NEUTRAL, "ours.test", number=1),
        PolicyRule(Decision.OURS, "us.test", region="us", number=2),
        PolicyRule(Decision.OURS, "eu.test", region="eu", number=3),
        PolicyRule(Decision.BLOCKED, "blocked.test", number=4),
        PolicyRule(Decision.HOMEPAGE_ONLY, "home.test", number=5),
        PolicyRule(Decision.NEUTRAL, "www.example.com", "/eu/shared/", number=6),
    ]
)
POLICY_GATE = Gate(Viewpoint.at(US_PAGE, REGIONS, POLICIES), "/leaving/", KEYS)


def told(html: str, gate: Gate = POLICY_GATE) -> dict[str, str | None]:
    """Return the attributes of the gate's script on a page of `html`."""
    gated = gate_links(SCRIPT + html, gate)
    assert gate_links(gated, gate) == gated
    (script,) = LexborHTMLParser(gated).css("script[data-gate]")
    return script.attributes


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<a href="https://law.test/info/?a&amp;b#c">L</a>', "https://law.test/info/?a&b#c"),
        ('<a href="//LAW.test/info/a b">L</a>', "https://law.test/info/a%20b"),
        ('<a href="https://ours.test">L</a>', "https://ours.test/"),
        ('<svg><a xlink:href="https://us.test/x"></a></svg>', "https://us.test/x"),
        ('<form action="https://law.test/info/send"></form>', "https://law.test/info/send"),
        ('<template><a href="https://law.test/info/">L</a></template>', "https://law.test/info/"),
        ('<noscript><a href="https://law.test/info/">L</a></noscript>', "https://law.test/info/"),
        ('<a href="../../eu/shared/x">L</a>', "https://www.example.com/eu/shared/x"),
    ],
)
def test_the_script_is_told_what_only_a_policy_lets_pass(html, address):
    assert told(html)["data-exceptions"] == address


def test_it_is_told_each_address_once_and_in_order():
    html = "".join(f'<a href="https://law.test/info/{name}">L</a>' for name in "bab")
    assert told(html)["data-exceptions"] == "https://law.test/info/a https://law.test/info/b"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/us/x">L</a><a href="#x">L</a><a href="?x">L</a><a href="mailto:a@b.test">L</a>',
        *(f'<a href="https://{host}.test/x">L</a>' for host in ("law", "eu", "blocked", "home", "evil")),
        '<a href="https://home.test/">L</a>',
        '<a href="https://law.test\\@evil.test/info/">L</a>',
        '<a data-exceptions="https://evil.test/" href="https://evil.test/">L</a>',
    ],
)
def test_it_is_not_told_what_stays_or_is_stopped(html):
    assert "data-exceptions" not in told(html)


def test_no_other_script_s_claim_is_passed_on():
    gated = gate_links(
        f'{SCRIPT}<script data-gate data-exceptions="https://evil.test/"></script>', POLICY_GATE
    )
    (ours, _) = LexborHTMLParser(gated).css("script[data-gate]")
    assert "data-exceptions" not in ours.attributes


def test_on_a_notice_s_page_the_script_is_told_where_continue_leads():
    gate = Gate(Viewpoint.at(US_PAGE, REGIONS), "/leaving/", KEYS, passed="https://evil.test/")
    attributes = told('<a href="https://evil.test/">Continue</a>', gate)
    assert attributes["data-passed"] == "https://evil.test/"
    assert "data-exceptions" not in attributes


def test_a_page_without_the_script_stays_byte_for_byte():
    html = "<a href=https://law.test/info/>L</a>"
    assert gate_links(html, POLICY_GATE) is html


@pytest.mark.parametrize("html", ["", " ", "\ufeff", "<>", "&lt;a href=//evil.test>"])
def test_what_holds_no_element_stays_as_it_is(html):
    assert gate_links(html, US_GATE) is html


@pytest.mark.parametrize(
    "place",
    [
        '<a href="{}">L</a>',
        '<area href="{}">',
        '<svg><a xlink:href="{}"></a></svg>',
        '<math><mi href="{}"></mi></math>',
        '<svg><set attributeName="href" to="{}"></set></svg>',
        '<form action="{}"></form>',
        '<button formaction="{}"></button>',
        '<iframe src="{}"></iframe>',
        '<object data="{}"></object>',
        '<link rel="prefetch" href="{}">',
    ],
)
def test_hostile_addresses_are_stopped_in_every_place(place):
    stopped = {case["href"] for case in WRITABLE if is_stopped(place.format(attribute(case["href"])))}
    assert stopped == {case["href"] for case in WRITABLE if case["expected"].startswith(AWAY)}


def is_stopped(html: str) -> bool:
    gated = gate_links(html, US_GATE)
    assert all(finding.outcome is LinkOutcome.PASSED for finding in survey(gated, US_GATE))
    return "data-crossing" in gated or "data-blocked" in gated


def attribute(href: str) -> str:
    """Return `href` as an attribute's text that a browser reads as just that."""
    return escape(href).replace("\r", "&#13;")


def test_an_xlink_before_the_href_does_not_shield_it():
    link = only_link('<svg><a xlink:href="/us/" href="https://evil.test/">L</a></svg>')
    assert destination_of(link["href"]) == "https://evil.test/"
    assert "xlink:href" not in link


def test_a_form_that_would_post_elsewhere_goes_nowhere_not_even_here():
    gated = gate_links(
        '<form action="//evil.test" method="post" id="f"><button formmethod="post">1</button></form>'
        '<button form="f" formmethod="get">2</button>',
        US_GATE,
    )
    assert gated == (
        '<form method="dialog" id="f" data-blocked="third-party">'
        '<button formmethod="dialog">1</button></form>'
        '<button form="f" formmethod="dialog">2</button>'
    )


def test_a_button_that_would_post_elsewhere_goes_nowhere_and_the_others_go_on():
    gated = gate_links(
        '<form action="/us/"><button formaction="/eu/">1</button><button formmethod="get">2</button></form>',
        US_GATE,
    )
    assert gated == (
        '<form action="/us/"><button data-blocked="cross-region" formmethod="dialog">1</button>'
        '<button formmethod="get">2</button></form>'
    )


def test_a_framed_document_is_gated_as_the_page_is():
    gated = gate_links("<iframe srcdoc='<p><a target=_top href=//evil.test>L</a>'></iframe>", US_GATE)
    document = LexborHTMLParser(gated).css_first("iframe").attributes["srcdoc"]
    assert destination_of(only_link(document or "")["href"]) == "https://evil.test/"


def test_speculation_rules_that_lead_away_become_mere_text():
    gated = gate_links('<script type="speculationrules">{"prefetch": [{"urls": ["/eu/"]}]}</script>', US_GATE)
    assert gated == (
        '<script type="text/plain" data-blocked="cross-region">{"prefetch": [{"urls": ["/eu/"]}]}</script>'
    )


def test_a_refresh_that_leads_away_is_taken():
    gated = gate_links('<meta http-equiv="refresh" content="0;url=/eu/">', US_GATE)
    assert gated == '<meta http-equiv="refresh" data-blocked="cross-region">'


def test_an_animation_that_leads_away_stands_still():
    gated = gate_links('<svg><set attributeName="href" to="//evil.test"></set></svg>', US_GATE)
    assert gated == '<svg><set to="//evil.test" data-blocked="third-party"></set></svg>'


def test_an_animation_that_leads_away_twice_is_stilled_once():
    values = "https://evil.test/;https://b.test/"
    gated = gate_links(f'<svg><animate attributeName="href" values="{values}"></animate></svg>', US_GATE)
    assert gated == f'<svg><animate values="{values}" data-blocked="third-party"></animate></svg>'


def test_cdata_in_a_select_is_written_out_as_the_text_it_is():
    """Older browsers know no drawing in a select, and end the CDATA section with the first tag."""
    html = "<select><option><svg><![CDATA[></select><a href=//evil.test>L</a>]]></svg></select>"
    gated = gate_links(html, US_GATE)
    assert "<a" not in gated
    assert "&lt;a href=//evil.test&gt;" in gated
    assert gate_links(gated, US_GATE) is gated


def test_a_script_in_a_page_with_a_select_may_speak_of_cdata():
    html = "<select><svg></svg></select><script>'<![CDATA['</script>"
    assert "<script>'<![CDATA['</script>" in gate_links(html, US_GATE)


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
    monkeypatch.setattr(rewriting, "_gate_once", lambda html, gate, reading: rewriting.Gated(f"{html}x"))
    with pytest.raises(UnstableMarkupError):
        gate_links("<!doctype html><a href=/x>", US_GATE)


UNHURRIED = settings(deadline=None)
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
        "<xmp>",
        "</xmp>",
        "<frameset>",
        "<iframe srcdoc='<a href=//evil.test>'>",
        "</iframe>",
        "<form action=//evil.test>",
        "<button formmethod=post>",
        "<button formaction=/eu/>",
        "<input type=image formaction=//evil.test>",
        "<meta http-equiv=refresh content='0;url=/eu/'>",
        "<base href=//evil.test>",
        "<set attributeName=href to=//evil.test>",
        "<math><mi href=//evil.test>",
        "<annotation-xml encoding=text/html>",
        "<foreignObject>",
        "<desc>",
        "<link rel=prefetch href=//evil.test>",
        "<script type=speculationrules>",
        "</script>",
        "<template shadowrootmode=open>",
        "<select>",
        "</select>",
        "<![CDATA[",
        "]]>",
        "'",
        '"',
        ">",
    ]
)


@UNHURRIED
@given(st.lists(PIECES, max_size=12).map("".join))
def test_gating_is_idempotent_and_leaves_no_way_out(html):
    gated = gate_links(html, US_GATE)
    assert gate_links(gated, US_GATE) == gated
    for scripting in (False, True):
        for link in links(gated, scripting=scripting):
            written = [link[name] for name in ("href", "xlink:href") if name in link]
            assert all(US_GATE.destination(href or "") is None for href in written)


LINK_ATTRIBUTES = {
    *("href", "xlink:href", "ping", "attributionsrc", "download", "action", "formaction", "formmethod"),
    *("method", "content", "src", "data", "codebase", "attributeName", "type", "srcdoc"),
    *("data-crossing", "data-blocked"),
}


def skeleton(html: str) -> list[tuple[object, ...]]:
    """Return a page's elements and texts without what the gate may change, templates included."""
    found: list[tuple[object, ...]] = []
    for part in parts(LexborHTMLParser(html)):
        for node in part.traverse(include_text=True):
            kept = {name: text for name, text in node.attributes.items() if name not in LINK_ATTRIBUTES}
            found.append((node.tag, node.text_content, tuple(kept.items())))
    return found


def is_ambivalent(html: str) -> bool:
    """Say whether browsers show `html` differently: text in a select, which goes, and beside a frameset."""
    return "<frameset" in html or any(
        not finding.attribute and finding.element != "script" for finding in survey(html, US_GATE)
    )


@UNHURRIED
@given(st.lists(PIECES, max_size=12).map("".join))
def test_gating_never_changes_what_a_page_shows(html):
    """Where a page's HTML keeps its meaning when written out, the gate changes nothing but ways out."""
    html = LexborHTMLParser(html).html or ""
    assume(LexborHTMLParser(html).html == html and not is_ambivalent(html))
    gated = gate_links(html, US_GATE)
    assert skeleton(gated) == skeleton(html)


@UNHURRIED
@given(st.lists(PIECES, max_size=12).map("".join))
def test_gating_never_changes_what_a_page_says(html):
    assume(not is_ambivalent(html))
    before = LexborHTMLParser(html).text()
    assert LexborHTMLParser(gate_links(html, US_GATE)).text() == before


@UNHURRIED
@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_survey_finds_what_is_stopped_and_nothing_is_left(html):
    is_stopped = any(finding.outcome is not LinkOutcome.PASSED for finding in survey(html, US_GATE))
    gated = gate_links(html, US_GATE)
    assert (gated != html) is is_stopped
    assert all(finding.outcome is LinkOutcome.PASSED for finding in survey(gated, US_GATE))


ADDRESSES = st.sampled_from([case["href"] for case in WRITABLE])


@UNHURRIED
@given(ADDRESSES, ADDRESSES)
def test_an_address_written_after_another_changes_nothing(first, second):
    """Whatever two addresses a page holds, each is judged by itself."""
    html = "".join(f'<a href="{attribute(href)}">L</a>' for href in (first, second))
    stopped = ["data-crossing" in link or "data-blocked" in link for link in links(gate_links(html, US_GATE))]
    assert stopped == [US_GATE.destination(href) is not None for href in (first, second)]
