"""A page of a test's own in the made-up world, served through the site's whole middleware."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import path

from config.urls import urlpatterns as site_urls
from region_gate import conf, snapshot
from region_gate.html.rewriting import Gate
from region_gate.links.destinations import Viewpoint, no_redirects
from region_gate.links.policies import NO_POLICIES
from region_gate.page_sentences import page_words
from region_gate.snapshot import Snapshot
from tests.region_gate.world import HOST, REGIONS, US_PAGE

PAGE = "/us/page/"
GROUND = Snapshot(REGIONS, NO_POLICIES, no_redirects)


def _page(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase = request.META["test.response"]
    return response


urlpatterns = [path(PAGE.lstrip("/"), _page), *site_urls]


@pytest.fixture(scope="module", autouse=True)
def made_up_site() -> Iterator[None]:
    """Serve the page, with the made-up world's regions, for the tests of a module that imports this."""
    with (
        override_settings(ROOT_URLCONF=__name__),
        mock.patch.object(snapshot, "current", return_value=GROUND),
    ):
        yield


def served(response: HttpResponseBase | str, *, method: str = "get") -> HttpResponseBase:
    """Return what a visitor gets where the page at `US_PAGE` answers with `response`."""
    if isinstance(response, str):
        response = HttpResponse(response)
    visitor = Client(headers={"host": HOST}, **{"test.response": response})
    found: HttpResponseBase = getattr(visitor, method)(PAGE, secure=True)
    return found


def gate() -> Gate:
    """Return the gate that the served page meets."""
    return Gate(Viewpoint.at(US_PAGE, REGIONS), "/leaving/", conf.keys(), words=page_words("en"))
