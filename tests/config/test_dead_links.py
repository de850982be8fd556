"""Addresses of ours without a page, where they are typed into a text."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page, Site

from config.dead_links import without_page
from home.models import StandardPage
from redirecting.models import Redirect
from region_gate.auditing.link_index import record
from tests.conftest import findings
from therapies.reports.alerts import Watch, alerts_of, sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live page that names no product."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.mark.parametrize(
    ("path", "is_dead"),
    [
        ("/", False),
        ("/eu/", False),
        ("/eu/about/", False),
        ("/eu/about/?a=b#c", False),
        ("/de/eu/", False),
        ("/eu/regions/", False),
        ("/de/eu/search/?q=a", False),
        ("/documents/1/a.pdf", False),
        ("/sitemap.xml", False),
        ("/moved/", False),
        ("/eu/nowhere/", True),
        ("/de/eu/about-in-english/", True),
        ("/nowhere/", True),
    ],
)
def test_an_address_is_dead_where_there_is_no_page(path, is_dead):
    Redirect.objects.create(old_path="/moved/", new_path="/eu/about/")
    url = f"{Site.objects.get().root_url}{path}"
    assert without_page([url]) == ({url} if is_dead else set())


def test_of_hosts_that_show_no_page_of_ours_nothing_is_said():
    assert without_page(["https://elsewhere.example/eu/nowhere/"]) == set()


def typed(address: str) -> str:
    return f'<p><a href="{address}">There</a></p>'


def test_the_editor_is_told_of_a_dead_address(eu_editor, about):
    about.intro = typed("/eu/nowhere/") + typed("/eu/about/")
    about.save_revision(user=get_user_model().objects.get(username="eu-editor"))
    told = findings(eu_editor, about)
    assert "1 thing that visitors will not get" in told
    assert "There is no page at this address." in told


def found() -> list[str]:
    (source,) = [source for source in sources() if source.kind == "dead"]
    watch = Watch(get_user_model().objects.get(username="eu-legal"))
    return [f"{one.subject}: {one.why}" for one in alerts_of(source, watch)]


def test_attention_is_called_to_one_on_a_live_page_and_not_to_its_menu(about, eu_home):
    about.intro = typed("/eu/nowhere/")
    about.save_revision().publish()
    record(Page.objects.get(pk=about.pk))
    StandardPage.objects.child_of(eu_home).exclude(pk=about.pk).first().unpublish()
    address = f"{Site.objects.get().root_url}/eu/nowhere/"
    assert found() == [f"About us: {address}: There is no page at this address."]
