"""The page that says something broke: whole, in each language, and nothing in it for axe to find."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.cases import first_cases
from tests.config.test_request_id import BROKEN

from .axe import Axe
from .server import serving

HEADINGS = {
    "": "Something went wrong on our side",
    "/de": "Bei uns ist ein Fehler aufgetreten",
    "/fr": "Une erreur s’est produite de notre côté",
}


@pytest.fixture(scope="module")
def broken_site(django_db_setup) -> Iterator[str]:
    """The address of a site of which a page breaks."""
    with serving(**BROKEN) as address:
        yield address


def open_broken_page(browser: Browser, address: str, scheme: str, width: int) -> tuple[Page, list[Response]]:
    """Return the page that says so, and all that the browser was answered."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    return page, answers


@first_cases(("scheme", "width"), [("light", 1280), ("dark", 320)])
@first_cases("language", HEADINGS)
def test_the_page_is_whole_and_axe_finds_nothing(browser: Browser, broken_site, language, scheme, width):
    page, answers = open_broken_page(browser, f"{broken_site}{language}/broken/page/", scheme, width)
    assert [answer.status for answer in answers] == [500] + [200] * (len(answers) - 1)
    assert len(answers) > 4  # its styles and its font
    assert page.get_by_role("heading", level=1).inner_text() == HEADINGS[language]
    assert page.locator("html").get_attribute("lang") == (language.strip("/") or "en")
    assert page.locator("code").inner_text() == answers[0].headers["x-request-id"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()
    page.close()
