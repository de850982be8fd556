"""The words that visitors read or hear in a piece of HTML (HTML Standard, section 15.3)."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Stands between words of which no name can be made: it is neither a letter nor a space nor a hyphen.
BREAK = " ¶ "
# Sets raised and lowered letters apart, and yet no name asunder: a hair space.
APART = "\u200a"
ANNOUNCED = ("alt", "title", "aria-label", "aria-description", "placeholder", "label", "summary", "content")
UNSEEN = "script, style"
APART_TAGS = "sup, sub"
# Of all other elements, the text runs on.
BREAKING = """
    address, article, aside, audio, blockquote, body, button, caption, center, dd, details, dialog, div, dl,
    dt, fieldset, figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, head, header, hgroup, hr,
    iframe, img, input, legend, li, main, map, menu, nav, object, ol, optgroup, option, p, pre, rp, rt,
    search, section, select, summary, table, tbody, td, textarea, tfoot, th, thead, title, tr, ul, video
"""


def words_of(html: str) -> str:
    """Return the words of `html`: run on across inline tags, parted by `BREAK` at the ends of blocks.

    What is announced only, such as a picture's alternative text, comes last. A line's break is a space.
    """
    tree = LexborHTMLParser(html, is_fragment=True)
    if tree.root is None:
        return ""
    return "".join(_words(tree.root)).strip()


def _words(part: LexborNode) -> Iterator[str]:
    for template in part.template_fragments():  # which no walk enters, and scripts may clone
        yield from _words(template)
        yield BREAK
    announced = [*_announced(part)]
    for node in part.css(UNSEEN):
        node.decompose()
    for selector, mark in ((BREAKING, BREAK), (APART_TAGS, APART)):
        for node in part.css(selector):
            node.insert_before(mark)
            node.insert_after(mark)
    for line_end in part.css("br"):
        line_end.replace_with("\n")
    yield part.text()
    for words in announced:
        yield f"{BREAK}{words}"


def _announced(part: LexborNode) -> Iterator[str]:
    for name in ANNOUNCED:
        for node in part.css(f"[{name}]"):
            if words := node.attributes.get(name):
                yield words
    for node in part.css("input[value], button[value]"):
        yield node.attributes.get("value") or ""
