"""The demo's texts, as they lie in content/: one file for each page and language."""

import json
import re
from importlib.resources import files
from typing import Any

from .regions import DemoRegion

CONTENT = files("demo") / "content"


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
        page["body"] = [block for block in page["body"] if not _is_about_the_product(block)]
    return page


def _is_about_the_product(block: dict[str, Any]) -> bool:
    words = json.dumps(block, ensure_ascii=False)
    return any(mark in words for mark in ABOUT_THE_PRODUCT)


def american(text: str) -> str:
    """Return `text` with each British spelling in spelling.us.json made American."""
    words = json.loads((CONTENT / "spelling.us.json").read_text("utf-8"))
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b")
    return pattern.sub(lambda match: words[match[1]], text)


def notice_text(kind: str, language: str) -> str:
    """Return the demo's translation of the notice `kind`, such as "third_party"."""
    return (CONTENT / f"{kind}_notice.{language}.txt").read_text("utf-8")
