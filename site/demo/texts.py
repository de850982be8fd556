"""The demo's texts, as they lie in content/: one file for each page and language."""

import json
import re
from importlib.resources import files
from typing import Any

CONTENT = files("demo") / "content"


def page_text(name: str, language: str, region: str) -> dict[str, Any]:
    """Return title, intro, search description and body of page `name`, spelt as in `region`."""
    text = (CONTENT / f"{name}.{language}.json").read_text("utf-8")
    if region == "us":
        text = american(text)
    return json.loads(text)


def american(text: str) -> str:
    """Return `text` with each British spelling in spelling.us.json made American."""
    words = json.loads((CONTENT / "spelling.us.json").read_text("utf-8"))
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b")
    return pattern.sub(lambda match: words[match[1]], text)


def notice_text(kind: str, language: str) -> str:
    """Return the demo's translation of the notice `kind`, such as "third_party"."""
    return (CONTENT / f"{kind}_notice.{language}.txt").read_text("utf-8")
