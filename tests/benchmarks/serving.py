"""Serving pages: the gate's share of a response, and the queries of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from unittest.mock import patch

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from region_gate import snapshot
from region_gate.middleware import GateMiddleware
from therapies.models import Reference, TherapyPage

from .figures import Figure
from .gating import forget_links

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
HOST = "localhost"  # where the demo's site stands
OTHERS = ("/", "/eu/", "/eu/therapies/", TREATMENT.replace("/eu/", "/us/"))
REFERENCES = 20
REPEATS = 100


def figures() -> Iterator[Figure]:
    """Give all figures about serving."""
    yield from _share_of_a_page()
    yield _queries_of_a_page()
    yield _queries_of_the_gate()


def _share_of_a_page() -> Iterator[Figure]:
    """Time a treatment page with its links unseen, and what of that passes in the gate."""
    client = Client()
    client.get(TREATMENT)
    with _time_in_the_gate() as gate:
        pages = [_time_of_a_page(client) for _ in range(REPEATS)]
    shares = [own / whole for own, whole in zip(gate, pages, strict=True)]
    yield Figure("a treatment page, cold", median(pages) * 1000, "ms")
    yield Figure("  the gate's share of it", median(shares) * 100, "%", 5)


def _time_of_a_page(client: Client) -> float:
    forget_links()
    start = perf_counter()
    client.get(TREATMENT)
    return perf_counter() - start


@contextmanager
def _time_in_the_gate() -> Iterator[list[float]]:
    """Collect the seconds that each request passes in the gate, not in what it stands around."""
    serve, spent = GateMiddleware.__call__, []

    def timed(gate: GateMiddleware, request: HttpRequest) -> HttpResponseBase:
        inside = []

        def get_response(request: HttpRequest) -> HttpResponseBase:
            start = perf_counter()
            response = gate.get_response(request)
            inside.append(perf_counter() - start)
            return response

        start = perf_counter()
        response = serve(GateMiddleware(get_response), request)
        spent.append(perf_counter() - start - sum(inside))
        return response

    with patch.object(GateMiddleware, "__call__", timed):
        yield spent


def _queries_of_a_page() -> Figure:
    """Count what the page asks that nobody has visited, in an edition of which other pages are kept."""
    _cite()
    client = Client(headers={"host": HOST})
    with override_settings(PAGE_CACHE=True):
        for address in OTHERS:
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(TREATMENT).text
    is_whole = shown.count('role="doc-backlink"') >= REFERENCES and 'class="label' in shown
    assert is_whole, "or less would be measured"
    return Figure(f"queries of a cold treatment page, {REFERENCES} references", len(queries), "", 8)


def _cite() -> None:
    """Have the treatment page cite further references."""
    cited = QuerySet(Reference).bulk_create(Reference(text=f"Author {n}. 2020.") for n in range(REFERENCES))
    marks = "".join(f'<a linktype="reference" id="{reference.pk}">※</a>' for reference in cited)
    page = TherapyPage.objects.get(url_path__endswith=f"/regions{TREATMENT}")
    page.intro = f"<p>It is known.{marks}</p>"
    page.save_revision().publish()


def _queries_of_the_gate() -> Figure:
    snapshot.current()
    with CaptureQueriesContext(connection) as queries:
        snapshot.current()
    return Figure("  of these the gate's", len(queries), "", 1)
