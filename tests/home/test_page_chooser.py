"""The chooser of pages begins in one's region, reaches further, and says what visitors meet."""

import pytest
from django.urls import reverse

from home.models import StandardPage
from home.page_chooser import what_visitors_meet
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def coming_from(page) -> dict[str, str]:
    return {"referer": f"http://testserver{reverse('wagtailadmin_pages:edit', args=[page.pk])}"}


def browse(client, page, *below):
    name = "wagtailadmin_choose_page_child" if below else "wagtailadmin_choose_page"
    return client.get(reverse(name, args=below), headers=coming_from(page)).json()


def test_it_begins_in_the_region_and_language_of_what_is_written(eu_editor, english, german):
    for page in (english, german):
        answer = browse(eu_editor, page)
        assert answer["parent_page_id"] == page.get_parent().pk
        assert page.title in answer["html"]


def test_a_new_page_is_written_in_the_region_of_its_parent(eu_editor, eu_home):
    came_from = reverse("wagtailadmin_pages:add", args=["home", "standardpage", eu_home.pk])
    answer = eu_editor.get(
        reverse("wagtailadmin_choose_page"), headers={"referer": f"http://testserver{came_from}"}
    )
    assert answer.json()["parent_page_id"] == eu_home.pk


def test_another_region_is_reached_on_purpose_and_its_crossing_is_told(eu_editor, english, us_home):
    html = browse(eu_editor, english, us_home.pk)["html"]
    assert "Read a notice first: United States" in html
    assert "Read a notice first" not in browse(eu_editor, english)["html"]


def test_a_search_tells_it_too(eu_editor, english, us_home):
    address = reverse("wagtailadmin_choose_page_search")
    html = eu_editor.get(address, {"q": us_home.title[:6]}, headers=coming_from(english)).text
    assert "Read a notice first: United States" in html


def test_elsewhere_it_begins_at_the_root(eu_editor):
    assert eu_editor.get(reverse("wagtailadmin_choose_page")).json()["parent_page_id"] == 1


def test_a_page_of_others_is_no_place_to_begin(us_home, english):
    draft = StandardPage(title="Secret plans", live=False)
    us_home.add_child(instance=draft)
    assert browse(signed_in("eu-editor"), draft)["parent_page_id"] == 1


def test_a_neutral_page_is_no_crossing(english, eu_home, us_home):
    meets = what_visitors_meet(english)
    assert meets(eu_home.get_parent()) == ""
    assert meets(eu_home) == ""
    assert meets(us_home) != ""
    assert what_visitors_meet(eu_home.get_parent())(us_home) == ""
