"""What visitors read or hear in a piece of HTML."""

import pytest

from therapies.names import Names
from therapies.wording import BREAK, words_of

NAMES = Names([("SIR-Spheres", 1), ("90Y", 2)])


@pytest.mark.parametrize(
    "html",
    [
        "<p>SIR-Spheres</p>",
        "<p>SIR-<b>Spheres</b></p>",
        "<p>S<i>I</i>R-<b>Sph</b>eres</p>",
        "<p>SIR<br>Spheres</p>",
        "<p>SIR-<br/>Spheres</p>",
        "<p>SIR-<wbr>Spheres</p>",
        "<p>SIR-&shy;Spheres</p>",
        "<p>SIR&nbsp;Spheres</p>",
        "<p>SIR&#8209;Spheres&reg;</p>",
        "<p>SIR-Spheres<sup>1</sup></p>",
        "<p>SIR-Spheres<sup>TM</sup></p>",
        "<p>SIR-Spheres<sup>®</sup> microspheres</p>",
        "<p>SIR-<!-- hidden -->Spheres</p>",
        "<p>SIR-<span></span>Spheres</p>",
        "<p>SIR-\n   Spheres</p>",
        '<img src="a" alt="A vial of SIR-Spheres">',
        '<a href="/" title="SIR-Spheres">More</a>',
        '<span aria-label="SIR-Spheres">x</span>',
        '<input placeholder="SIR-Spheres">',
        '<button value="SIR-Spheres">x</button>',
        '<input type="submit" value="SIR-Spheres">',
        '<meta name="description" content="SIR-Spheres">',
        "<template><p>SIR-Spheres</p></template>",
        "<noscript>SIR-Spheres</noscript>",
        "<details><summary>SIR-Spheres</summary></details>",
        "<svg><text>SIR-Spheres</text></svg>",
        "<svg><title>SIR-Spheres</title></svg>",
        "<table><tr><td>SIR-Spheres</td></tr></table>",
        "<ruby>SIR-Spheres<rt>x</rt></ruby>",
        "<p>SIR-Spheres",
        "SIR-Spheres",
    ],
)
def test_words_run_on_across_inline_tags(html):
    assert [mention.product for mention in NAMES.find(words_of(html))] == [1]


@pytest.mark.parametrize("html", ["<p><sup>90</sup>Y</p>", "<p>(<sup>90</sup>Y)</p>", "⁹⁰Y"])
def test_an_isotope_is_read_as_it_is_written(html):
    assert [mention.product for mention in NAMES.find(words_of(html))] == [2]


@pytest.mark.parametrize(
    "html",
    [
        "<p>SIR</p><p>Spheres</p>",
        "<ul><li>SIR</li><li>Spheres</li></ul>",
        "<h2>SIR</h2>Spheres",
        "<table><tr><td>SIR</td><td>Spheres</td></tr></table>",
        "<p>SIR</p>Spheres",
        "<div>SIR<div>Spheres</div></div>",
        "<p>SIR<hr>Spheres</p>",
        '<p>SIR<img alt="x">Spheres</p>',
        '<img alt="SIR"><img alt="Spheres">',
        "<script>SIR-Spheres</script>",
        "<style>.SIR-Spheres {}</style>",
        "<!-- SIR-Spheres -->",
        '<a href="/SIR-Spheres/">More</a>',
        '<p class="SIR-Spheres" id="SIR-Spheres" data-x="SIR-Spheres">More</p>',
    ],
)
def test_what_stands_apart_or_out_of_sight_makes_no_name(html):
    assert NAMES.find(words_of(html)) == []


def test_blocks_are_set_apart():
    parts = words_of("<p>One <b>two</b></p><p>three</p>").split(BREAK.strip())
    assert [part.strip() for part in parts if part.strip()] == ["One two", "three"]
