"""Visitors of a site that keeps its pages."""

import pytest
from django.core.cache import caches
from django.test import Client

from page_cache import present_edition
from page_cache.memory import PageMemory
from page_cache.per_edition import answers_of

HOST = "localhost"  # where the demo's site stands
TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"


def kept() -> set[str]:
    """Return the keys of all that is kept."""
    pages = caches["pages"]
    return {*(pages._shelf.things if isinstance(pages, PageMemory) else pages.keys("*"))}


@pytest.fixture
def cached(db, settings) -> None:
    """Have pages be kept, from an empty cache on."""
    settings.PAGE_CACHE = True
    caches["pages"].clear()
    answers_of.cache_clear()
    present_edition.memory.__init__()


@pytest.fixture
def visitor(cached) -> Client:
    """A visitor at the site's own host."""
    return Client(headers={"host": HOST})


@pytest.fixture
def queries_of(django_assert_num_queries):
    """Return what counts the queries of a visit."""

    def asked(client: Client, address: str, **headers: str) -> list[str]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            client.get(address, headers=headers)
        return [query["sql"] for query in captured]

    return asked
