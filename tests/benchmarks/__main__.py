"""Measure everything, print it as a table, write var/bench.json; status 1 if a figure is not met.

`python -m tests.benchmarks searching` measures what this module has, and writes a report where asked to.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def all_figures(names: list[str]) -> Iterator["Figure"]:
    """Give the figures of every benchmark, or of the modules with these names."""
    from . import (
        auditing,
        browsing,
        downloading,
        exploring,
        gating,
        guarding,
        proving,
        recording,
        redirecting,
        releasing,
        reporting,
        searching,
        searching_on_postgres,
        serving,
        translating,
    )
    from .figures import machine_figure
    from .world import demo_site

    yield machine_figure()
    with demo_site():
        yield from _settled(
            names,
            guarding.page_figures,
            guarding.figures,
            redirecting.figures,
            gating.figures,
            browsing.figures,
            downloading.figures,
            serving.figures,
            auditing.figures,
            recording.figures,
            proving.figures,
            releasing.figures,
            reporting.figures,
            searching.figures,
            searching_on_postgres.figures,
            translating.figures,
            exploring.figures,
        )


def _settled(names: list[str], *groups: Callable[[], Iterator["Figure"]]) -> Iterator["Figure"]:
    """Give the figures of each group with one of the names, or of all where there are none.

    None waits for what another has left to collect.
    """
    from .world import settle

    asked = [one for one in groups if not names or one.__module__.rpartition(".")[2] in names]
    for figures in asked:
        settle()
        yield from figures()


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    options.add_argument("names", nargs="*", help="modules; all by default")
    options.add_argument("--report", type=Path, help="where it is written; for all, var/bench.json")
    given = options.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in this thread
    django.setup()
    from django.conf import settings

    from .figures import Figure

    measured = []
    for figure in all_figures(given.names):
        mark = "" if figure.is_met else "NOT MET"
        print(f"{figure.name:<48}{figure.value:>10.2f} {figure.unit:<8}{figure.demand:<16}{mark}", flush=True)
        measured.append(figure)
    report = [{**asdict(figure), "is_met": figure.is_met} for figure in measured]
    path = given.report or (None if given.names else settings.DATA_DIR / "bench.json")
    if path:
        path.write_text(json.dumps(report, indent=2) + "\n")
    sys.exit(not all(figure.is_met for figure in measured))
