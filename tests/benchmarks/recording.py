"""The page record: a page with many revisions, told in the admin, and as a document."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from therapies.models import Publication

from .figures import Figure, seconds

REVISIONS = 200
TREATMENT = "/regions/eu/therapies/liver-metastases-colorectal-cancer/"
INDEX = "/admin/reports/page-record/"


def figures() -> Iterator[Figure]:
    """Give all figures about the page record."""
    page = Page.objects.get(url_path=TREATMENT).specific
    _publish(page)
    entries = Publication.objects.chain(page.pk).count()
    client = Client()
    user = get_user_model().objects.get(username="eu-legal")
    client.force_login(user)
    address = f"{INDEX}{page.pk}/"
    telling = seconds(lambda: client.get(address), repeats=9)
    yield Figure(f"page record with {entries} publications", telling * 1000, "ms", 500)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    yield Figure("  its queries", len(queries), "", 40)
    yield Figure("  its document", seconds(lambda: client.get(f"{address}document/"), 9) * 1000, "ms", 500)
    yield Figure("list of pages on record", seconds(lambda: client.get(INDEX), 9) * 1000, "ms")


def _publish(page: Page) -> None:
    for number in range(REVISIONS - Publication.objects.chain(page.pk).count()):
        page.search_description = f"Revision {number}"
        page.save_revision().publish(log_action=False)
