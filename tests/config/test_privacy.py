"""Private pages and passwords of pages are not offered; what is private all the same stays so."""

import pytest

from home.models import RegionHomePage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> StandardPage:
    """A live European page."""
    return StandardPage.objects.get(url_path__endswith="/eu/about/", locale__language_code="en")


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_makes_anything_private(administrator, about, eu, method):
    posted = {"restriction_type": "password", "password": "a", "groups": []}
    for address in (f"/admin/pages/{about.pk}/privacy/", f"/admin/collections/{eu.collection.pk}/privacy/"):
        assert getattr(administrator, method)(address, posted).status_code == 404
    assert not about.view_restrictions.exists()


def test_a_pages_password_is_not_taken(client, about):
    restriction = about.view_restrictions.create(restriction_type="password", password="open")
    for address in (
        f"/_util/authenticate_with_password/{restriction.pk}/{about.pk}/",
        f"/documents/authenticate_with_password/{restriction.pk}/",
    ):
        assert client.post(address, {"password": "open", "return_url": "/eu/about/"}).status_code == 404
    assert about.title not in client.get("/eu/about/").text


@pytest.mark.parametrize("kind", ["login", "password"])
def test_what_is_private_all_the_same_is_nowhere(client, about, kind):
    about.show_in_menus = True
    about.save()
    about.view_restrictions.create(restriction_type=kind, password="open")
    for address in ("/eu/", "/eu/search/?q=about", "/sitemap.xml", "/de/eu/"):
        text = client.get(address).text
        assert 'href="/eu/about/' not in text
        assert "localhost/eu/about/" not in text
    answer = client.get("/eu/about/")
    assert about.title not in answer.text
    assert answer.status_code == 302 or "no-cache" in answer["Cache-Control"]


@pytest.fixture
def private_home(eu) -> RegionHomePage:
    """The German entrance of Europe, which only some people may see all the same."""
    home = eu.home_pages.get(locale__language_code="de")
    home.view_restrictions.create(restriction_type="login")
    return home


@pytest.mark.parametrize("address", ["/", "/de/", "/country/de/", "/us/regions/", "/eu/", "/eu/regions/"])
def test_a_private_entrance_is_offered_to_nobody(client, private_home, address):
    assert 'href="/de/eu/' not in client.get(address).text


def test_a_region_whose_entrances_are_private_is_on_no_list(client, eu):
    for home in eu.home_pages.all():
        home.view_restrictions.create(restriction_type="login")
    for address in ("/", "/fr/", "/us/regions/", "/country/de/", "/country/?q=Germany"):
        text = client.get(address, follow=True).text
        assert 'href="/eu/' not in text
        assert "to=http://localhost/eu/" not in text
        listed = text.partition('class="regions"')[2].partition("</main>")[0].partition("continents")[0]
        assert ">Europe<" not in listed  # the region; the continent stays
    for address in ("/eu/search/", "/eu/search/suggestions/?q=liv", "/eu/regions/"):
        assert client.get(address).status_code == 302


def test_what_a_private_page_has_below_it_is_private_too(client, private_home):
    about = StandardPage.objects.get(url_path__endswith="/eu/about/", locale__language_code="de")
    assert client.get(about.url).status_code == 302
    assert about.title not in client.get("/de/us/search/?q=Sirtex").text
    assert "/de/eu/" not in client.get("/sitemap.xml").text
