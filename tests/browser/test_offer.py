"""Who reads a region's page and seems to belong elsewhere is offered the same there, and may stay."""

from playwright.sync_api import Browser, Page, expect

from tests.cases import first_cases

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
PANEL = "[data-offer]"


def reader(browser: Browser, site: str, locale: str) -> Page:
    """Return the European page about the treatment, as somebody reads it whose browser speaks `locale`."""
    page = browser.new_context(base_url=site, locale=locale).new_page()
    page.goto(TREATMENT)
    page.mouse.move(200, 200)
    page.mouse.move(210, 210)
    return page


def test_an_american_reader_is_offered_the_american_page_through_the_gate(browser: Browser, site: str):
    page = reader(browser, site, "en-US")
    expect(page.locator(PANEL)).to_contain_text("United States")
    page.locator(f"{PANEL} a").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_who_stays_is_not_asked_again(browser: Browser, site: str):
    page = reader(browser, site, "en-US")
    page.get_by_role("button", name="Stay here").click()
    expect(page.locator(PANEL)).to_be_hidden()
    with page.expect_request(lambda request: "offer.js" in request.url):
        page.reload()  # where the page scrolls back to where it was, that counts as reading
        page.mouse.move(300, 300)
        page.mouse.move(310, 310)
    expect(page.locator(PANEL)).to_be_hidden()


@first_cases("locale", ["de-AT", "ja-JP", "en"])
def test_who_belongs_here_or_nowhere_is_left_alone(browser: Browser, site: str, locale: str):
    page = browser.new_context(base_url=site, locale=locale).new_page()
    page.goto(TREATMENT)
    with page.expect_response(lambda answer: "/regions/offer/" in answer.url) as answered:
        page.mouse.move(200, 200)
        page.mouse.move(210, 210)
    assert answered.value.status == 204
    expect(page.locator(PANEL)).to_be_hidden()
