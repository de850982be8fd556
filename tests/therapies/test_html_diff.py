"""Two versions of a page as one: what was added and removed is marked, and nothing else is touched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from therapies.comparing.html_diff import Said, differ, mark

SAID = Said(("Removed:", "End."), ("Added:", "End."))
SPOKEN = re.compile(r'<span class="w-sr-only">.*?</span>')


def marked(old: str, new: str) -> str:
    return SPOKEN.sub("", mark(old, new, SAID))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>Same.</p>", "<p>Same.</p>", "<p>Same.</p>"),
        (
            "<p>It treats one disease.</p>",
            "<p>It treats two diseases.</p>",
            "<p>It treats <del>one disease</del><ins>two diseases</ins>.</p>",
        ),
        ("<p>a b</p>", "<p>a <b>b</b></p>", "<p>a <del>b</del><b><ins>b</ins></b></p>"),
        (
            "<p>10<sup>9</sup> Bq</p>",
            "<p>109 Bq</p>",
            "<p><del>10<sup>9</sup></del><ins>109</ins> Bq</p>",
        ),
        ("<p>a</p><p>b</p><p>c</p>", "<p>a</p>", "<p>a</p><p><del>b</del></p><p><del>c</del></p>"),
        ("<p>b</p><p>c</p><p>a</p>", "<p>a</p>", "<p><del>b</del></p><p><del>c</del></p><p>a</p>"),
        ("", "<p>a &lt;b&gt;</p>", "<p><ins>a &lt;b&gt;</ins></p>"),
        ("<p>a &lt;b&gt;</p>", "", "<p><del>a &lt;b&gt;</del></p>"),
        (
            "<ul><li>one</li><li>two</li></ul>",
            "<ul><li>one</li></ul>",
            "<ul><li>one</li><li><del>two</del></li></ul>",
        ),
        (
            "<p>x</p><ol><li>one</li></ol><p>z</p>",
            "<p>x</p><p>z</p>",
            "<p>x</p><ul><li><del>one</del></li></ul><p>z</p>",
        ),
        (
            "<p>a line</p>",
            "<ul><li>a line</li></ul>",
            "<ul><li><ins>a line</ins></li></ul><p><del>a line</del></p>",
        ),
        (
            "<section><h2>A</h2><p>gone</p></section><section><h2>B</h2></section>",
            "<section><h2>A</h2></section><section><h2>B</h2></section>",
            "<section><h2>A</h2><p><del>gone</del></p></section><section><h2>B</h2></section>",
        ),
        (
            '<figure><img src="a" alt="x"></figure>',
            '<figure><img src="b" alt="x"></figure>',
            '<figure><del><img src="a" alt="x"></del><ins><img src="b" alt="x"></ins></figure>',
        ),
        ("<dl><dd>x</dd></dl>", "<dl><dd>y</dd></dl>", "<p><del>x</del></p><dl><dd><ins>y</ins></dd></dl>"),
        ("<p>a</p>", "<p>a<br>b</p>", "<p>a<ins>↵<br></ins><ins>b</ins></p>"),
        ("<div>a <i>b</i></div>", "<div>a</div>", "<div>a<del> <i>b</i></del></div>"),
        ("<p>a</p><script>1</script>", "<p>a</p><script>2</script>", "<p>a</p><script>2</script>"),
    ],
)
def test_what_differs_is_marked_where_it_stands(old, new, shown):
    found = marked(old, new)
    assert found == shown
    assert differ(old, new) == (found != new)


def test_screen_readers_are_told_where_a_change_begins_and_ends():
    said = [
        node.text(strip=True) for node in LexborHTMLParser(mark("<p>a</p>", "<p>b</p>", SAID)).css("span")
    ]
    assert said == ["Removed:", "End.", "Added:", "End."]


@given(*[st.lists(st.sampled_from(["<p>a b</p>", "<p>a c d</p>", "<h2>e</h2>", "<ul><li>f</li></ul>"]))] * 2)
def test_without_what_is_marked_each_version_has_its_words(old, new):
    tree = LexborHTMLParser(marked("".join(old), "".join(new)))
    for tag, html in (("del", new), ("ins", old)):
        copy = tree.clone()
        for node in copy.css(tag):
            node.decompose()
        words = [re.sub(r"<[^>]+>", "", one) for one in html]
        assert sorted("".join(copy.text().split())) == sorted("".join("".join(words).split()))
