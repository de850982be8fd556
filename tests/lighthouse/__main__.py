"""Measure what Lighthouse says of the visitors' pages: `python -m tests.lighthouse`; takes some minutes.

Needs Node and Chromium; Lighthouse itself is fetched below var/ once. Prints a table of medians; status 1
where a figure is not met, 2 without Node. The site and its demo are made in a folder of their own, are served
as production would, and go with it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.browser.server import free_port
from tests.load.servers import make_demo, running
from tests.npm_packages import fetch

from .pages import MeasuredPage, measured_pages
from .reports import CATEGORIES, Scores, scores_of

AT_LEAST, MAX_SHIFT = 98, 0.0


def main(folder: Path, runs: int, only: list[str], *, is_desktop: bool) -> int:
    """Measure all pages, or those named in `only`; print it, and return the status."""
    if not fetch("lighthouse"):
        print("Node is not installed: apt-get install nodejs npm")
        return 2
    port = str(free_port())
    make_demo(folder, port)
    print(f"{'':<12}" + "".join(f"{name:>16}" for name in (*CATEGORIES, "layout shift")), flush=True)
    with running("gunicorn", folder, PORT=port) as address:
        pages = [page for page in measured_pages(address) if not only or page.name in only]
        met = [_tell(page, scores_of(page, runs, is_desktop=is_desktop)) for page in pages]
    return int(not all(met))


def _tell(page: MeasuredPage, scores: Scores) -> bool:
    """Print what `page` got; say whether that is enough."""
    is_enough = min(scores.categories.values()) >= AT_LEAST and scores.shift <= MAX_SHIFT
    figures = "".join(f"{scores.categories[name]:>16.0f}" for name in CATEGORIES)
    print(f"{page.name:<12}{figures}{scores.shift:>16.3f}{'' if is_enough else '  NOT MET'}", flush=True)
    for cost in [] if is_enough else scores.costs:
        print(f"{'':<12}  {cost}")
    return is_enough


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.lighthouse", description=__doc__)
    asked.add_argument("pages", nargs="*", help="their names; all by default")
    asked.add_argument("--runs", type=int, default=5, help="of each page, whose median counts")
    asked.add_argument("--desktop", action="store_true", help="as a desktop, not as a phone")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(Path(made), given.runs, given.pages, is_desktop=given.desktop))
