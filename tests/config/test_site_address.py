"""The site stands where SITE_URL says, and whatever contradicts that is told."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from wagtail.models import Page, Site

from config.checks import check_site_address
from config.site_address import SiteAddress, put_default_site, read_site_address
from home.models import RegionSelectorPage


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.example.com", SiteAddress("https://www.example.com", "www.example.com", 443)),
        ("https://www.example.com/", SiteAddress("https://www.example.com", "www.example.com", 443)),
        ("https://WWW.Example.com:443", SiteAddress("https://www.example.com", "www.example.com", 443)),
        ("http://www.example.com", SiteAddress("http://www.example.com", "www.example.com", 80)),
        ("http://127.0.0.1:8001", SiteAddress("http://127.0.0.1:8001", "127.0.0.1", 8001)),
        ("http://localhost:8001", SiteAddress("http://localhost:8001", "localhost", 8001)),
        ("http://[::1]:8001", SiteAddress("http://[::1]:8001", "::1", 8001)),
    ],
)
def test_an_address_is_read(url, address):
    assert read_site_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        *("", "www.example.com", "//www.example.com", "ftp://www.example.com", "https://", "https:///de"),
        *("https://www.example.com/de", "https://www.example.com?a", "https://www.example.com#a"),
        *("https://me:secret@www.example.com", "https://me@www.example.com"),
        *("https://www.example.com:8443", "http://www.example.com:443", "http://www.example.com:99999"),
        *("http://a b", "http://-a-.example", "http://[::1", "http://www.example.com:port"),
    ],
)
def test_what_is_no_site_s_address_is_refused_by_its_name(url):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        read_site_address(url)


@pytest.fixture
def live(db, eu_home):
    """A page that visitors see, by its address."""
    return eu_home


@pytest.mark.long
def test_migrating_puts_the_default_site_there(settings, live):
    settings.SITE_URL = "https://www.hospital.example"
    put_default_site()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.root_url) == ("www.hospital.example", 443, settings.SITE_URL)
    assert Page.objects.get(pk=live.pk).full_url == "https://www.hospital.example/eu/"
    assert check_site_address(None) == []


def test_no_page_shows_another_host_or_port(settings, client, live, django_capture_on_commit_callbacks):
    settings.SITE_URL = "http://www.hospital.example:8001"
    settings.ALLOWED_HOSTS = ["*"]
    with django_capture_on_commit_callbacks(execute=True):
        call_command("migrate", verbosity=0)
    for address in ("/", "/eu/", "/sitemap.xml", "/robots.txt"):
        answer = client.get(address, HTTP_HOST="elsewhere.example:9").text
        assert "localhost" not in answer
        assert "elsewhere.example" not in answer
    assert "http://www.hospital.example:8001/eu/" in client.get("/sitemap.xml").text


@pytest.mark.long
def test_a_region_s_own_site_stays(settings, live):
    own = Site.objects.create(hostname="eu.example", port=443, root_page=live)
    settings.SITE_URL = "https://www.hospital.example"
    put_default_site()
    assert Site.objects.get(pk=own.pk).hostname == "eu.example"


def test_the_place_of_another_site_is_not_taken(settings, live):
    Site.objects.create(hostname="eu.example", port=443, root_page=live)
    settings.SITE_URL = "https://eu.example"
    put_default_site()
    assert Site.objects.get(is_default_site=True).hostname == "localhost"
    (found,) = check_site_address(None)
    assert found.id == "config.E002"
    assert "https://eu.example" in found.msg
    assert "http://localhost" in found.msg


def test_a_site_by_http_that_sends_all_to_https_is_told(settings, db):
    settings.SITE_URL = "http://localhost"
    settings.SECURE_SSL_REDIRECT = True
    (found,) = check_site_address(None)
    assert found.id == "config.E003"


def test_without_an_address_nothing_is_changed_or_told(settings, db):
    put_default_site()
    assert RegionSelectorPage.objects.first().full_url.startswith("http://localhost/")
    assert check_site_address(None) == []
