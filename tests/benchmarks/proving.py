"""Proof: what signing adds to a publication, and an archive of a thousand pages."""

import resource
from collections.abc import Iterator
from tempfile import TemporaryFile
from time import perf_counter

from django.utils import timezone

from config.record_keys import signer
from therapies.anchoring import making
from therapies.models import Publication
from therapies.page_record.archive import write
from therapies.page_record.circumstances import Circumstances, form

from .figures import Figure, seconds

PAGES = 1000
FIRST = 10_000_000  # a number that no page has


def figures() -> Iterator[Figure]:
    """Give all figures about proof."""
    entry = Publication.objects.filter(region="eu", is_live=True).exclude(products="[]").last()
    signing = seconds(lambda: signer().sign(entry.statement), repeats=99, rounds=3)
    yield Figure("signing an entry of the record", signing * 1000, "ms", 2)
    _put_on_record(entry)
    start = perf_counter()
    making.make()
    yield Figure(f"anchor over {PAGES} entries and more", (perf_counter() - start) * 1000, "ms")
    _archived("us")  # what is asked once is asked by then
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = perf_counter()
    number = _archived("bench")
    taken = perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield Figure(f"archive of {number} pages", number / taken, "pages/s", 20, at_least=True)
    yield Figure("  memory that it adds", grown, "MB", 100)


def _put_on_record(entry: Publication) -> None:
    """Put the same page on record a thousand times, as pages of a region of their own."""
    fields = {field.attname: getattr(entry, field.attname) for field in Publication._meta.concrete_fields}
    for number in range(PAGES):
        own = {"id": None, "subject": FIRST + number, "url": f"{entry.url}{number}/", "region": "bench"}
        Publication(**{**fields, **own}).save()


def _archived(region: str) -> int:
    now = timezone.now()
    with TemporaryFile() as file:
        return write(file, region, Circumstances(0, now, "UTC", "en", now, "eu-legal", form("en")))
