"""A site's live pages are neither taken from visitors by changing it, nor given addresses off the record."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, Site

from home.exceptions import RefusedError
from tests.cases import first_cases
from therapies.models import Publication
from therapies.models.publication_record import Why

pytestmark = pytest.mark.django_db


def change(client, site: Site | None = None, **values):
    """Save a site by its form, a new one if there is none; return the page that follows."""
    site = site or Site(port=80)
    form = {
        "hostname": site.hostname,
        "port": site.port,
        "site_name": site.site_name,
        "root_page": site.root_page_id,
        "is_default_site": "on" if site.is_default_site else "",
        **values,
    }
    name, args = ("edit", [site.pk]) if site.pk else ("add", [])
    return client.post(reverse(f"wagtailsites:{name}", args=args), form, follow=True)


def last(page: Page) -> Publication:
    return Publication.objects.chain(page.pk).last()


@pytest.fixture
def site(db) -> Site:
    """The demo's site."""
    return Site.objects.get()


@pytest.mark.parametrize("root", ["/regions/eu/", "/"])
def test_a_root_page_that_hides_live_pages_is_refused(administrator, client, site, root):
    page = Page.objects.get(url_path=root)
    answer = change(administrator, site, root_page=page.pk)
    assert "would not be shown with another root page, so that stays: “" in answer.text
    assert Site.objects.get().root_page_id == site.root_page_id
    assert client.get("/us/").status_code == client.get("/de/eu/").status_code == 200


def test_code_that_a_person_runs_in_the_admin_is_refused_too(site, eu_home, administrator, monkeypatch):
    monkeypatch.setattr("review.publication_rules.is_in_the_admin", lambda: True)
    site.root_page = eu_home
    with pytest.raises(RefusedError), transaction.atomic():
        site.save()
    with pytest.raises(RefusedError), transaction.atomic():
        Site.objects.all().delete()


def test_a_site_that_shows_live_pages_at_all_hosts_stays_the_default(administrator, client, site):
    assert "so it stays the default: “" in change(administrator, site, is_default_site="").text
    assert Site.objects.get().is_default_site
    assert client.get("/eu/").status_code == 200


def test_a_second_site_does_not_take_the_place_of_the_first(administrator, site, eu_home):
    answer = change(administrator, hostname=site.hostname, port=443, root_page=eu_home.pk)
    assert "at this host, where this one would not show them: “" in answer.text
    assert Site.objects.get() == site


def test_what_takes_nothing_from_anybody_is_saved(administrator, site):
    change(administrator, site, site_name="Ours")
    assert Site.objects.get().site_name == "Ours"
    assert not Publication.objects.filter(why=Why.MOVED).exists()


def test_pages_that_were_taken_down_hold_no_site(administrator, site, eu_home):
    for page in Page.objects.live().filter(depth__gt=1).exclude(pk=eu_home.pk):
        page.unpublish()
    change(administrator, site, root_page=eu_home.pk)
    assert Site.objects.get().root_page_id == eu_home.pk
    assert last(eu_home).url == "http://localhost/"


@first_cases(
    ("place", "url"),
    [
        ({"hostname": "www.example.com"}, "http://www.example.com/eu/"),
        ({"port": 443}, "https://localhost/eu/"),
    ],
)
def test_a_site_that_moves_puts_the_new_addresses_on_record(administrator, site, eu_home, place, url):
    change(administrator, site, **place)
    entry = last(eu_home)
    assert (entry.url, entry.why, entry.is_live, bool(entry.html)) == (url, Why.MOVED, True, True)
    assert {one.url.startswith(url.removesuffix("eu/")) for one in Publication.objects.open()} == {True}
    call_command("check_record")


@pytest.mark.long
def test_a_site_of_a_part_puts_that_parts_new_addresses_on_record(administrator, eu_home, us_home):
    change(administrator, hostname="eu.example.com", root_page=eu_home.pk)
    assert last(eu_home).url == "http://eu.example.com/"
    assert last(us_home).url == "http://localhost/us/"
    change(administrator, Site.objects.get(root_page=eu_home), hostname="europe.example.com")
    assert last(eu_home).url == "http://europe.example.com/"
    Site.objects.get(root_page=eu_home).delete()
    assert last(eu_home).url == "http://localhost/eu/"


def test_what_a_command_takes_from_visitors_is_on_record_at_once(site, eu_home, us_home):
    site.root_page = eu_home
    site.save()
    assert last(us_home).html == last(us_home).url == ""
    with pytest.raises(SystemExit):
        call_command("check_record")
