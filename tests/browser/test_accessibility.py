"""axe finds nothing on any kind of page, on phone and desktop, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"


def crossing(kind: str):
    """Go to the notice that stands before the treatment page's link of `kind`."""

    def go(page: Page) -> None:
        page.goto(TREATMENT)
        link = page.locator(f"main a[data-crossing='{kind}']").first
        page.goto(link.get_attribute("href"))

    return go


def at(address: str):
    return lambda page: page.goto(address)


PAGES = {
    "selector": at("/"),
    "region home": at("/eu/"),
    "German region home": at("/de/eu/"),
    "therapy index": at("/eu/therapies/"),
    "treatment page": at(TREATMENT),
    "plain page": at("/eu/about/"),
    "page with questions": at("/eu/contact/"),
    "page with a table": at("/eu/clinical-evidence/"),
    "region switch": at("/eu/regions/"),
    "search": at("/eu/search/?q=liver"),
    "cross-region notice": crossing("cross-region"),
    "third-party notice": crossing("third-party"),
    "404": at("/eu/nowhere/"),
    "404 in a missing language": at("/de/us/"),
}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("go", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing(page: Page, go, scheme, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    go(page)
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("go", PAGES.values(), ids=PAGES)
def test_nothing_is_wider_than_a_small_phone(page: Page, go):
    page.set_viewport_size({"width": 320, "height": 640})
    go(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", [TREATMENT, "/de/eu/regions/", "/fr/eu/regions/"])
def test_a_gated_link_is_described_and_keeps_its_name(page: Page, address):
    """As assistive technology gets it: names and descriptions of Chromium's accessibility tree."""
    page.goto(address)
    names = [" ".join(text.split()) for text in page.locator("main a[data-crossing]").all_inner_texts()]
    sentences = page.locator("body > p[hidden][id^=region-gate-]").all_text_contents()
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    links = [node for node in nodes if node.get("role", {}).get("value") == "link"]
    told = {link["name"]["value"]: link.get("description", {}).get("value") for link in links}
    assert names
    assert sentences
    assert {told[name] for name in names} <= {*sentences}
