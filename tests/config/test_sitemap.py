"""What search engines are told."""

import pytest
from wagtail.models import Page, PageViewRestriction

pytestmark = pytest.mark.django_db


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


def test_robots_are_kept_out_of_the_admin_and_off_the_notices(client):
    rules = client.get("/robots.txt").text
    assert "Disallow: /admin/" in rules
    assert "Disallow: /*leaving/" in rules
    assert "Sitemap: http://localhost/sitemap.xml" in rules
