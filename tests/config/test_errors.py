"""What bad input gets."""

import pytest

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
def test_a_missing_page_is_told_in_the_regions_language_and_furniture(
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


def test_a_missing_neutral_page_leads_to_the_selector(client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert 'href="/"' in page.text


@pytest.mark.parametrize("address", ["/eu/%00/", "/%ff/", "/eu/" + "a" * 9000 + "/", "/eu//", "/EU/"])
def test_an_odd_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_error_of_ours_is_told_without_the_database(settings, django_assert_num_queries):
    from config.errors import server_error

    with django_assert_num_queries(0):
        page = server_error(None)
    assert page.status_code == 500
    assert b"<main" in page.content
