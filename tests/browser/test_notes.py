"""What visitors meet in Chromium where the gate has blocked something: why, and a way on."""

import re
from html import escape

import pytest
from playwright.sync_api import Page, expect

from region_gate.links.destinations import MAX_URL_LENGTH
from region_gate.page_sentences import page_words
from tests.region_gate.world import US_PAGE

from .axe import Axe
from .made_up_world import Visitor

EVIL = "https://evil.test/"
NOTICE = re.compile(r"^/leaving/\?to=")
EMBEDDED = {
    "a frame": f"<iframe src={EVIL}map title='Where we are'></iframe>",
    "a video": f"<video controls><source src={EVIL}film.mp4><track src=/film.vtt></video>",
    "an object": f"<object data={EVIL}form.pdf>An old form</object>",
    "a frame in a shadow root": f"<div><template shadowrootmode=open><embed src={EVIL}a></template></div>",
}
FORMS = {
    "a form": f"<form action={EVIL}>{{field}}<button>Send</button></form>",
    "a button's own address": f"<form action=/us/>{{field}}<button formaction={EVIL}>Send</button></form>",
    "a button outside": f"<form id=f method=post action={EVIL}>{{field}}</form><button form=f>Send</button>",
    "a picture": f"<form action={EVIL}>{{field}}<input type=image alt=Send></form>",
}
FIELD = "<label>Name <input name=name></label>"
LONG = "https://evil.test/" + "x" * MAX_URL_LENGTH
DEAD_LINKS = {
    f"<a href={LONG}>Our study</a>": "(link too long to be opened)",
    "<a href='https://[evil'>Our study</a>": "(link with an invalid address)",
    "<a href=ftp://evil.test/a>Our study</a>": "(link not available)",
}


def opened(visitor: Visitor, body: str, language: str = "en") -> Page:
    return visitor.open(f"<main><h1>A page</h1>{body}</main>", words=page_words(language))


def find_violations(page: Page) -> str:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("html", EMBEDDED.values(), ids=EMBEDDED)
def test_what_is_embedded_is_named_and_leads_to_the_notice(visitor: Visitor, html):
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    page = opened(visitor, html)
    note = page.locator(".gate-placeholder")
    expect(note).to_be_visible()
    expect(note).to_contain_text("evil.test is not shown on this page.")
    expect(note.get_by_role("link", name="Go to evil.test")).to_have_attribute("href", NOTICE)
    assert not [url for url in asked if url.startswith(EVIL)]
    assert not find_violations(page)


@pytest.mark.parametrize("html", FORMS.values(), ids=FORMS)
def test_a_form_to_others_says_why_it_is_not_sent(visitor: Visitor, html):
    page = opened(visitor, html.format(field=FIELD))
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    note = page.locator(".gate-form-note")
    expect(note).to_contain_text("What is entered here cannot be sent to evil.test from this page.")
    page.get_by_label("Name").press("Enter")
    page.evaluate("fetch('/us/sent')")
    assert page.url.partition("?")[0] in (US_PAGE, US_PAGE.replace("page/", ""))
    assert visitor.left == []
    expect(note.get_by_role("link", name="Go to evil.test")).to_have_attribute("href", NOTICE)
    assert not find_violations(page)


@pytest.mark.parametrize(("html", "said"), DEAD_LINKS.items(), ids=DEAD_LINKS.values())
def test_a_link_that_leads_nowhere_says_so(visitor: Visitor, html, said):
    page = opened(visitor, f"<p>See {html}, page 4.</p>")
    expect(page.get_by_text("See")).to_have_text(f"See Our study {said}, page 4.")
    assert page.get_by_role("link").count() == 0
    assert not find_violations(page)


@pytest.mark.parametrize(
    ("filling", "spelt"), [("x", "x"), ("%20", "%20"), ("&q=ü", "&q=%C3%BC"), ("a=1&b=/../;", "a=1&b=/../;")]
)
def test_a_link_of_4000_characters_keeps_to_what_proxies_allow(visitor: Visitor, filling, spelt):
    href = "https://evil.test/?" + filling * ((MAX_URL_LENGTH - 19) // len(spelt))
    page = opened(visitor, f'<a href="{escape(href)}">Our study</a>')
    with visitor.leaves() as request:
        page.get_by_role("link", name="Our study").click()
    assert "/leaving/?to=" in request.value.url
    assert len(request.value.url) < 8000


@pytest.mark.parametrize(
    ("language", "region", "third_party"),
    [
        ("en", "Leads to another region", "Leads to another organisation’s website"),
        ("de", "Führt in eine andere Region", "Führt auf die Website einer anderen Organisation"),
        ("fr", "Mène à une autre région", "Mène au site d’une autre organisation"),
    ],
)
def test_a_screen_reader_hears_where_links_lead(visitor: Visitor, language, region, third_party):
    """As Chromium's accessibility tree tells it: a name as written, and a description beside it."""
    page = opened(
        visitor,
        f"<a href=/eu/>Europe</a> <a href={EVIL}>Study</a> <a href=/us/a/>Here</a>"
        f" <a href={EVIL} title='The journal'>Paper</a>",
        language,
    )
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    links = [node for node in nodes if node.get("role", {}).get("value") == "link"]
    told = {node["name"]["value"]: node.get("description", {}).get("value", "") for node in links}
    assert {name: told[name] for name in ("Europe", "Study", "Here")} == {
        "Europe": region,
        "Study": third_party,
        "Here": "",
    }
    assert third_party in told["Paper"]
