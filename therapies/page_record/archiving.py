"""Turn a page as visitors met it into one that needs no file, no script and no request."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from ada_url import join_url
from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.constancy import asked_once
from therapies.models import RecordedFile

from .files import read

# Where the labels of the moment asked about are put in.
SLOT = "<!--labels-->"
# And the required statements of that moment: below the labels, and first in the footer.
STATEMENTS = "<!--statements-->"
FOOTER_STATEMENTS = "<!--footer statements-->"
KEPT = "sha256:"
NAMED = re.compile(rf' (?:href|src)="{KEPT}([0-9a-f]{{64}})"')
MAX_PICTURE_BYTES = 2_000_000  # bytes of a picture; a larger one is named by its hash only
RUNNING = "script, link:not([rel=stylesheet]):not([rel=canonical]), meta[http-equiv]"
DATED = "main section.withdrawn-labels"  # put in by the moment asked about, as the labels are
DRAWN = "main [data-drawn]"  # from other pages, each of which is on record itself
SLOTS = re.compile("|".join((SLOT, STATEMENTS, FOOTER_STATEMENTS)))
FOOTER = re.compile(r'<footer class="site-footer"[^>]*>')
LOADING = ("src", "srcset", "poster", "data", "background", "ping")
LINKS = "a[href], area[href], form[action]"
FONT = re.compile(r"@font-face\s*\{[^}]*\}|@import[^;]*;")
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def kept(html: str, url: str) -> str:
    """Return `html`, answered at `url` (absolute), with its files put on record and named by their hashes.

    Fonts are left out: they change no word, and would be a megabyte in each document. So is what is drawn
    from other pages: it changes with these, and what they said is on record with them.
    """
    tree = LexborHTMLParser(SLOTS.sub("", html))
    for node in tree.css(f"{RUNNING}, {DATED}, {DRAWN}"):
        node.decompose()
    for node in tree.css("link[rel=stylesheet]"):
        _keep_style(node, url)
    for node in tree.css("*"):
        _keep_files(node, url)
    for node in tree.css(LINKS):
        _lead_home(node, url)
    return _with_slots(tree)


def file_names(html: str) -> set[str]:
    """Return the hashes by which a page on record names its files."""
    return {*NAMED.findall(html)}


def _keep_style(node: LexborNode, url: str) -> None:
    style = _style(join_url(url, node.attributes.get("href") or ""))
    if style is None:
        node.decompose()
        return
    node.attrs["href"] = KEPT + RecordedFile.objects.keep(style, "text/css").sha256


@asked_once
def _style(address: str) -> bytes | None:
    """Return the style sheet at `address` with its pictures in it, None where it is none of ours."""
    content = read(address)
    return None if content is None else "".join(_free_of_files(content.decode(), address)).encode()


def _free_of_files(style: str, address: str) -> Iterator[str]:
    """Give `style` in pieces, its pictures within it; those that are not ours are left out."""
    end = 0
    style = FONT.sub("", style)
    for match in CSS_URL.finditer(style):
        yield style[end : match.start()]
        picture = _picture(join_url(address, match[1]))
        yield f'url("{picture.data_url}")' if picture else "none"
        end = match.end()
    yield style[end:]


def _picture(address: str) -> RecordedFile | None:
    content = read(address)
    return RecordedFile.objects.keep(content, media_type(address)) if content else None


def media_type(address: str) -> str:
    """Return the media type of the picture at `address`, by its name; pictures only are ever shown."""
    ending = unquote(urlsplit(address).path).rpartition(".")[2].lower()
    return {"svg": "image/svg+xml", "jpg": "image/jpeg"}.get(ending, f"image/{ending}")


def _keep_files(node: LexborNode, url: str) -> None:
    """Have `node` load nothing but a picture on record."""
    attributes = node.attributes
    for name in LOADING:
        if name not in attributes:
            continue
        picture = _small_picture(node, join_url(url, attributes[name] or "")) if name == "src" else None
        if picture:
            node.attrs["src"] = KEPT + picture.sha256
        else:
            node.attrs[f"data-was-{name}"] = attributes[name] or ""
            del node.attrs[name]


def _small_picture(node: LexborNode, address: str) -> RecordedFile | None:
    if node.tag != "img" or address.startswith("data:"):
        return None
    content = read(address)
    if content is None or len(content) > MAX_PICTURE_BYTES:
        return None
    return RecordedFile.objects.keep(content, media_type(address))


def _lead_home(node: LexborNode, url: str) -> None:
    """Have a link on the page lead where it led, wherever the record is read; within the page, stay there."""
    name = "action" if node.tag == "form" else "href"
    target = node.attributes.get(name) or ""
    if not target.startswith("#"):
        node.attrs[name] = absolute(target, url)


def absolute(target: str, url: str) -> str:
    """Return where `target` leads from `url`, as a whole address; what cannot be read stays as it is."""
    try:
        return join_url(url, target)
    except ValueError:
        return target


def _with_slots(tree: LexborHTMLParser) -> str:
    """Return the page with slots in place of its labels and statements, or where they would stand."""
    html = tree.html or ""
    for section in tree.css("main section.statements"):
        html = html.replace(f"{section.html}\n", "", 1)
    for section in tree.css("footer section.statements"):
        html = html.replace((section.parent and section.parent.html) or "", "", 1)
    if labels := tree.css_first("main section.labels"):
        html = html.replace(labels.html or "", SLOT + STATEMENTS, 1)
    else:
        content, end, rest = html.rpartition("</main>" if "</main>" in html else "</body>")
        html = f"{content}{SLOT}{STATEMENTS}{end}{rest}"
    return FOOTER.sub(lambda footer: footer[0] + FOOTER_STATEMENTS, html, count=1)
