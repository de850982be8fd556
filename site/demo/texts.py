"""The demo's texts, as they lie in content/: one file for each page and language."""

import json
import re
from importlib.resources import files
from typing import Any

from home.models import WholeName

from .regions import DemoRegion

CONTENT = files("demo") / "content"
DRUGS = ("5-fluorouracil", "5-fluorouracile", "5-FU")


# What tells that a passage is about the product.
ABOUT_THE_PRODUCT = ("SIR-Spheres", "page:product")


def page_text(name: str, language: str, demo: DemoRegion) -> dict[str, Any]:
    """Return title, intro, search description and body of page `name`, as the region `demo` has them.

    Where the product is not approved, the passages about it are left out.
    """
    text = (CONTENT / f"{name}.{language}.json").read_text("utf-8")
    if demo.code == "us":
        text = american(text)
    page = json.loads(text)
    if not demo.has_product:
        page["body"] = [found for block in page["body"] if (found := _without_the_product(block))]
    return page


def _without_the_product(block: Any) -> Any:
    """Return `block` without the ways to the product; None where it says something of the product itself."""
    if block["type"] == "needs":
        for need in block["value"]["needs"]:
            need["ways"] = [way for way in need["ways"] if not _is_about_the_product(way)]
    elif block["type"] == "cards":
        cards = block["value"]["cards"]
        block["value"]["cards"] = [card for card in cards if not _is_about_the_product(card)]
    return None if _is_about_the_product(block) else block


def _is_about_the_product(passage: Any) -> bool:
    words = json.dumps(passage, ensure_ascii=False)
    return any(mark in words for mark in ABOUT_THE_PRODUCT)


def american(text: str) -> str:
    """Return `text` with each British spelling in spelling.us.json made American."""
    words = json.loads((CONTENT / "spelling.us.json").read_text("utf-8"))
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b")
    return pattern.sub(lambda match: words[match[1]], text)


def notice_text(kind: str, language: str) -> str:
    """Return the demo's translation of the notice `kind`, such as "third_party"."""
    return (CONTENT / f"{kind}_notice.{language}.txt").read_text("utf-8")


def keep_drugs_whole() -> None:
    """List the drugs whose names stay on one line, where nothing is listed yet."""
    if not WholeName.objects.exists():
        WholeName.objects.bulk_create(WholeName(name=name) for name in DRUGS)
