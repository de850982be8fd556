"""Lighthouse, and what it reports of a page."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.npm_packages import folder_of

from .pages import MeasuredPage

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SHIFT = "cumulative-layout-shift"
CHROME_FLAGS = "--headless=new --no-sandbox --disable-background-networking"


@dataclass(frozen=True)
class Scores:
    """What a page got: by category, of a hundred; how much of it moved while it loaded; what cost points."""

    categories: dict[str, float]
    shift: float
    costs: list[str]


def scores_of(page: MeasuredPage, runs: int, *, is_desktop: bool) -> Scores:
    """Return the medians of what `page` gets in some runs, and what cost points in any."""
    reports = [_report(page, is_desktop=is_desktop) for _run in range(runs)]
    categories = {
        name: median(report["categories"][name]["score"] * 100 for report in reports) for name in CATEGORIES
    }
    shift = median(report["audits"][SHIFT]["numericValue"] for report in reports)
    return Scores(categories, shift, sorted({cost for report in reports for cost in _costs(report)}))


def _report(page: MeasuredPage, *, is_desktop: bool) -> dict[str, Any]:
    options = ["--quiet", "--output=json", f"--chrome-flags={CHROME_FLAGS}"]
    options.append(f"--only-categories={','.join(CATEGORIES)}")
    options += [] if page.is_listed else ["--skip-audits=is-crawlable"]
    options += ["--preset=desktop"] if is_desktop else []
    told = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    command = ["node", str(folder_of("lighthouse") / "cli" / "index.js"), page.url, *options]
    done = subprocess.run(command, env=told, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def _costs(report: dict[str, Any]) -> Iterator[str]:
    """Give what cost points, each with its category."""
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            score = report["audits"][part["id"]]["score"]
            if part["weight"] and score is not None and score < 1:
                yield f"{name}: {report['audits'][part['id']]['title']} ({score:.2f})"
