"""What the lists of pages show, read as a person reads them."""

from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from tests.review.conftest import about  # noqa: F401 - a fixture


def explorer(page: Page) -> str:
    return reverse("wagtailadmin_explore", args=[page.pk])


def listed(client: Client, address: str, **asked: object) -> list[str]:
    """Return the titles that a list shows, in its order."""
    shown = LexborHTMLParser(client.get(address, asked).text)
    titles = shown.css("td.title [id^=page_][id$=_title]")
    return [" ".join(title.text().split()) for title in titles]
