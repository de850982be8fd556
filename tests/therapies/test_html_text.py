"""The words of HTML: what visitors see or hear, joined as they meet it, and parted where they do not."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.matching.html_text import words_of, words_of_address
from therapies.matching.normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SEAM
from therapies.matching.product_names import Names

NAME = "SIR-Spheres"
NAMES = Names([(NAME, 1), ("90Y", 2), ("树脂微球", 3)])

NAMED = [
    # across inline tags, which join with nothing
    "SIR-Spheres",
    "<p>SIR-Spheres</p>",
    "<b>SIR</b>-Spheres",
    "<b>S</b><i>I</i><u>R</u>-<em><strong>Sph</strong></em>eres",
    "SIR<span>-</span>Spheres",
    "<a href=/x>SIR</a>-<a href=/y>Spheres</a>",
    "<my-element>SIR-</my-element>Spheres",
    "SIR<!-- a comment -->-Spheres",
    "SIR<script>x()</script>-Spheres",
    "SIR<style>b{}</style>-Spheres",
    "SIR-<template>words</template>Spheres",
    "SIR-<img src=x alt='a picture'>Spheres",
    "SIR-<a title='more' href=/x>Spheres</a>",
    "SIR-<input value=x>Spheres",
    "SIR-<svg><title>an icon</title><path/></svg>Spheres",
    "SIR-<span hidden>not shown</span>Spheres",
    "SIR-<div hidden>not <p>shown</p></div>Spheres",
    "SIR-<video src=x>no video</video>Spheres",
    "<s>SIR</s>-<del>Spheres</del>",
    # over two neighbours
    "<p>SIR-</p><p>Spheres</p>",
    "<p>SIR-</p>\n <p> Spheres</p>",
    "<h2>SIR-</h2><p>Spheres</p>",
    "<ul><li>SIR-<li>Spheres</ul>",
    "<div><p>One SIR-</p></div><div><ul><li>Spheres two</ul></div>",
    "<p>SIR<sup>1</sup></p><p>Spheres</p>",
    "<p>SIR-Sphe</p><p>res</p>",
    # turned around
    "<bdo dir=rtl>serehpS-RIS</bdo>",
    "<bdo dir=RTL>sere<b>hpS-R</b>IS</bdo>",
    "<bdo dir=rtl>serehp<bdo dir=ltr>S</bdo>-RIS</bdo>",
    "<p>&#8238;serehpS-RIS&#8236;</p>",
    # in an address to follow
    "<a href=/eu/sir-spheres/>x</a>",
    "<a href=https://www.sir-spheres.com/>x</a>",
    "<a href=https://sirspheres.example/?q=1>x</a>",
    "<a href='/%53IR%20Spheres'>x</a>",
    "<a href='/search?q=sir+spheres'>x</a>",
    "<svg><a xlink:href=/sir_spheres>x</a></svg>",
    "<form action=/sir-spheres/>",
    "SIR-<noscript>no scripts</noscript>Spheres",
    "SIR<script hidden>x()</script>TM-Spheres",
    "SIR(r<style hidden>b{}</style>)-Spheres",
    # line breaks that a visitor may see or not
    "SIR-<br>Spheres",
    "SIR<br/>Spheres",
    "SIR-\n  Spheres",
    "SIR-<wbr>Sphe<wbr>res",
    "SIR-Sphe&shy;res",
    # entities
    "SIR&#8209;Spheres",
    "SIR&nbsp;Spheres",
    "SIR&ndash;Spheres",
    "SIR-Spheres&reg;",
    "SIR&trade;-Spheres",
    "&#83;&#73;&#82;&hyphen;Spheres",
    "SIR-Spher&ZeroWidthSpace;es",
    "SIR&#x2029;&#x2029;Spheres",
    # raised and lowered
    "SIR-Spheres<sup>1</sup>",
    "SIR-Spheres<sup>TM</sup>",
    "SIR-Spheres<sup>&reg;</sup>Mikrosphären",
    "SIR<sup>®</sup>-Spheres",
    "SIR<sup>TM</sup>-Spheres",
    "SIR<sup>R</sup> Spheres",
    "SIR<sup>(R)</sup>Spheres",
    "SIR(<sup>R</sup>)-Spheres",
    "SIR<sup><a href=#r1>1</a></sup>-Spheres",
    "SIR<sup>1,2</sup>-Spheres",
    "SIR<sub>x</sub>-Spheres",
    "<sup>SIR-Spheres</sup>",
    "<sup>see SIR-Spheres, again</sup>",
    "<p>Footnote<sup>1</sup>SIR-Spheres",
    # blocks and everything else
    "<p>One</p><p>SIR-Spheres</p><p>Three</p>",
    "<ul><li>SIR-Spheres<li>x</ul>",
    "<table><tr><td>SIR-Spheres<td>x</table>",
    "<td>SIR-Spheres</td>",
    "<h2>SIR-<br>Spheres</h2>",
    "<details><summary>SIR-Spheres</summary></details>",
    "<select><optgroup><option>SIR-Spheres</select>",
    "<textarea>SIR-Spheres</textarea>",
    "<pre>SIR-\nSpheres</pre>",
    "<title>SIR-Spheres</title>",
    "<frameset><frame></frameset><p>SIR-Spheres",
    "<body><p>x</p></body></html>SIR-Spheres",
    "<div style='display:none'>SIR-Spheres</div>",
    "<p aria-hidden=true>SIR-Spheres",
    "<svg><text>SIR-<tspan>Spheres</tspan></text></svg>",
    "<svg><title>SIR-Spheres</title></svg>",
    "<svg><desc>SIR-Spheres</desc></svg>",
    "<math><mtext>SIR-Spheres</mtext></math>",
    "<ruby>SIR<rt>sir</rt>-Spheres</ruby>",
    "<ruby>x<rt>SIR-Spheres</rt></ruby>",
    "<template><p>SIR-<b>Spheres</b></template>",
    "<template><template>SIR-Spheres</template></template>",
    "<div><template shadowrootmode=open>SIR-Spheres</template></div>",
    "<noscript>SIR-Spheres</noscript>",
    "<noscript><!-- </noscript>SIR-Spheres<!-- --></noscript>",
    "<iframe srcdoc='<p>SIR-Spheres'></iframe>",
    "<iframe srcdoc=\"<iframe srcdoc='SIR-Spheres'>\"></iframe>",
    "<template><iframe srcdoc='SIR-Spheres'></iframe></template>",
    "<object>SIR-Spheres</object>",
    "<audio>SIR-Spheres</audio>",
    "<xmp>SIR-Spheres</xmp>",
    # attributes that are shown or announced
    "<img alt='SIR-Spheres'>",
    "<IMG ALT=SIR-Spheres>",
    "<img alt='SIR&#8209;Spheres&reg;'>",
    "<embed embedtype=image alt='SIR-Spheres' id=1>",
    "<a title='About SIR-Spheres'>x</a>",
    "<nav aria-label='SIR-Spheres'></nav>",
    "<p aria-description='SIR-Spheres'>",
    "<p aria-roledescription='SIR-Spheres'>",
    "<input aria-valuetext='SIR-Spheres'>",
    "<input placeholder='SIR-Spheres'>",
    "<input type=submit value='SIR-Spheres'>",
    "<option label='SIR-Spheres'>",
    "<track label='SIR-Spheres'>",
    "<meta name=description content='SIR-Spheres'>",
    "<table><th abbr='SIR-Spheres'></table>",
    "<a download='sir-spheres.pdf' href=/x>",
    "<svg><a title='SIR-Spheres'></a></svg>",
    "<template><img alt='SIR-Spheres'></template>",
    "<iframe title='SIR-Spheres'></iframe>",
    "<script title='SIR-Spheres'></script>",
    "<body title='SIR-Spheres'>",
    "<html aria-label='SIR-Spheres'>",
    "<p title='x' title='y' alt='SIR-Spheres'>",
]

UNNAMED = [
    "<p>SIR-</p><p>x</p><p>Spheres</p>",
    "<p>SIR.</p><p>Spheres</p>",
    "<p>SIR-</p><hr><p>Spheres</p>",
    "<p>SIR-</p><table><tr><td>Spheres</table>",
    "<a href=/sir/><a href=/spheres/>",
    "<bdo dir=rtl>SRI-serehpS</bdo>",
    "<p>Y</p><p>90</p>",
    "<table><tr><td>SIR-<td>Spheres</table>",
    "<table><caption>SIR-</caption><tr><td>Spheres</table>",
    "<dl><dt>SIR-<dd>Spheres</dl>",
    "SIR-<hr>Spheres",
    "<select><option>SIR-<option>Spheres</select>",
    "<summary>SIR-</summary>Spheres",
    "<img alt=SIR-><img alt=Spheres>",
    "<img alt=SIR- title=Spheres>",
    "SIR-<img alt=Spheres>",
    "<p title=SIR->Spheres</p>",
    "SIR<b>x</b>-Spheres",
    "SIR-<b>x</b>Spheres",
    "SIR-Spheres<b>que</b>",
    "<b>x</b>SIR-Spheres",
    "SIR-Spheres<wbr>que",
    "<script>SIR-Spheres</script>",
    "<style>SIR-Spheres{}</style>",
    "<!-- SIR-Spheres -->",
    "<svg><style><g>SIR-Spheres</g></style></svg>",
    "<iframe>SIR-Spheres</iframe>",
    "<noframes>SIR-Spheres</noframes>",
    "<p class='SIR-Spheres' id=SIR-Spheres data-x=SIR-Spheres>",
    "<sir-spheres></sir-spheres>",
    "Y<sup>90</sup>",
    "<sup>9</sup>0Yx",
    "<template>SIR-</template>Spheres",
    "<iframe srcdoc='SIR-'></iframe>Spheres",
    "SIR&amp;nbsp;Spheres",
    "",
    " ",
    "<p></p>",
]


@pytest.mark.parametrize("html", NAMED)
def test_a_name_is_found_in_what_visitors_see_or_hear(html):
    assert NAME in [mention.name for mention in NAMES.find(words_of(html))]


@pytest.mark.parametrize("html", UNNAMED)
def test_no_name_is_made_up_of_what_stands_apart_or_is_not_shown(html):
    assert NAMES.find(words_of(html)) == []


@pytest.mark.parametrize(
    "html", ["<sup>90</sup>Y", "⁹⁰Y", "<sub>90</sub>-Y", "<sup>9</sup><sup>0</sup>Y", "90<b>Y</b>"]
)
def test_raised_numbers_belong_to_a_name_that_has_them(html):
    assert [mention.name for mention in NAMES.find(words_of(html))] == ["90Y"]


def test_readings_above_a_name_do_not_part_it():
    html = "<ruby>树<rp>(</rp><rt>shù</rt><rp>)</rp>脂<rt>zhī</rt>微<rt>wēi</rt>球<rt>qiú</rt></ruby>"
    assert [mention.product for mention in NAMES.find(words_of(html))] == [3]


def test_words_stand_in_the_page_s_order_with_breaks_between_blocks_and_attributes_last():
    html = "<h1 title='Four'>One</h1> <p>Two <b>th</b>ree<br>and<sup>1</sup>\n more</p><p> </p>"
    expected = ["One", f"Two three and{ASIDE_OPENS}1{ASIDE_CLOSES} more", "Four"]
    passages = (passage.split() for passage in re.split(f"{BREAK}|{SEAM}", words_of(html)))
    assert [" ".join(words) for words in passages if words] == expected


def test_frames_within_frames_are_read_once_each():
    html = f"<noscript></noscript>{NAME}"
    for _ in range(20):
        html = f"<noscript></noscript><iframe srcdoc='{escape(html)}'></iframe>"
    assert words_of(html).count(NAME) == 2  # with scripts and without


def test_plain_text_is_its_own_words():
    assert words_of("Just  words &amp; signs") == "Just  words & signs"


INLINE = st.sampled_from(["b", "i", "em", "span", "a", "mark", "x-y", "small", "code", "font"])
BETWEEN = st.sampled_from(
    ["", "<!--x-->", "<wbr>", "&shy;", "<script>1</script>", "&#8203;", "<img alt=x>", "<b></b>"]
)
OUTER = st.sampled_from(
    ["p", "div", "li", "td", "h2", "section", "template", "figure", "sup", "label", "button"]
)


@st.composite
def markups(draw):
    """Return the name in HTML, each letter in tags of its own or none, within any elements."""
    html = ""
    for letter in NAME:
        tag = draw(INLINE | st.none())
        html += f"<{tag}>{letter}</{tag}>" if tag else letter
        html += draw(BETWEEN)
    for tag in draw(st.lists(OUTER, max_size=4)):
        html = f"<{tag}>{escape(draw(st.text(max_size=5)))} {html} <i>after</i></{tag}>"
    return html


@given(markups(), st.text(max_size=20), st.text(max_size=20))
def test_a_name_anywhere_in_visible_content_is_found(html, before, after):
    found = NAMES.find(words_of(f"<p>{escape(before)} </p>{html}<p>{escape(after)}"))
    assert NAME in [mention.name for mention in found]


@given(st.text() | st.text(st.sampled_from("<>/ab='\"&; supscriptemplate!-\0\ud800\u2029")))
def test_no_html_is_too_odd(html):
    assert isinstance(words_of(html), str)


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("xn--lpiodol-rog", "lіpiodol"),
        ("XN--LPIODOL-ROG.example", "LіPIODOL.example"),
        ("xn--99999999", "xn--99999999"),
        ("xn--a-rc4g", "xn--a-rc4g"),  # half a pair of surrogates
        ("xn--" + "a" * 60, "xn--" + "a" * 60),
    ],
)
def test_a_host_in_another_script_is_read_as_it_is_shown(host, words):
    assert words_of_address(host) == words
