"""axe finds nothing on any kind of page, in any language, on phone and desktop, in all colours."""

import pytest
from playwright.sync_api import Page

from tests.cases import first_cases

from .axe import Axe
from .contrast import too_faint

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
}
# First what most visitors see; then the rest of both widths in all colours.
SEEN = {
    "as most do": [("light", 320), ("dark", 1280)],
    "otherwise": [("light", 1280), ("dark", 320), ("forced colours", 320), ("forced colours", 1280)],
}
# There the system's colours are painted, and axe reads those of the style sheets.
UNREADABLE = {"forced colours": {"rules": {"color-contrast": {"enabled": False}}}}


def crossing(kind: str):
    """Go to the notice that stands before the treatment page's link of `kind`."""

    def go(page: Page, language: str) -> None:
        page.goto(f"{language}{TREATMENT}")
        link = page.locator(f"main a[data-crossing='{kind}']").first
        page.goto(link.get_attribute("href"))

    return go


def at(address: str):
    return lambda page, language: page.goto(f"{language}{address}")


def with_other_regions(address: str):
    """Go to a treatment page and open the list of its topic in other regions."""

    def go(page: Page, language: str) -> None:
        page.goto(f"{language}{address}")
        page.locator(".elsewhere > summary").click()

    return go


PAGES = {
    "selector": at("/"),
    "countries": at("/country/?q=united"),
    "country": at("/country/jp/"),
    "region home": at("/eu/"),
    "therapy index": at("/eu/therapies/"),
    "treatment page": at(TREATMENT),
    "product page": at("/eu/sir-spheres/"),
    "topic in other regions": with_other_regions(TREATMENT),
    "topic with a table and a video": at("/eu/therapies/imaging-and-tests/"),
    "topic with a picture and a download": at("/eu/therapies/preparing-for-a-visit/"),
    "cookies": at("/eu/cookies/"),
    "privacy": at("/eu/privacy/"),
    "accessibility statement": at("/eu/accessibility/"),
    "plain page": at("/eu/about/"),
    "page with questions": at("/eu/contact/"),
    "page with a table": at("/eu/clinical-evidence/"),
    "contact form": at("/eu/contact-form/"),
    "message sent": at("/eu/contact-form/sent/"),
    "glossary": at("/eu/glossary/"),
    "a to z": at("/eu/a-z/"),
    "region switch": at("/eu/regions/"),
    "search": at("/eu/search/?q=liver"),
    "search in vain": at("/eu/search/?q=zzzz"),
    "cross-region notice": crossing("cross-region"),
    "third-party notice": crossing("third-party"),
    "404": at("/eu/nowhere/"),
    "404 in a missing language": at("/us/nowhere/"),
}
EACH = pytest.mark.parametrize("go", PAGES.values(), ids=PAGES)
LANGUAGES = first_cases("language", ["", "/de", "/fr"], ids=["en", "de", "fr"])


@LANGUAGES
@first_cases("seen", SEEN.values(), ids=SEEN)
@EACH
def test_axe_finds_nothing_and_no_word_is_too_faint(page: Page, go, seen, language):
    go(page, language)
    for look, width in seen:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert flaws_of(page, look) == [], (look, width)


def test_german_words_have_room_on_a_phone(page: Page):
    page.set_viewport_size({"width": 320, "height": 800})
    for name, go in PAGES.items():
        go(page, "/de")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def flaws_of(page: Page, look: str) -> list[str]:
    """Return what axe finds on `page` in that `look`, and which words are too faint."""
    page.emulate_media(**LOOKS[look])
    found = Axe().run(page, options={**RULES, **UNREADABLE.get(look, {})})
    return [*([found.generate_report()] if found.violations_count else []), *too_faint(page, found)]


@pytest.mark.parametrize("address", [TREATMENT, "/de/eu/regions/", "/fr/eu/regions/"])
def test_a_gated_link_is_described_and_keeps_its_name(page: Page, address):
    """As assistive technology gets it: names and descriptions of Chromium's accessibility tree."""
    page.goto(address)
    seen = page.locator("main a[data-crossing]:visible")
    names = [" ".join(text.split()) for text in seen.all_inner_texts()]
    sentences = page.locator("body > p[hidden][id^=region-gate-]").all_text_contents()
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    links = [node for node in nodes if node.get("role", {}).get("value") == "link"]
    told = {link["name"]["value"]: link.get("description", {}).get("value") for link in links}
    assert names
    assert sentences
    assert {told[name] for name in names} <= {*sentences}
