"""What a page costs that is not kept as yet, of an edition of which others are."""

import pytest
from django.test import Client
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction, Site

from home.models import StandardPage
from region_gate import snapshot

from .conftest import HOST, TREATMENT

pytestmark = pytest.mark.django_db

OTHERS = ["/", "/eu/", "/eu/therapies/", TREATMENT.replace("/eu/", "/us/")]


def visit_others(visitor: Client) -> None:
    for address in OTHERS:
        assert visitor.get(address).status_code == 200


def test_a_cold_treatment_page_takes_eight_queries_at_most(visitor, django_assert_max_num_queries):
    visit_others(visitor)
    with django_assert_max_num_queries(8):
        page = visitor.get(TREATMENT)
    assert 'class="label' in page.text
    assert 'role="doc-backlink"' in page.text


def test_a_cold_page_of_a_site_with_a_private_page_takes_no_more(visitor, django_assert_max_num_queries):
    restrict(Page.objects.get(url_path="/regions/eu/about/"))
    visit_others(visitor)
    with django_assert_max_num_queries(8):
        visitor.get(TREATMENT)


def restrict(page: Page) -> None:
    PageViewRestriction(page=page, restriction_type="login").save_base(raw=True)


def test_pages_below_a_private_one_stay_private(visitor):
    about = StandardPage.objects.get(url_path="/regions/eu/about/")
    below = about.add_child(instance=StandardPage(title="Below", slug="below"))
    StandardPage._base_manager.filter(pk=below.pk).update(live=True)
    snapshot.invalidate()
    assert visitor.get("/eu/about/below/").status_code == 200
    restrict(about)
    assert visitor.get("/eu/about/below/").status_code == 302
    assert visitor.get("/eu/").status_code == 200
    restrict(about.get_parent())
    assert visitor.get(TREATMENT).status_code == 302
    assert visitor.get("/us/").status_code == 200


def test_an_alias_is_as_private_as_its_original(visitor, us_home):
    original = StandardPage.objects.get(url_path="/regions/us/about/")
    alias = CreatePageAliasAction(original, update_slug="alias", user=None).execute(
        skip_permission_checks=True
    )
    assert visitor.get("/us/alias/").status_code in (200, 404)
    Page.objects.filter(pk=alias.pk).update(live=True)
    restrict(original)
    assert visitor.get("/us/alias/").status_code == 302


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_site_is_found_by_host_and_port_each_time(visitor, administrator, eu_home, signed_in):
    Site.objects.create(hostname="eu.example.com", root_page=eu_home)
    browser = administrator if signed_in else Client()
    for _time in range(2):
        assert "Change region" in browser.get("/", headers={"host": "eu.example.com"}).text
        assert "Change region" not in browser.get("/", headers={"host": HOST}).text


def aliased(original: Page) -> Page:
    return CreatePageAliasAction(original, update_slug="alias", user=None).execute(
        skip_permission_checks=True
    )
