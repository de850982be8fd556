"""The words that were searched for are marked, and nothing of a text is taken for HTML."""

import pytest

from explorer.marking import AROUND, excerpt, marked


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("Liver metastases", ["liv"], "<mark>Liv</mark>er metastases"),
        ("Liver and LIVER", ["liver"], "<mark>Liver</mark> and <mark>LIVER</mark>"),
        ("Delivery", ["liv"], "Delivery"),
        ("über Leber", ["über"], "<mark>über</mark> Leber"),
        ("a & <b>", ["b"], "a &amp; &lt;<mark>b</mark>&gt;"),
        ("C++ (new)", ["c++"], "<mark>C++</mark> (new)"),
        ("liver", ["liver", "liv"], "<mark>liver</mark>"),
        ("<mark>", ["x"], "&lt;mark&gt;"),
        ("plain", [], "plain"),
        ("plain", [""], "plain"),
    ],
)
def test_marked(text, words, html):
    assert marked(text, words) == html


def test_an_excerpt_stands_around_the_first_of_the_words():
    text = f"{'a ' * 100}liver{' b' * 100}"
    found = excerpt(text, ["liver"])
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "<mark>liver</mark>" in found
    assert len(found) < 2 * AROUND + 40


@pytest.mark.parametrize("words", [["heart"], [], [""]])
def test_where_none_of_the_words_stands_there_is_no_excerpt(words):
    assert excerpt("liver", words) == ""
