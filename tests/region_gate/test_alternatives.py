"""What the site offers in the visitor's own region: on cross-region notices only, and never in their way."""

import logging
from dataclasses import replace

import pytest

from region_gate import conf
from region_gate.links.destinations import Viewpoint
from region_gate.notices.alternatives import Alternative, alternative
from tests.region_gate.world import REGIONS

EU_PAGE = "https://www.example.com/eu/about/"
US_PAGE = "https://www.example.com/us/therapies/liver/"


@pytest.fixture
def answer(monkeypatch):
    """Have the site answer with what is given, and return the list of what it was asked."""

    def set_up(found):
        asked: list[tuple[str, str, str]] = []

        def find(destination: str, region: str, language: str) -> Alternative | None:
            asked.append((destination, region, language))
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr(conf, "alternative", lambda: find)
        return asked

    return set_up


def offered(href: str = US_PAGE, page_url: str = EU_PAGE) -> Alternative | None:
    viewpoint = Viewpoint.at(page_url, replace(REGIONS, default_host="www.example.com"))
    return alternative(viewpoint, viewpoint.classify(href), "en")


def test_the_site_is_asked_with_plain_values_about_the_page_without_its_query(answer):
    asked = answer(None)
    assert offered(f"{US_PAGE}?a=1#part") is None
    assert asked == [(US_PAGE, "eu", "en")]


def test_the_site_is_asked_at_the_host_that_the_regions_know(answer):
    asked = answer(None)
    offered("/us/therapies/liver/", "http://127.0.0.1:8000/eu/about/")
    assert asked == [("http://www.example.com/us/therapies/liver/", "eu", "en")]


def test_what_is_at_the_same_host_is_linked_without_it(answer):
    answer(Alternative("Liver", "https://www.example.com/eu/therapies/liver/", "en"))
    assert offered() == Alternative("Liver", "/eu/therapies/liver/", "en")
    assert offered("/us/a/", "http://127.0.0.1:8000/eu/about/").url == "/eu/therapies/liver/"


@pytest.mark.parametrize(
    "href", ["https://third.test/", "/eu/therapies/", "/", "mailto:a@b.test", "ftp://a.test/"]
)
def test_only_before_another_region_is_the_site_asked(answer, href):
    asked = answer(Alternative("Liver", "https://www.example.com/eu/therapies/liver/"))
    assert offered(href) is None
    assert asked == []


def test_from_a_neutral_page_there_is_no_region_to_offer_anything_in(answer):
    asked = answer(Alternative("Liver", "https://www.example.com/eu/therapies/liver/"))
    assert offered(page_url="https://www.example.com/") is None
    assert asked == []


@pytest.mark.parametrize("url", ["https://www.example.com/us/", "https://evil.test/", "javascript:alert(1)"])
def test_an_offer_that_leads_elsewhere_is_not_made_and_is_logged(answer, caplog, url):
    answer(Alternative("Elsewhere", url))
    with caplog.at_level(logging.ERROR, "region_gate"):
        assert offered() is None
    assert US_PAGE in caplog.text


@pytest.mark.parametrize("failure", [ValueError("A fault of the site's"), KeyError("key"), OSError("down")])
def test_a_failure_of_the_sites_is_no_offer_and_is_logged(answer, caplog, failure):
    answer(failure)
    with caplog.at_level(logging.ERROR, "region_gate"):
        assert offered() is None
    assert type(failure).__name__ in caplog.text


def test_a_site_that_names_no_function_offers_nothing(settings):
    settings.REGION_GATE = {"REGIONS": "region_gate.conf.regions"}
    assert offered() is None
