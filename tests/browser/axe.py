"""axe, once nothing on the page moves any more: half faded in, a message's words are too faint."""

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe as MovingAxe
from playwright.sync_api import Page

# What has an end is brought to it; what moves for ever has none.
STAND_STILL = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const ends = (each) => each.effect.getComputedTiming().endTime !== Infinity;
    document.getAnimations().filter(ends).forEach((each) => each.finish());
}"""


class Axe(MovingAxe):
    """What looks at a page that stands still."""

    def run(self, page: Page, *args, **kwargs) -> AxeResults:
        """Return what axe finds, once the page is loaded and its transitions are over."""
        page.wait_for_load_state()
        page.evaluate(STAND_STILL)
        return super().run(page, *args, **kwargs)
