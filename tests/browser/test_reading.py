"""Pages as people read them: on phones, on paper, in old browsers; what a first view costs."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, Route, expect
from pypdf import PdfReader

from tests.cases import first_cases

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
PRINTED = [TREATMENT, "/eu/", "/eu/sir-spheres/", "/eu/contact/", "/eu/glossary/"]
KILOBYTE = 1024
MAX_BYTES, MAX_REQUESTS, MAX_SCRIPT_BYTES = 60 * KILOBYTE, 12, 8 * KILOBYTE

# The header's parts by the line that they stand on: what shares no height is a row of its own.
ROWS = """() => {
  const names = ".site-region, .site-header .languages, .wordmark, .menu-switch";
  const parts = [...document.querySelectorAll(names)];
  const rows = [];
  for (const {top, bottom, height} of parts.map((part) => part.getBoundingClientRect())) {
    if (height && !rows.some((row) => top < row.bottom && row.top < bottom)) rows.push({top, bottom});
  }
  return rows.length;
}"""
BROKEN = """() => [...document.querySelectorAll(".whole-name")]
  .filter((name) => name.getClientRects().length > 1).map((name) => name.textContent)"""

BELOW_THE_VIEW = """() => [...document.querySelectorAll("img[loading=lazy]")]
  .filter((one) => one.getBoundingClientRect().top > innerHeight).map((one) => one.currentSrc)"""


@first_cases("width", [320, 390])
@pytest.mark.parametrize("address", ["/eu/", "/ca/", "/us/", TREATMENT])
def test_the_header_takes_two_rows_on_phones(page: Page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate(ROWS) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_languages_keep_their_names_where_codes_are_shown(page: Page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/eu/")
    expect(page.get_by_role("link", name="Deutsch", exact=True)).to_be_visible()


@first_cases("width", [768, 1024, 1280])
def test_the_menu_is_visible_on_tablets(page: Page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/eu/")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@first_cases("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("address", [TREATMENT, "/eu/sir-spheres/", f"/de{TREATMENT}", "/de/eu/sir-spheres/"])
def test_no_name_of_a_product_or_drug_breaks(page: Page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.locator("main .whole-name").count() > 0
    assert page.evaluate(BROKEN) == []


def test_a_first_view_is_small_and_talks_to_nobody_else(context: BrowserContext, page: Page, site):
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(TREATMENT, wait_until="networkidle")
    # How far below the view a browser begins to load pictures is its own choice.
    below = page.evaluate(BELOW_THE_VIEW)
    # Compressed here, as production does; the tests' server sends style sheets as they lie there.
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    pictures = [url for url in sizes if re.search(r"\.(svg|png|webp|avif|jpe?g)$", url)]
    # The icon of the tab is no part of a view: browsers ask for it once, and keep it.
    assert len([url for url in sizes if "favicon" not in url and url not in below]) <= MAX_REQUESTS
    assert sum(size for url, size in sizes.items() if url not in pictures) <= MAX_BYTES
    assert sum(size for url, size in sizes.items() if url.endswith(".js")) <= MAX_SCRIPT_BYTES
    assert [url for url in sizes if not url.startswith(site)] == []
    assert context.cookies() == []


@pytest.mark.parametrize("address", PRINTED)
def test_printed_no_sheet_is_empty_and_the_address_is_on_paper(page: Page, address, tmp_path: Path):
    page.goto(address)
    path = tmp_path / "page.pdf"
    page.pdf(path=path, format="A4")
    sheets = [sheet.extract_text().strip() for sheet in PdfReader(path).pages]
    assert 1 <= len(sheets) <= 6
    assert all(len(words) > 40 for words in sheets), sheets
    whole = " ".join(" ".join(sheets).split())
    assert address in whole.replace(" ", "")
    assert "Date of preparation" in whole


def test_printed_a_treatment_page_has_its_references_links_and_label(page: Page, tmp_path: Path):
    page.goto(TREATMENT)
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages]
    words = "".join(" ".join(sheets).split())
    assert "https://doi.org/10.1200/JCO.2015.66.1181" in words
    assert "(/eu/sir-spheres/)" in words
    assert "/leaving/" not in words
    label = [sheet for sheet in sheets if "SAMPLE-EU-0001" in sheet]
    assert len(label) == 1
    assert "Indication" in label[0]
    assert "Instructions for use" in label[0]


def test_the_questions_for_the_doctor_are_printed_alone(page: Page):
    page.goto(TREATMENT)
    page.evaluate("window.print = () => { window.asked = true; }")
    page.get_by_role("button", name="Print these questions").click()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    expect(page.get_by_text("How far have the metastases developed?")).to_be_visible()
    expect(page.get_by_role("heading", name="Chemotherapy")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("heading", name="Chemotherapy")).to_be_visible()


def without(context: BrowserContext, *changes: tuple[str, str]) -> None:
    """Have the browser get style sheets as one gets them that does not know a part of them."""

    def answer(route: Route) -> None:
        response = route.fetch()
        css = response.text()
        for pattern, instead in changes:
            css = re.sub(pattern, instead, css)
        route.fulfill(response=response, body=css)

    context.route(re.compile(r"\.css$"), answer)


@pytest.mark.parametrize("address", ["/", "/eu/", TREATMENT])
def test_without_layers_a_page_is_read_on_a_phone(context: BrowserContext, page: Page, address):
    without(context, (r"@layer", "@unknown"), (r"not \(accent-color: auto\)", "(color: red)"))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 16
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(20, 35, 43)"
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_without_masks_no_icon_is_a_square(context: BrowserContext, page: Page):
    without(context, (r"(-webkit-)?mask\b", "unknown-mask"))
    page.goto(TREATMENT)
    mark = """() => {
      const style = getComputedStyle(document.querySelector("main a[data-crossing]"), "::after");
      return [style.backgroundColor, style.content.length > 2];
    }"""
    assert page.evaluate(mark) == ["rgba(0, 0, 0, 0)", True]


def test_no_line_under_words_needs_a_shorthand_that_safari_does_not_know():
    """It takes what says more than which line for an error, as WebKitGTK 2.50 does."""
    sheets = [path.read_text() for path in Path("site/static/css").glob("*.css")]
    assert [said for sheet in sheets for said in re.findall(r"text-decoration: (\S+ .+);", sheet)] == []
