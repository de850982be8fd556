"""The audit: what it costs beside bare visits, and how time and memory grow with the site."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple
from unittest.mock import patch

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from home.models import RegionHomePage, StandardPage
from region_gate import internal_client
from region_gate.auditing.audit import audit
from region_gate.auditing.reachable import reachable_addresses
from region_gate.internal_client import visitor
from tests.browser.server import environment

from .figures import Figure
from .gating import forget_links

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 200, 2000  # pages
START = 10_000  # below a home, further down than any other page
MEGABYTE = 1024  # kilobytes


class Run(NamedTuple):
    """One run of the command: seconds from its start to its end, and the most memory that it had (MB)."""

    seconds: float
    memory: float


def figures() -> Iterator[Figure]:
    """Give all figures about the audit."""
    _grow_to(FEW)
    yield from _multiples()
    few = _run()
    _grow_to(MANY)
    many, shared = _run(), _run("--jobs", "2")
    yield Figure(f"audit_gate on {FEW} pages, from its start", few.seconds, "s")
    yield Figure(f"audit_gate on {MANY} pages, from its start", many.seconds, "s")
    yield Figure("  with --jobs 2", shared.seconds, "s")
    yield Figure("  pages in a second", MANY / many.seconds, "pages/s")
    yield Figure(f"memory of audit_gate, {FEW} pages", few.memory, "MB")
    yield Figure(f"memory of audit_gate, {MANY} pages", many.memory, "MB")
    yield Figure(f"  {MANY} pages against {FEW}", many.memory / few.memory, "x", 1.1)


def _multiples() -> Iterator[Figure]:
    """Compare each step of the audit with a bare visit to the same address, in turn."""
    bare, audited = Counter[str](), Counter[str]()

    def each(unit: str, work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        for number, item in enumerate(items):
            is_first = number % 2 == 0  # what comes second finds more at hand
            if is_first:
                bare[unit] += _spent(_visit_barely, item[0])[0]
            spent, answer = _spent(work, item)
            audited[unit] += spent
            if not is_first:
                bare[unit] += _spent(_visit_barely, item[0])[0]
            yield answer

    forget_links()
    audit(reachable_addresses(), each=each)
    whole = audited.total()
    yield Figure("audit, times bare visits to pages and notices", whole / bare.total(), "x", 1.15)
    yield Figure("  times bare visits to the pages alone", whole / bare["page"], "x")


def _spent(work: Callable[[Any], Any], item: Any) -> tuple[float, Any]:
    """Return the processor's seconds, for the machine does other things meanwhile, and the answer."""
    start = process_time()
    answer = work(item)
    return process_time() - start, answer


def _visit_barely(address: str) -> None:
    """Visit `address` as a visitor does, for whom the gate makes no list of what it finds."""
    with patch.object(internal_client, "SURVEY", "asked_by_nobody"):
        visitor()(address)


def _run(*words: str) -> Run:
    """Run the command on the benchmarks' database. Raises CalledProcessError where it finds anything."""
    command = [sys.executable, "manage.py", "audit_gate", *words]
    start = perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(perf_counter() - start, usage.ru_maxrss / MEGABYTE)


def _grow_to(number: int) -> None:
    """Add plain pages to the regions until there are `number` addresses.

    They are written as fixtures are, past the path of publication, which visits each page twice.
    """
    homes = list(RegionHomePage.objects.live())
    with transaction.atomic():
        for n in range(number - len(reachable_addresses())):
            _add(homes[n % len(homes)], f"page-{number}-{n}", START + number + n)


def _add(home: RegionHomePage, slug: str, step: int) -> None:
    """Add a live page, the `step`-th below `home`, with two links that cross."""
    page = Page(
        title=slug,
        slug=slug,
        path=Page._get_path(home.path, home.depth + 1, step),
        depth=home.depth + 1,
        url_path=f"{home.url_path}{slug}/",
        content_type=ContentType.objects.get_for_model(StandardPage),
        locale_id=home.locale_id,
    )
    page.save_base(raw=True)
    body = [{"type": "section", "value": {"heading": "Links", "text": _text(step)}}]
    StandardPage(page_ptr=page, body=body).save_base(raw=True)


def _text(n: int) -> str:
    return f'<p>See <a href="/us/">there</a> and <a href="https://site-{n % 50}.test/">elsewhere</a>.</p>'
