"""A page of a made-up region as a visitor meets it in Chromium, with any body and no server."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from unittest import mock

import pytest
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from region_gate import snapshot
from region_gate.html.page_words import NO_WORDS, PageWords
from region_gate.html.rewriting import Gate, gate_links
from region_gate.links.destinations import Viewpoint, no_redirects
from region_gate.links.policies import Decision, Policies, PolicyRule
from region_gate.snapshot import Snapshot
from tests.region_gate.world import HOST, KEYS, REGIONS, US_PAGE

STATIC = Path("region_gate/static/region_gate")
EXEMPT = "https://law.test/info/?a=b#c"
POLICIES = Policies([PolicyRule(Decision.EXEMPT, "law.test", "/info/")])
# Of the site's policy only this: the gate does what it can by itself.
HEADERS = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "script-src 'self'"}
BODY = f"""
<main>
  <p><a id="exempt" href="{EXEMPT}">Exempt</a> <a id="gated" href="https://evil.test/">Gated</a></p>
  <form id="report" action="https://law.test/info/report"><input name="case"><button>Report</button></form>
  <form id="search" action="/us/search/"><input name="q"><button>Search</button></form>
</main>
<script src="/late.js"></script>
"""
WATCH = """
window.stopped = [];
document.addEventListener("region-gate:stopped", (event) => stopped.push(event.detail.address));
"""
# What the scripts of the tests are written with.
TOOLS = """
window.add = (html, root = document.querySelector("main")) => {
  root.insertAdjacentHTML ? root.insertAdjacentHTML("afterbegin", html) : (root.innerHTML = html);
  const added = root.firstElementChild;
  const isIt = Element.prototype.matches.call(added, "a, form, button");
  return isIt ? added : added.querySelector("a, form, button") ?? added;
};
window.shadow = (mode, parent = document.querySelector("main")) => {
  const host = document.createElement("div");
  parent.prepend(host);
  return host.attachShadow({ mode });
};
window.make = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return document.importNode(template.content, true).firstElementChild;
};
window.press = new MouseEvent("click", { bubbles: true, cancelable: true, composed: true });
"""


class Visitor:
    """Somebody at the page; `left` is where the browser went besides pages of the region."""

    def __init__(self, context: BrowserContext) -> None:
        """Start nowhere, with the gate's script."""
        self.context, self.page = context, context.new_page()
        self.left: list[str] = []
        self.files = {
            "/static/region_gate/gate.js": (STATIC / "gate.js").read_text(encoding="utf-8"),
            "/static/region_gate/notes.css": (STATIC / "notes.css").read_text(encoding="utf-8"),
            "/late.js": "",
        }
        self.tag_changes: list[tuple[str, str]] = []
        context.route("**/*", self._answer)

    def open(self, body: str = BODY, *, guarded: bool = True, words: PageWords = NO_WORDS) -> Page:
        """Show the page, as the server sends it with the gate's script or without."""
        request = RequestFactory().get("/us/page/", headers={"host": HOST}, secure=True)
        tag = Template("{% load gate %}{% gate_script %}").render(Context({"request": request}))
        gate = Gate(Viewpoint.at(US_PAGE, REGIONS, POLICIES), "/leaving/", KEYS, words=words)
        head = f"<title>A page</title>{tag if guarded else ''}"
        html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
        self.html = gate_links(html, gate)
        for old, new in self.tag_changes:
            self.html = self.html.replace(old, new)
        self.page.add_init_script(WATCH + TOOLS)
        self.page.goto(US_PAGE)
        return self.page

    def leaves(self) -> AbstractContextManager:
        """Wait until the browser goes elsewhere."""
        return self.context.expect_event("request", lambda request: self._is_leaving(request))

    def _is_leaving(self, request: Request) -> bool:
        return request.is_navigation_request() and not request.url.startswith(f"https://{HOST}/us/")

    def _answer(self, route: Route) -> None:
        url = route.request.url
        path = url.removeprefix(f"https://{HOST}").partition("?")[0]
        if url == US_PAGE:
            route.fulfill(headers=HEADERS, body=self.html)
        elif path in self.files:
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            route.fulfill(content_type=kind, body=self.files[path])
        elif route.request.is_navigation_request():
            if self._is_leaving(route.request):
                self.left.append(url)
            route.fulfill(content_type="text/html", body="<title>Elsewhere</title>")
        else:
            route.fulfill(body="")


@pytest.fixture(scope="module")
def made_up_world() -> Iterator[None]:
    """Have the gate know the made-up regions instead of the database's."""
    ground = Snapshot(REGIONS, POLICIES, no_redirects)
    with (
        mock.patch.object(snapshot, "current", return_value=ground),
        override_settings(ALLOWED_HOSTS=["*"]),
    ):
        yield


@pytest.fixture
def visitor(browser: Browser, made_up_world: None) -> Iterator[Visitor]:
    """A visitor with a browser of their own."""
    context = browser.new_context()
    yield Visitor(context)
    context.close()
