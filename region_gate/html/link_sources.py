"""The places in HTML that lead out of a page, and what closes each of them (HTML and SVG Standards)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from region_gate.html.meta_refresh import refresh_addresses
from region_gate.html.speculation_rules import speculated_addresses
from region_gate.links.destinations import Destination

# What a browser follows before a visitor does. It fetches the other relations only as parts of the
# page at hand, which is the Content Security Policy's business.
AHEAD = frozenset({"prefetch", "prerender", "next", "preconnect", "dns-prefetch"})
ANIMATIONS = ("set", "animate", "animateColor", "animateMotion", "animateTransform")
ANIMATED_VALUES = ("from", "to", "by")
# Older browsers ignore these tags in a select, and read as markup what newer ones take for text.
TEXT_IN_SELECT = "style, xmp, iframe, noembed, noframes, title, textarea, plaintext"

Close = Callable[[LexborNode, str, str], None]


@dataclass(frozen=True, slots=True)
class LinkSource:
    """A kind of place that leads somewhere.

    `close` takes the address away from an element (its attribute, and why). `is_page` says whether
    a visitor sees what it leads to, so that the notice may stand there instead; `is_refused`,
    whether it is closed wherever it leads; `is_media`, whether it is something to be played, which
    leads nowhere when it is the page's own data.
    """

    close: Close
    is_page: bool = False
    is_refused: bool = False
    is_media: bool = False


class FoundLink(NamedTuple):
    """A way out as written: the element, the attribute (blank for its text), the address, the place."""

    node: LexborNode
    attribute: str
    href: str
    place: LinkSource


def is_gated(way: FoundLink, destination: Destination) -> bool:
    """Say whether `way`, which the gate stops, leads to a notice instead of being blocked."""
    return way.place.is_page and destination.is_crossing


def find_links(part: LexborNode, tags: set[str] | None = None) -> Iterator[FoundLink]:
    """Yield every link in a part of a page, in the page's order; templates are parts of their own.

    `tags` is given the names of all that the part is made of.
    """
    names = set() if tags is None else tags
    for node in part.traverse():
        name = node.tag or ""
        names.add(name)
        if name in READERS:
            yield from READERS[name](node)


def hold_disarmed_forms(part: LexborNode) -> None:
    """Stop every button from submitting a form whose address was removed.

    Which form a button belongs to is more than the tree tells, so none keeps a method of its own.
    """
    if part.css_first("form[data-blocked]") is None:
        return
    for button in part.css("[formmethod]:not([formaction])"):
        button.attrs["formmethod"] = "dialog"


def _take(node: LexborNode, attribute: str, _why: str = "") -> None:
    if attribute in node.attrs:
        del node.attrs[attribute]


def _close(node: LexborNode, attribute: str, why: str) -> None:
    _take(node, attribute)
    node.attrs["data-blocked"] = why


def _disarm(form: LexborNode, attribute: str, why: str) -> None:
    """Stop `form` from submitting anywhere, with the method of dialogs' forms (HTML, section 4.10.22.3)."""
    _close(form, attribute, why)
    form.attrs["method"] = "dialog"


def _disarm_button(button: LexborNode, attribute: str, why: str) -> None:
    _close(button, attribute, why)
    button.attrs["formmethod"] = "dialog"


def _still(animation: LexborNode, _attribute: str, why: str) -> None:
    _close(animation, "attributeName", why)


def _silence(script: LexborNode, _attribute: str, why: str) -> None:
    """Keep `script` from running; without a type it would be JavaScript."""
    script.attrs["type"] = "text/plain"
    script.attrs["data-blocked"] = why


def _empty(element: LexborNode, _attribute: str, _why: str) -> None:
    element.inner_html = ""


LINK = LinkSource(_close, is_page=True)
PART = LinkSource(_close)  # a frame, a refresh, a prefetch: no visitor can answer a notice there
MEDIA = LinkSource(_close, is_media=True)
FORM = LinkSource(_disarm)
BUTTON = LinkSource(_disarm_button)
ANIMATION = LinkSource(_still)
SPECULATION = LinkSource(_silence)
UNREADABLE_SPECULATION = LinkSource(_silence, is_refused=True)
REFUSED = LinkSource(_take, is_refused=True)  # moves all links, or tells others of a click
HIDDEN_TEXT = LinkSource(_empty, is_refused=True)
DOCUMENT = LinkSource(_take)  # holds a page of its own, whose links count as the page's

Reader = Callable[[LexborNode], Iterator[FoundLink]]


def _reader(**places: LinkSource) -> Reader:
    """Return a function that finds the links in the attributes of an element (`__` stands for a colon)."""
    named = {name.replace("__", ":"): place for name, place in places.items()}

    def read(node: LexborNode) -> Iterator[FoundLink]:
        for name, written in node.attributes.items():
            if name in named:
                yield FoundLink(node, name, written or "", named[name])

    return read


def _read_link_ahead(link: LexborNode) -> Iterator[FoundLink]:
    relations = link.attrs.sget("rel").lower().split()
    if not AHEAD.isdisjoint(relations):
        yield from _read_href(link)


def _read_refresh(meta: LexborNode) -> Iterator[FoundLink]:
    written = meta.attrs
    if written.sget("http-equiv").strip().lower() == "refresh":
        for href in refresh_addresses(written.sget("content")):
            yield FoundLink(meta, "content", href, PART)


def _read_animation(animation: LexborNode) -> Iterator[FoundLink]:
    """Only SVG writes `attributeName` so; in HTML the same element does nothing."""
    written = animation.attributes
    if (written.get("attributeName") or "").strip().lower().rpartition(":")[2] != "href":
        return
    for name in ANIMATED_VALUES:
        if name in written:
            yield FoundLink(animation, name, written[name] or "", ANIMATION)
    for value in filter(None, (written.get("values") or "").split(";")):
        yield FoundLink(animation, "values", value, ANIMATION)


def _read_script(script: LexborNode) -> Iterator[FoundLink]:
    if script.attrs.sget("type").strip().lower() != "speculationrules":
        return
    addresses = speculated_addresses(_only_text(script))
    if addresses is None:
        yield FoundLink(script, "", "", UNREADABLE_SPECULATION)
    for href in addresses or ():
        yield FoundLink(script, "", href, SPECULATION)


def _only_text(element: LexborNode) -> str:
    """Return the text of `element`, blank where markup stands in it, as it may in SVG."""
    text = element.first_child
    return (text.text_content or "") if text and text.is_text_node and not text.next else ""


def _read_mathml(math: LexborNode) -> Iterator[FoundLink]:
    """Every element of MathML may be a link; what is nested is read with the outermost."""
    if _is_within(math, "math"):
        return
    for node in math.css("[href]"):
        if node.tag == "math" or node.tag not in READERS:
            yield from _read_link(node)


def _is_within(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent and parent.tag != tag:
        parent = parent.parent
    return parent is not None


def _read_select(select: LexborNode) -> Iterator[FoundLink]:
    for node in select.css(TEXT_IN_SELECT):
        if "<" in node.text():
            yield FoundLink(node, "", "", HIDDEN_TEXT)


def _read_source(source: LexborNode) -> Iterator[FoundLink]:
    """Give the source of something played; a picture's is the Content Security Policy's business."""
    if source.parent and source.parent.tag in ("audio", "video"):
        yield from _read_media(source)


_read_href = _reader(href=PART)
_read_media = _reader(src=MEDIA)
_read_link = _reader(href=LINK, xlink__href=LINK, ping=REFUSED, attributionsrc=REFUSED)
_read_button = _reader(formaction=BUTTON)
_read_frame = _reader(src=PART, srcdoc=DOCUMENT)

READERS: dict[str, Reader] = {
    "a": _read_link,
    "area": _read_link,
    "audio": _read_media,
    "base": _reader(href=REFUSED),
    "button": _read_button,
    "embed": _reader(src=PART, code=PART),
    "form": _reader(action=FORM),
    "frame": _read_frame,
    "iframe": _read_frame,
    "input": _read_button,
    "link": _read_link_ahead,
    "math": _read_mathml,
    "meta": _read_refresh,
    "object": _reader(data=PART, codebase=REFUSED),
    "script": _read_script,
    "select": _read_select,
    "source": _read_source,
    "video": _read_media,
    **dict.fromkeys(ANIMATIONS, _read_animation),
}
