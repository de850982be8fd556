"""The hostile tables in real Chromium: it finds no address, resolved by itself, that crosses ungated."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Route

from region_gate.links.destinations import classify
from tests.region_gate.served import made_up_site, served  # noqa: F401 - the first is a fixture
from tests.region_gate.world import CASES, HOST, HOSTILE_ADDRESSES, HOSTILE_HTML, REGIONS, US_PAGE

WAYS_OUT = Path(__file__).with_name("ways_out.js").read_text(encoding="utf-8")
PIECES = [case["html"] for case in (*CASES["html"], *HOSTILE_HTML)]
ADDRESSES = [case["href"] for case in (*CASES["addresses"], *HOSTILE_ADDRESSES) if "\x00" not in case["href"]]
FOREIGN_CODES = {"eu", "uk", "jp"}
PARTS_OF_A_PAGE = {"stylesheet", "image", "media", "script"}
# Of the site's policy only this: the gate keeps forms, frames and addresses by itself, but no inline script.
HEADERS = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "script-src 'self'"}
IN_EVERY_PLACE = [
    '<a href="{}">L</a>',
    '<area href="{}">',
    '<svg><a href="{}"></a></svg>',
    '<svg><a xlink:href="{}"></a></svg>',
    '<svg><a href="/us/"><set attributeName="href" to="{}" /></a></svg>',
    '<math><mi href="{}"></mi></math>',
    '<form action="{}"></form>',
    '<button formaction="{}"></button>',
    '<input type="image" formaction="{}">',
    '<meta http-equiv="refresh" content="900; url={}">',
    '<base href="{}">',
    '<link rel="prefetch" href="{}">',
    '<script type="speculationrules">{{"prefetch": [{{"urls": ["{}"]}}]}}</script>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<iframe srcdoc="<a href={}>L</a>"></iframe>',
    '<div><template shadowrootmode="open"><a href="{}">L</a></template></div>',
    '<template><a href="{}">L</a></template>',
    '<noscript><a href="{}">L</a></noscript>',
]


class Visit:
    """A visitor at pages of ours, each in a frame; wherever else the browser goes is written down."""

    def __init__(self, context: BrowserContext) -> None:
        """Start with no page."""
        self.page = context.new_page()
        self.requested: list[str] = []

    def open(self, pages: list[bytes]) -> dict[int, Frame]:
        """Show `pages` in a new tab, each at `US_PAGE` but for a query, and return their frames."""
        addresses = [f"{US_PAGE}?{number}" for number in range(len(pages))]
        frames = "".join(f'<iframe src="{address}"></iframe>' for address in addresses)
        self._renew({US_PAGE: frames.encode(), **dict(zip(addresses, pages, strict=True))})
        self.page.goto(US_PAGE)
        shown = {frame.url: frame for frame in self.page.frames}
        return {number: shown[address] for number, address in enumerate(addresses)}

    def _renew(self, answers: dict[str, bytes]) -> None:
        self.page.close()
        self.page = self.page.context.new_page()
        requested = self.requested = []

        def answer(route: Route) -> None:
            request = route.request
            is_expected = request.url in answers and request.method == "GET"
            if not is_expected and request.resource_type not in PARTS_OF_A_PAGE:
                requested.append(request.url)
            route.fulfill(headers=HEADERS, body=answers.get(request.url, b"<!doctype html>"))

        self.page.route("**/*", answer)


def ways_out(frame: Frame) -> list[list[str]]:
    """Return every address on a page: its element, its attribute, and what the browser makes of it."""
    found: list[list[str]] = frame.evaluate(WAYS_OUT, [])
    return found


@pytest.fixture(scope="module")
def visit(browser: Browser) -> Iterator[Visit]:
    """A visitor."""
    context = browser.new_context()
    yield Visit(context)
    context.close()


@pytest.fixture(scope="module")
def visit_without_scripts(browser: Browser) -> Iterator[Visit]:
    """A visitor with scripts off."""
    context = browser.new_context(java_script_enabled=False)
    yield Visit(context)
    context.close()


INERT = {"javascript:", "javascript:;", "javascript:void(0)", "javascript:void(0);"}


def crosses(address: str) -> bool:
    """Say whether `address`, as a browser writes it, leads past the gate; judged without the gate's code."""
    url = urlsplit(address)
    if url.scheme in ("mailto", "tel", "sms") or address in INERT:
        return False
    if url.scheme not in ("http", "https") or url.netloc.rpartition("@")[2].rstrip(".") != HOST:
        return True
    names = [name for name in unquote(url.path).lower().split("/") if name]
    return bool(FOREIGN_CODES & {*names[:1], *(names[1:2] if names[:1] == ["de"] else ())})


def past_the_gate(visit: Visit, pieces: list[str]) -> dict[str, list[list[str]]]:
    """Return the ways past the gate on pages of these pieces, and where the browser went by itself."""
    frames = visit.open([served(html).content for html in pieces])
    found = {html: [way for way in ways_out(frames[n]) if crosses(way[2])] for n, html in enumerate(pieces)}
    found["requested"] = [[address] for address in visit.requested if crosses(address)]
    return {html: ways for html, ways in found.items() if ways}


@pytest.mark.parametrize("start", range(0, len(PIECES), 50))
def test_no_page_of_hostile_html_has_a_way_past_the_gate(visit: Visit, start):
    assert past_the_gate(visit, PIECES[start : start + 50]) == {}


def test_nor_has_one_with_scripts_off(visit_without_scripts: Visit):
    assert past_the_gate(visit_without_scripts, [html for html in PIECES if "noscript" in html.lower()]) == {}


@pytest.mark.parametrize("place", IN_EVERY_PLACE)
def test_the_search_finds_what_is_not_gated(visit: Visit, visit_without_scripts: Visit, place):
    html = place.format("//evil.test/")
    visitor = visit_without_scripts if "noscript" in html else visit
    (frame,) = visitor.open([html.encode()]).values()
    assert any(crosses(way[2]) for way in ways_out(frame))


def test_a_closed_shadow_root_is_gated(visit: Visit):
    html = "<div><template shadowrootmode=closed><a href=//evil.test>L</a></template></div>"
    visit.open([])
    visit.page.set_content(served(html).content.decode())
    protocol = visit.page.context.new_cdp_session(visit.page)
    tree = str(protocol.send("DOM.getDocument", {"depth": -1, "pierce": True}))
    assert "'shadowRootType': 'closed'" in tree
    assert "'href', '/leaving/?to=https://evil.test/" in tree


def anchors(addresses: list[str]) -> str:
    return "".join(f'<a href="{escape(href)}">L</a>'.replace("\r", "&#13;") for href in addresses)


def test_the_browser_reads_hostile_addresses_as_the_core_does(visit: Visit):
    """Where the core takes an address for unreadable, a browser may err on its own."""
    (frame,) = visit.open([f'<base href="{US_PAGE}">{anchors(ADDRESSES)}'.encode()]).values()
    read = frame.evaluate("[...document.links].map((link) => link.href)")
    expected = [classify(href, page_url=US_PAGE, regions=REGIONS) for href in ADDRESSES]
    assert [
        (unquote(url), found.url) for url, found in zip(read, expected, strict=True) if not found.is_blocked
    ] == [(unquote(found.url), found.url) for found in expected if not found.is_blocked]


def test_no_page_of_hostile_addresses_has_a_way_past_the_gate(visit: Visit):
    assert past_the_gate(visit, [anchors(ADDRESSES)]) == {}


DISARMED = """
<form action=//evil.test><input name=secret value=1><button>Go</button></form>
<form action=/eu/ method=post><input name=secret value=1><input type=submit formmethod=post></form>
<form id=outside action=//evil.test><input name=secret></form><button form=outside formmethod=get>Go</button>
<form action=/us/page/><input name=secret><button formaction=//evil.test formmethod=post>Go</button></form>
<form action=/us/page/><input name=secret><input type=image formaction=/eu/></form>
<table><form action=//evil.test><tr><td><button formmethod=post>Go</button></td></tr></form></table>
"""
SUBMIT = """async () => {
  for (const button of document.querySelectorAll("button, input[type=submit], input[type=image]")) {
    button.click();
    button.form?.requestSubmit(button);
  }
  for (const form of document.querySelectorAll("form[action^='//'], form[data-blocked]")) form.submit();
  await new Promise(requestAnimationFrame);
  await fetch("/sent");
}"""


def test_a_disarmed_form_sends_nothing_anywhere(visit: Visit):
    (frame,) = visit.open([served(DISARMED).content]).values()
    frame.evaluate(SUBMIT)
    assert visit.requested == [f"https://{HOST}/sent"]


@pytest.mark.parametrize("form", [line for line in DISARMED.splitlines() if line])
def test_the_same_form_sends_where_it_is_not_disarmed(visit: Visit, form):
    (frame,) = visit.open([form.encode()]).values()
    with visit.page.expect_request(lambda request: request.is_navigation_request()):
        frame.locator("button, [type=submit], [type=image]").click(no_wait_after=True)


REFRESHES = [
    "0;url=//evil.test",
    "0; //evil.test",
    "0 //evil.test",
    "0,//evil.test",
    ".0;URL\n=\n//evil.test",
    "0;url='//evil.test'x",
    "0;url='/us/'/../../../eu/'",
    '0;url="//evil.test',
    "0;url=\u2003//evil.test",
    "0 ; url = ' //evil.test '",
    "0;url=https:\t//evil.test",
]


@pytest.mark.parametrize("content", REFRESHES)
def test_a_refresh_that_the_browser_follows_is_blocked(visit: Visit, content):
    html = f'<!DOCTYPE html><meta http-equiv="refresh" content="{escape(content)}"><p>here'
    assert past_the_gate(visit, [html]) == {}
    (frame,) = visit.open([html.encode()]).values()
    frame.wait_for_url(crosses)
