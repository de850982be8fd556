"""All pages of a region are found by their titles' letters."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from home.a_to_z import by_letter
from home.models import StandardPage
from home.visibility import shown

pytestmark = pytest.mark.django_db


def titles(home) -> list[tuple[str, list[str]]]:
    return [(letter, [page.title for page in pages]) for letter, pages in by_letter(home)]


def test_letters_come_as_dictionaries_have_them(eu_home):
    for number, title in enumerate(["Zebra", "Österreich", "oman", "5-fluorouracil", "« Qui ? »", "Ostsee"]):
        eu_home.add_child(instance=StandardPage(title=title, slug=f"p{number}", locale=eu_home.locale))
    found = dict(titles(eu_home))
    assert found["#"] == ["5-fluorouracil"]
    assert found["O"] == ["oman", "Österreich", "Ostsee"]
    assert found["Q"] == ["« Qui ? »"]
    letters = [letter for letter, _pages in titles(eu_home)]
    assert letters == sorted(letters)


def test_each_page_is_there_once_and_nothing_that_visitors_are_not_shown(eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    eu_home.add_child(instance=StandardPage(title="Draft", slug="draft", live=False, locale=eu_home.locale))
    expected = shown(Page.objects.live().public().descendant_of(eu_home))
    assert sorted(page.pk for _letter, some in by_letter(eu_home) for page in some) == sorted(
        expected.values_list("pk", flat=True)
    )
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert about.title not in str(titles(eu_home))


@pytest.mark.parametrize(("address", "title"), [("/eu/a-z/", "A to Z"), ("/fr/ca/a-z/", "Canada")])
def test_the_footer_leads_there_in_each_language(address, title):
    page = Client().get(address)
    assert page.status_code == 200
    assert title in page.text
    home = address.removesuffix("a-z/")
    assert f'href="{address}"' in Client().get(home).text
