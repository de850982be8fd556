"""The tag of the gate's script: what it tells the script of the page it stands on."""

import json

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from selectolax.lexbor import LexborHTMLParser

from region_gate import snapshot
from region_gate.links.contact_schemes import CONTACT_SCHEMES
from region_gate.links.destinations import no_redirects
from region_gate.links.policies import NO_POLICIES
from region_gate.links.regions import Address, Regions, RegionSpec
from region_gate.snapshot import Snapshot
from tests.region_gate.world import HOST, REGIONS

TEMPLATE = Template("{% load gate %}{% gate_script %}")


def stand_on(regions: Regions, monkeypatch) -> None:
    ground = Snapshot(regions, NO_POLICIES, no_redirects)
    monkeypatch.setattr(snapshot, "current", lambda _request=None: ground)


@pytest.fixture(autouse=True)
def _site(monkeypatch, settings):
    stand_on(REGIONS, monkeypatch)
    settings.ALLOWED_HOSTS = ["*"]


def told(path: str, *, host: str = HOST, **context: str) -> dict[str, str]:
    """Return the attributes of the tag on the page at `path`."""
    request = RequestFactory().get(path, headers={"host": host})
    html = TEMPLATE.render(Context({"request": request, **context}))
    (script,) = LexborHTMLParser(html).css("script")
    assert not script.text()
    return dict(script.attributes)


def places(path: str = "/us/", *, host: str = HOST) -> dict[str, list[str]]:
    return json.loads(told(path, host=host)["data-places"])


@pytest.mark.parametrize(("path", "region"), [("/us/a/", "us"), ("/de/eu/", "eu"), ("/", ""), ("/euro/", "")])
def test_the_script_is_told_the_page_s_region(path, region):
    assert told(path)["data-region"] == region


def test_on_the_notice_page_it_is_told_the_region_that_is_left():
    assert told("/leaving/", region_code="eu")["data-region"] == "eu"


def test_it_is_told_where_the_gate_and_the_style_sheet_are():
    found = told("/us/")
    assert not found.keys() & {"type", "async", "defer"}, "or other scripts would run before it"
    assert found["src"] == "/static/region_gate/gate.js"
    assert found["data-gate"] == "/leaving/"
    assert found["data-style"] == "/static/region_gate/notice.css"


@pytest.mark.parametrize(
    ("added", "schemes"), [([], "mailto sms tel"), (["whatsapp", "geo"], "geo mailto sms tel whatsapp")]
)
def test_it_is_told_the_contact_schemes(added, schemes, monkeypatch):
    known = CONTACT_SCHEMES.union(added)
    monkeypatch.setattr(
        snapshot, "current", lambda _request=None: Snapshot(REGIONS, NO_POLICIES, no_redirects, known)
    )
    assert told("/us/")["data-schemes"] == schemes


def test_places_are_paths_here_and_whole_addresses_elsewhere():
    assert places()["eu"] == ["/eu/", "/de/eu/"]
    assert places()["jp"] == ["/jp/", "/de/jp/", "//jp.example.com/"]
    assert places("/", host="jp.example.com")["jp"] == [f"//{HOST}/jp/", f"//{HOST}/de/jp/", "/"]


def test_hosts_of_ours_are_told_besides():
    assert places()[""] == [f"//{HOST}/"]


def test_on_an_unknown_host_the_default_host_s_places_hold_too(monkeypatch):
    stand_on(Regions(REGIONS.regions, frozenset({HOST}), default_host=HOST), monkeypatch)
    assert places(host="127.0.0.1:8000")["eu"] == ["/eu/", f"//{HOST}/eu/", "/de/eu/", f"//{HOST}/de/eu/"]


def test_what_a_region_holds_besides_pages_is_not_listed(monkeypatch):
    us = RegionSpec("us", "US", (Address(HOST, "/us/"),), (Address(HOST, "/documents/1/"),))
    stand_on(Regions((us,)), monkeypatch)
    assert places()["us"] == ["/us/"]


def test_nothing_that_a_region_is_called_breaks_out_of_the_tag(monkeypatch):
    odd = RegionSpec("\"'><script>", "Odd", (Address(HOST, "/odd/"),))
    stand_on(Regions((odd,)), monkeypatch)
    assert places("/odd/")["\"'><script>"] == ["/odd/"]
    assert told("/odd/")["data-region"] == "\"'><script>"


def test_a_page_without_a_request_has_no_script():
    assert TEMPLATE.render(Context()) == ""
