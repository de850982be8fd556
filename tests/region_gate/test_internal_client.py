"""Our own visits to our pages: by no host that must be allowed, as a visitor without cookies."""

import pytest
from django.http import HttpResponse
from wagtail.models import Page, PageViewRestriction, Site

from home.models import StandardPage
from region_gate import snapshot
from region_gate.internal_client import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live European page."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


# To move a site puts all that it serves on record anew, which takes long.
MOVED = [
    pytest.param(host, marks=pytest.mark.long) for host in ("https://intern.test", "http://intern.test:8000")
]


@pytest.fixture(params=["http://localhost", *MOVED])
def site(request, settings) -> Site:
    """The site under a host that the outside may not ask for."""
    settings.ALLOWED_HOSTS = ["www.hospital.example"]
    scheme, _, host = request.param.partition("://")
    hostname, _, port = host.partition(":")
    found = Site.objects.get()
    found.hostname, found.port = hostname, port or {"http": 80, "https": 443}[scheme]
    found.save()
    return found


def test_an_address_of_ours_is_visited_though_nobody_else_may_ask_for_its_host(site, client, about):
    seen = visitor()(about.full_url)
    assert (seen.status, seen.is_whole, seen.language) == (200, True, "en")
    assert "About us" in seen.html
    assert client.get("/eu/about/", headers={"host": site.hostname}).status_code == 400


def test_a_page_is_answered_with_its_own_links_found_and_its_region_known(site, about, eu_home):
    about.intro = '<p><a href="https://away.test/">Away</a></p>'
    about.save()
    seen = visitor().page(about)
    assert seen.is_whole
    assert seen.url == about.full_url
    assert snapshot.viewpoint(seen.url).region == "eu"
    (away,) = [found for found in seen.findings if found.href == "https://away.test/"]
    assert away.outcome == "gated"


def test_the_site_of_a_page_is_looked_up_once(about, monkeypatch):
    found, asked = Site._find_for_request, []
    monkeypatch.setattr(Site, "_find_for_request", lambda request: asked.append(request) or found(request))
    assert visitor().page(about).is_whole
    assert len(asked) == 1


def test_a_page_that_needs_a_password_is_answered_all_the_same(about):
    PageViewRestriction.objects.create(page=about, restriction_type="password", password="secret")
    assert "About us" not in visitor()(about.full_url).html
    assert "About us" in visitor().page(about).html


def test_a_page_without_an_address_is_answered_at_the_chief_host(settings):
    settings.ALLOWED_HOSTS = ["www.hospital.example"]
    root = Page.objects.get(depth=1)
    orphan = root.add_child(instance=StandardPage(title="Below no site", locale=root.locale, live=False))
    assert orphan.full_url is None
    seen = visitor().page(orphan)
    assert (seen.url, seen.is_whole) == ("http://localhost/", True)


def test_what_breaks_is_told_with_its_reason(about, monkeypatch):
    monkeypatch.setattr(StandardPage, "serve", lambda *told: 1 / 0)
    seen = visitor().page(about)
    assert (seen.status, seen.is_whole) == (500, False)
    assert isinstance(seen.error, ZeroDivisionError)


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse("", content_type="text/html"),
        HttpResponse("x", content_type="application/pdf"),
        HttpResponse("<p>x", status=404),
        HttpResponse(status=302, headers={"Location": "/us/"}),
    ],
)
def test_what_is_no_page_is_not_whole(about, monkeypatch, answer):
    monkeypatch.setattr(StandardPage, "serve", lambda *told: answer)
    assert not visitor().page(about).is_whole
