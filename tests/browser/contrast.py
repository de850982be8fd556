"""How words stand out from what lies behind them, where axe cannot say: by looking at the picture.

Source: WCAG 2.2, "contrast ratio", "relative luminance", and success criterion 1.4.3.
"""

import io
import re

from axe_playwright_python.base import AxeResults
from PIL import Image
from playwright.sync_api import Locator, Page

LARGE, LARGE_BOLD, BOLD = 24, 18.66, 700  # CSS pixels, and a font's weight
COLOUR = "(element) => getComputedStyle(element).color"
FONT = "(e) => [parseFloat(getComputedStyle(e).fontSize), parseFloat(getComputedStyle(e).fontWeight)]"
# The boxes of the lines of an element's own words, as far as they are seen once it is in the window's middle.
LINES = """(element) => {
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const isSeen = (x, y) => element.contains(document.elementFromPoint(x, y));
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const words = [...element.childNodes].filter(isText);
  return words.flatMap((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].map(({ x, y, width, height }) => ({ x, y, width, height }));
  }).filter(({ x, y, width, height }) => width > 2 && height > 2
    && isSeen(x + 1, y + 1) && isSeen(x + width - 1, y + height - 1));
}"""
HIDE = """(element) => [element, ...element.querySelectorAll("*")].forEach(({ style }) => {
  for (const name of ["color", "-webkit-text-fill-color", "text-decoration-color"])
    style.setProperty(name, "transparent", "important");
})"""
SHOW = """(element) => [element, ...element.querySelectorAll("*")].forEach(({ style }) => {
  for (const name of ["color", "-webkit-text-fill-color", "text-decoration-color"])
    style.removeProperty(name);
})"""

Colour = tuple[int, ...]


def too_faint(page: Page, found: AxeResults) -> list[str]:
    """Return what axe left undecided and is too faint, with its contrast."""
    undecided = [result for result in found.response["incomplete"] if result["id"] == "color-contrast"]
    targets = {node["target"][0] for result in undecided for node in result["nodes"]}
    seen = {target: page.locator(target).first for target in sorted(targets)}
    contrasts = {target: lowest_contrast(page, element) for target, element in seen.items()}
    return [
        f"{target}: {contrasts[target]:.1f}" for target in seen if contrasts[target] < demand(seen[target])
    ]


def demand(element: Locator) -> float:
    """Return the contrast that the words of `element` must have at least."""
    size, weight = element.evaluate(FONT)
    return 3 if size >= LARGE or (size >= LARGE_BOLD and weight >= BOLD) else 4.5


def lowest_contrast(page: Page, element: Locator) -> float:
    """Return the lowest contrast of the own words of `element` to any point behind them."""
    ink = tuple(int(part) for part in re.findall(r"\d+", element.evaluate(COLOUR))[:3])
    element.evaluate(HIDE)
    behind: set[Colour] = set()
    for line in element.evaluate(LINES):
        picture = Image.open(io.BytesIO(page.screenshot(clip=line))).convert("RGB")
        behind |= {colour for _count, colour in picture.getcolors(picture.width * picture.height)}
    element.evaluate(SHOW)
    return min((contrast(ink, colour) for colour in behind), default=21)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours."""
    dark, light = sorted([_luminance(one), _luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
