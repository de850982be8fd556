"""What search engines are told."""

import re

import pytest
from wagtail.models import Page, PageViewRestriction

from config import sitemap
from region_gate.auditing.listed import listed_addresses

pytestmark = pytest.mark.django_db
LOCATION = re.compile("<loc>(.*?)</loc>")


def test_the_sitemap_lists_live_pages_in_all_languages(client):
    listed = client.get("/sitemap.xml")
    assert listed["Content-Type"] == "application/xml"
    for address in ("/", "/us/", "/de/eu/", "/fr/ca/therapies/"):
        assert f"<loc>http://localhost{address}</loc>" in listed.text


def test_the_sitemap_leaves_out_what_visitors_cannot_see(client):
    about = Page.objects.get(url_path__endswith="/us/about/")
    about.unpublish()
    legal = Page.objects.get(url_path__endswith="/us/legal/")
    PageViewRestriction.objects.create(page=legal, restriction_type="login")
    listed = client.get("/sitemap.xml").text
    assert "/us/about/" not in listed
    assert "/us/legal/" not in listed


@pytest.fixture
def in_parts(monkeypatch):
    """A site of many pages, as five are many to a part now."""
    monkeypatch.setattr(sitemap, "IN_PART", 5)


def test_a_large_site_is_listed_in_parts_each_page_once(client, in_parts):
    whole = Page.objects.live().public().filter(depth__gt=1).count()
    index = client.get("/sitemap.xml", headers={"host": "localhost"})
    assert index["Content-Type"] == "application/xml"
    parts = LOCATION.findall(index.text)
    assert parts == [f"http://localhost/sitemap-{n}.xml" for n in range(1, -(-whole // 5) + 1)]
    listed = [page for part in parts for page in LOCATION.findall(client.get(part).text)]
    assert len(listed) == len({*listed}) == whole


@pytest.mark.parametrize("number", ["0", "999", "01", "1000000000000000000000", "-1", "x"])
def test_there_are_no_further_parts(client, in_parts, number):
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_the_audit_goes_through_the_parts(in_parts):
    listing = listed_addresses()
    assert len(listing.sitemaps) > 3
    assert "http://localhost/us/" in listing.addresses


def test_a_part_takes_as_many_queries_as_two_pages(client, in_parts, django_assert_max_num_queries):
    client.get("/sitemap-1.xml")
    with django_assert_max_num_queries(8):
        client.get("/sitemap-2.xml")


def test_robots_are_kept_out_of_the_admin_and_off_the_notices(client):
    rules = client.get("/robots.txt").text
    assert "Disallow: /admin/" in rules
    assert "Disallow: /*leaving/" in rules
    assert "Sitemap: http://localhost/sitemap.xml" in rules
