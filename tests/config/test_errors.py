"""What bad input gets."""

import pytest
from wagtail.models import Locale

from home.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["evil.test", "www.example.com.evil.test", "a b", "évil.test", ""])
def test_an_unknown_host_is_a_bad_request(client, host):
    assert client.get("/eu/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    ("address", "language", "region", "home"),
    [
        ("/eu/nowhere/", "en", "Europe", "/eu/"),
        ("/de/eu/nirgends/", "de", "Europa", "/de/eu/"),
        ("/fr/ca/x/", "fr", "Canada", "/fr/ca/"),
    ],
)
def test_a_missing_page_is_told_in_the_regions_language_and_navigation(
    client, address, language, region, home
):
    page = client.get(address)
    assert page.status_code == 404
    assert f'<html lang="{language}"' in page.text
    assert region in page.text
    assert f'href="{home}therapies/"' in page.text


def test_a_region_without_the_language_offers_those_it_has(client):
    page = client.get("/de/ca/")
    assert page.status_code == 404
    assert 'href="/ca/"' in page.text
    assert 'href="/fr/ca/"' in page.text
    assert '<html lang="de"' in page.text


def test_a_page_that_is_not_translated_is_offered_in_the_languages_that_have_it(client, eu_home):
    page = eu_home.add_child(instance=StandardPage(title="Zebra", slug="zebra", locale=eu_home.locale))
    missing = client.get("/de/eu/zebra/")
    assert missing.status_code == 404
    assert f'<a href="{page.url}" lang="en" hreflang="en">Zebra' in missing.text
    assert "This page is not available in the language" not in client.get("/de/eu/nirgends/").text


def test_translations_of_a_page_that_is_not_live_are_offered_at_their_own_addresses(client, eu_home):
    page = eu_home.add_child(instance=StandardPage(title="Zebra", slug="zebra", locale=eu_home.locale))
    german = page.copy_for_translation(Locale.objects.get(language_code="de"))
    german.slug, german.title = "gestreift", "Zebras"
    german.save_revision().publish()
    german = StandardPage.objects.get(pk=german.pk)
    page.unpublish()
    assert f'<a href="{german.url}" lang="de" hreflang="de">Zebras' in client.get("/eu/zebra/").text
    german.unpublish()
    assert "Zebras" not in client.get("/eu/zebra/").text


def test_a_missing_neutral_page_leads_to_the_selector(client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert 'href="/"' in page.text


@pytest.mark.parametrize("address", ["/eu/%00/", "/%ff/", "/eu/" + "a" * 9000 + "/", "/eu//"])
def test_an_odd_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_error_of_ours_is_told_without_the_database(settings, django_assert_num_queries):
    from config.errors import server_error

    with django_assert_num_queries(0):
        page = server_error(None)
    assert page.status_code == 500
    assert b"<main" in page.content


ODD_HOSTS = [
    *("localhost:99999", "localhost:65536", "localhost:0", "localhost:00080", "localhost:", "localhost:-1"),
    *("a:b:c", "localhost:8000:1", ":80", "[::1", "::1", "[::1]:99999", "[zz]", "localhost:８０", "[::1]:x"),
    *(
        "localhost/x",
        "localhost?x",
        "localhost#x",
        "x@localhost",
        "local host",
        "localhost\x00",
        "%00",
        "xn--",
    ),
    *("www..example.com", ".example.com", "-.example.com", "a" * 300 + ".example.com", "xn--.example.com"),
    *("_.example.com", "1.example.com:١", "ß.example.com", "0x7f.1", "127.1:80"),
]


@pytest.mark.parametrize("host", ODD_HOSTS)
@pytest.mark.parametrize(
    "path", ["/eu/", "/admin/login/", "/nowhere/", "/eu/search/?q=a", "/robots.txt", "/sitemap.xml"]
)
def test_an_odd_host_breaks_nothing(client, host, path):
    assert client.get(path, headers={"host": host}).status_code < 500


@pytest.mark.parametrize(
    "host", ["localhost:99999", "localhost:65536", "localhost:0", "a:b:c", "", "[::1", "ß.example.com"]
)
def test_an_impossible_host_is_a_bad_request(client, host):
    assert client.get("/eu/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "a" * 5000,
        "%00",
        "a%00.png",
        "..",
        "../../x",
        "..%2f..%2fx",
        "a/" * 2000,
        "\u0130" * 300,
        "%ff",
        "a\nb",
    ],
)
@pytest.mark.parametrize("folder", ["/media/images/", "/static/", "/documents/1/", "/media/"])
def test_an_odd_name_of_a_file_is_not_found(client, folder, name):
    assert client.get(f"{folder}{name}").status_code in (301, 302, 404)
