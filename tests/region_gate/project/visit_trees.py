"""Regions made of page trees, and read anew when their pages change."""

from importlib import import_module

import pytest
from django.core.checks import run_checks
from project.models import RegionPage
from wagtail.models import Locale, Page, Site

from region_gate import conf, snapshot
from region_gate.links.destinations import DestinationKind

pytestmark = pytest.mark.django_db
import_module("region_gate.tree_steps")  # as the app does where the settings have trees
HERE = "www.example.com"


@pytest.fixture(autouse=True)
def home(settings) -> Page:
    """Make two regions of pages; return the page above them."""
    settings.REGION_GATE = {
        "TREES": ["project.RegionPage"],
        "NOTICES": settings.REGION_GATE["NOTICES"],
        "UNGATED_PREFIXES": ["/admin/"],
    }
    site = Site.objects.get()
    site.hostname, site.port = HERE, 80
    site.save()
    for slug in ("eu", "us"):
        make(site.root_page, slug)
    return site.root_page


def make(parent: Page, slug: str, **values: object) -> RegionPage:
    page: RegionPage = parent.add_child(instance=RegionPage(title=slug.upper(), slug=slug, **values))
    return page


def kind(to: str, at: str = "/eu/") -> DestinationKind:
    return snapshot.viewpoint(f"http://{HERE}{at}").classify(to).kind


def codes() -> dict[str, str]:
    return {region.code: region.addresses[0].prefix for region in snapshot.current().regions.regions}


def test_each_page_of_a_type_is_a_region():
    eu, us = conf.regions().regions
    assert (eu.code, eu.name, us.code) == ("eu", "EU", "us")
    assert [(at.host, at.prefix, at.language) for at in eu.addresses] == [(HERE, "/eu/", "en")]
    assert kind("/us/") is DestinationKind.CROSS_REGION
    assert kind("/eu/a/") is DestinationKind.SAME_REGION
    assert kind("/") is DestinationKind.NEUTRAL
    assert kind("https://evil.test/") is DestinationKind.THIRD_PARTY


def test_a_path_names_a_region_too(settings, home):
    home.add_child(instance=Page(title="Asia", slug="asia")).add_child(instance=Page(title="JP", slug="jp"))
    settings.REGION_GATE = {**settings.REGION_GATE, "TREES": ["/eu/", "/asia/jp/", "/nowhere/"]}
    assert codes() == {"eu": "/eu/", "jp": "/asia/jp/"}


def test_a_translation_is_the_same_region(home):
    german = Locale.objects.create(language_code="de")
    home.copy_for_translation(german).save_revision().publish()
    eu = RegionPage.objects.get(slug="eu")
    copy = eu.copy_for_translation(german)
    copy.slug = "europa"
    copy.save_revision().publish()
    (found,) = [region for region in snapshot.current().regions.regions if region.code == "eu"]
    assert [(at.prefix, at.language) for at in found.addresses] == [("/eu/", "en"), ("/de/europa/", "de")]
    eu.refresh_from_db()
    eu.unpublish()
    assert codes()["eu"] == "/de/europa/"


def test_a_region_stands_on_each_site_that_shows_it():
    Site.objects.create(hostname="eu.example.com", root_page=Page.objects.get(slug="eu"))
    (eu, _us) = snapshot.current().regions.regions
    assert [(at.host, at.prefix) for at in eu.addresses] == [(HERE, "/eu/"), ("eu.example.com", "/")]
    assert kind("http://eu.example.com/a/") is DestinationKind.SAME_REGION


def test_a_code_is_never_two_regions(home):
    other = home.add_child(instance=Page(title="Other", slug="other"))
    twin = make(other, "eu")
    assert codes() == {"eu": "/eu/", "us": "/us/", f"eu-{twin.pk}": "/other/eu/"}
    assert kind("/other/eu/") is DestinationKind.CROSS_REGION


def test_a_draft_is_no_region(home):
    make(home, "jp", live=False)
    assert kind("/jp/") is DestinationKind.NEUTRAL


def rename(page: RegionPage) -> None:
    page.slug = "europe"
    page.save_revision().publish()


def move(page: RegionPage) -> None:
    below = page.get_parent().add_child(instance=Page(title="Below", slug="below"))
    page.refresh_from_db()
    page.move(below, "last-child")


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (rename, "/europe/"),
        (move, "/below/eu/"),
        (lambda page: page.unpublish(), None),
        (lambda page: page.delete(), None),
    ],
)
def test_the_gate_follows_a_change_at_once(change, left):
    assert "/eu/" in codes().values()
    change(RegionPage.objects.get(slug="eu"))
    assert set(codes().values()) == {"/us/", left} - {None}


def test_the_gate_follows_what_stands_above_a_region(home):
    above = home.add_child(instance=Page(title="Above", slug="above"))
    make(above, "jp")
    assert codes()["jp"] == "/above/jp/"
    above.slug = "higher"
    above.save_revision().publish()
    assert codes()["jp"] == "/higher/jp/"
    above.delete()
    assert "jp" not in codes()


def test_a_new_title_and_a_new_region_are_seen_at_once(home):
    page = RegionPage.objects.get(slug="eu")
    page.title = "Europe"
    page.save_revision().publish()
    make(home, "jp")
    assert [region.name for region in snapshot.current().regions.regions] == ["Europe", "US", "JP"]


def test_a_draft_renews_nothing():
    before = snapshot.current()
    RegionPage.objects.get(slug="eu").save_revision()
    assert snapshot.current() is before


@pytest.mark.parametrize(
    "trees", [[], "project.RegionPage", ["project.Nothing"], ["auth.User"], ["eu"], ["/eu"], ["/"], [1], None]
)
def test_wrong_trees_are_named(settings, trees):
    settings.REGION_GATE = {**settings.REGION_GATE, "TREES": trees}
    assert "region_gate.E012" in [found.id for found in run_checks()]


def test_trees_and_a_function_do_not_go_together(settings):
    settings.REGION_GATE = {**settings.REGION_GATE, "REGIONS": "project.urls.regions"}
    assert "region_gate.E012" in [found.id for found in run_checks()]
