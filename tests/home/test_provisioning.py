"""A region is added by one call, and what it lacks is added by another."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageLogEntry

from home.models import Region, RegionHomePage, RegionSelectorPage, StandardPage
from home.provisioning import add_region, languages_of
from home.region_inventory import region_inventory
from home.required_pages import REQUIRED

from .everything import counts

pytestmark = pytest.mark.django_db


def japan(**values) -> Region:
    return Region(**{"code": "jp", "name": "Japan", "countries": ["JP"], **values})


@pytest.fixture
def jp() -> Region:
    """Japan, just added in English and German."""
    region = japan()
    add_region(region, {"de": "Japan auf Deutsch", "en": ""})
    return region


def test_a_region_has_a_draft_home_page_in_each_of_its_languages(jp):
    homes = RegionHomePage.objects.filter(region=jp).order_by("pk")
    assert [(h.locale.language_code, h.title, h.slug) for h in homes] == [
        ("en", "Japan", "jp"),
        ("de", "Japan auf Deutsch", "jp"),
    ]
    assert not any(home.live or home.first_published_at for home in homes)
    assert len({home.translation_key for home in homes}) == 1
    assert [home.get_latest_revision_as_object().title for home in homes] == ["Japan", "Japan auf Deutsch"]


def test_visitors_do_not_see_a_region_before_legal_has_approved_it(jp, client):
    assert client.get("/jp/").status_code == 404
    assert 'href="/jp/"' not in client.get("/").text


def test_a_region_has_its_groups_collection_and_review(jp):
    assert jp.collection.name == "Japan"
    assert Group.objects.filter(name__in=["jp editors", "jp legal"]).count() == 2
    for home in jp.home_pages.all():
        assert home.get_workflow().name == "jp review"


def test_the_making_of_a_home_page_is_on_record(jp):
    home = jp.home_pages.get(locale__language_code="en")
    assert PageLogEntry.objects.filter(page=home.pk, action="wagtail.create").exists()


def test_adding_a_region_again_changes_nothing(jp):
    before, pages = region_inventory("jp"), counts()
    assert add_region(jp, {"de": "Anders", "en": "Other"}) == []
    assert (region_inventory("jp"), counts()) == (before, pages)


def test_a_further_language_is_added_as_a_draft_translation_of_the_first(jp):
    (home,) = add_region(jp, {"en": "", "fr": "Japon"})
    assert (home.title, home.live, home.locale.language_code) == ("Japon", False, "fr")
    assert home.translation_key == jp.home_pages.order_by("pk")[0].translation_key
    assert languages_of(jp) == ["en", "de", "fr"]


def required(home: RegionHomePage) -> list[tuple[str, str, bool, bool]]:
    pages = StandardPage.objects.child_of(home)
    return [(page.slug, page.title, page.live, page.show_in_footer) for page in pages.order_by("path")]


def test_the_pages_that_the_law_asks_for_are_drafts_in_each_language(jp):
    english, german = jp.home_pages.order_by("pk")
    assert required(english) == [
        ("legal", "Imprint and legal notice", False, True),
        ("privacy", "Privacy", False, True),
        ("cookies", "Cookies", False, True),
        ("accessibility", "Accessibility statement", False, True),
    ]
    assert [slug for slug, *_rest in required(german)] == [*REQUIRED]
    families = [
        StandardPage.objects.child_of(home).values_list("translation_key") for home in (english, german)
    ]
    assert {*families[0]} == {*families[1]}
    assert all(
        page.get_latest_revision_as_object().title == page.title
        for page in StandardPage.objects.child_of(german)
    )


def test_a_page_that_the_law_asks_for_and_that_is_gone_does_not_come_back(jp):
    StandardPage.objects.filter(slug="cookies", live=False).first().delete()
    before = counts()
    add_region(jp, {"en": "", "de": ""})
    assert counts() == before


def test_a_language_without_a_region_selector_gets_a_draft_of_one():
    RegionHomePage.objects.filter(locale__language_code="de").delete()
    RegionSelectorPage.objects.get(locale__language_code="de").delete()
    add_region(japan(), {"de": ""})
    selector = RegionSelectorPage.objects.get(locale__language_code="de")
    assert (selector.title, selector.live) == ("Wählen Sie Ihre Region", False)
    assert selector.translation_key == RegionSelectorPage.objects.order_by("pk")[0].translation_key
    assert RegionHomePage.objects.get(slug="jp").is_child_of(selector)
    assert not any(Page.find_problems())


def test_a_home_page_below_a_selector_that_is_still_a_draft_can_go_live(client):
    RegionHomePage.objects.filter(locale__language_code="de").delete()
    RegionSelectorPage.objects.get(locale__language_code="de").delete()
    (home,) = add_region(japan(), {"de": ""})
    home.get_latest_revision().publish()
    assert client.get("/de/jp/").status_code == 200
    assert client.get("/de/").status_code == 404


def test_a_region_that_is_refused_leaves_nothing_behind():
    before = counts()
    with pytest.raises(ValidationError):
        add_region(japan(countries=["JP", "DE"]), {"en": ""})
    assert counts() == before


def test_a_home_page_that_is_refused_takes_all_the_rest_with_it():
    before = counts()
    with pytest.raises(ValidationError):
        add_region(japan(), {"en": "", "de": "x" * 300})
    assert counts() == before
