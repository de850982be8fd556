"""In real Chromium: how soon the dialog opens."""

import os
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.browser.server import serving

from .figures import Figure

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
LINK = "main a[data-crossing='third-party']"
TIMES = 20

# Tells, from the click to the frame after the dialog has opened, the milliseconds.
STOPWATCH = """() => new Promise(done => {
  let clicked
  addEventListener("click", event => { clicked = event.timeStamp }, {capture: true, once: true})
  new MutationObserver((_, watch) => {
    if (!document.querySelector("dialog[open]")) return
    watch.disconnect()
    requestAnimationFrame(() => done(performance.now() - clicked))
  }).observe(document, {subtree: true, childList: true, attributes: true})
})"""


def figures() -> Iterator[Figure]:
    """Give all figures about what visitors see happen."""
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None,
            args=["--no-sandbox", "--disable-background-networking"],
        )
        page = browser.new_page(base_url=address)
        times = sorted(_opening(page) for _ in range(TIMES))
        browser.close()
    yield Figure("dialog open after a hover and a click", median(times), "ms", 50)
    yield Figure("  the slowest", times[-1], "ms")


def _opening(page: Page) -> float:
    page.goto(TREATMENT)
    page.evaluate(f"() => {{ window.opening = ({STOPWATCH})() }}")
    with page.expect_response("**/leaving/**"):
        page.locator(LINK).first.hover()
    page.wait_for_load_state("networkidle")
    page.locator(LINK).first.click()
    return float(page.evaluate("window.opening"))
