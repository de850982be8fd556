"""What a region's editor may do, tried by direct requests and not by looking for buttons."""

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Workflow

from home.access import open_region
from home.models import StandardPage
from tests.conftest import TOPIC, approval
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "de", "fr"]


def state(home: Page) -> list[tuple]:
    """Return all that an editor could change below `home`."""
    pages = Page.objects.descendant_of(home, inclusive=True).order_by("path")
    fields = (
        "pk",
        "path",
        "title",
        "draft_title",
        "slug",
        "live",
        "locked",
        "latest_revision_id",
        "go_live_at",
    )
    return list(pages.values_list(*fields))


def about(home: Page) -> StandardPage:
    return StandardPage.objects.child_of(home).get(slug="about")


def form(title: str, **more: str) -> dict[str, str]:
    """Return what the editor's form sends for a plain page."""
    return {
        "title": title,
        "slug": "a-new-page",
        "intro": json.dumps({"blocks": [], "entityMap": {}}),
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **more,
    }


def add_below(client, home: Page, **more: str):
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    return client.post(address, form("A new page", **more))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editor_drafts_in_each_language_of_the_region(eu_editor, eu, language):
    home = eu.home_pages.get(locale__language_code=language)
    add_below(eu_editor, home)
    page = StandardPage.objects.child_of(home).get(slug="a-new-page")
    assert not page.live
    eu_editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form("A better title"))
    page.refresh_from_db()
    assert page.draft_title == "A better title"
    assert not page.live


def test_the_editor_publishes_nothing_by_asking_for_it(eu_editor, eu_home):
    add_below(eu_editor, eu_home, **{"action-publish": "1"})
    assert not StandardPage.objects.filter(slug="a-new-page", live=True).exists()
    page = about(eu_home)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    eu_editor.post(edit, form("Published by me", slug="about", **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.title == "About us"


def test_the_editor_submits_and_legal_publishes_by_approving(eu_editor, eu_legal, eu_home, client):
    page = about(eu_home)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    eu_editor.post(edit, form("About Sirtex", slug="about", **{"action-submit": "1"}))
    page.refresh_from_db()
    task = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    eu_editor.post(approve, approval())
    assert "About Sirtex" not in client.get("/eu/about/").text
    eu_legal.post(approve, approval())
    assert "About Sirtex" in client.get("/eu/about/").text


@pytest.mark.parametrize("route", ["publish", "unpublish", "delete", "move"])
def test_the_editor_cannot_act_on_live_pages_in_bulk(eu_editor, eu_home, us_home, route):
    before = state(eu_home), state(us_home)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", route])
    for home in (eu_home, us_home):
        eu_editor.post(f"{address}?id={about(home).pk}", {"chooser": us_home.pk})
    assert (state(eu_home), state(us_home)) == before


@pytest.mark.parametrize("route", ["unpublish", "delete"])
def test_the_editor_cannot_take_down_what_is_live(eu_editor, eu_home, route):
    before = state(eu_home)
    eu_editor.post(reverse(f"wagtailadmin_pages:{route}", args=[about(eu_home).pk]))
    assert state(eu_home) == before


FORBIDDEN = {
    "edit": lambda page: (reverse("wagtailadmin_pages:edit", args=[page.pk]), form("Mine now")),
    "publish": lambda page: (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form("Mine now", **{"action-publish": "1"}),
    ),
    "submit": lambda page: (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form("Mine now", **{"action-submit": "1"}),
    ),
    "add below": lambda page: (
        reverse("wagtailadmin_pages:add", args=["home", "standardpage", page.pk]),
        form("Mine"),
    ),
    "delete": lambda page: (reverse("wagtailadmin_pages:delete", args=[page.pk]), {}),
    "unpublish": lambda page: (reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}),
    "copy": lambda page: (
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "alias": ""},
    ),
    "set position": lambda page: (
        reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + "?position=0",
        {},
    ),
    "lock": lambda page: (reverse("wagtailadmin_pages:lock", args=[page.pk]), {}),
    "privacy": lambda page: (
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
        {"restriction_type": "login"},
    ),
    "revert": lambda page: (
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.latest_revision_id]),
        form("Mine now"),
    ),
    "translate": lambda page: (
        reverse("simple_translation:submit_page_translation", args=[page.pk]),
        {"locales": ["1", "2", "3"], "include_subtree": "on"},
    ),
}


@pytest.mark.parametrize("route", FORBIDDEN)
def test_the_editor_cannot_change_another_region(eu_editor, us_home, route):
    for page in (us_home, about(us_home), TherapyPage.objects.descendant_of(us_home).get(slug=TOPIC)):
        before, pages = state(us_home), Page.objects.count()
        address, values = FORBIDDEN[route](page)
        answer = eu_editor.post(address, values)
        assert answer.status_code in (302, 403, 404), answer.status_code
        assert state(us_home) == before
        assert Page.objects.count() == pages


@pytest.mark.parametrize("route", ["move", "copy"])
def test_the_editor_cannot_bring_a_page_into_another_region(eu_editor, eu_home, us_home, route):
    page, before = about(eu_home), state(us_home)
    if route == "move":
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, us_home.pk])
        eu_editor.post(address)
    else:
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        eu_editor.post(address, {"new_title": "Copy", "new_slug": "copy", "new_parent_page": us_home.pk})
    assert state(us_home) == before


def test_the_editor_cannot_hand_a_home_page_to_another_region(eu_editor, eu, us):
    german = eu.home_pages.get(locale__language_code="de")
    edit = reverse("wagtailadmin_pages:edit", args=[german.pk])
    empty = {f"{name}-count": "0" for name in ("menu", "footer_menu", "office_hours", "reporting")}
    answer = eu_editor.post(edit, form("Europa", region=us.pk, **empty))
    assert "cannot change its region" in answer.text
    assert german.get_latest_revision_as_object().region == eu


@pytest.mark.parametrize(
    "address",
    [
        "/admin/regions/",
        "/admin/regions/new/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/sites/",
        "/admin/locales/",
        "/admin/workflows/list/",
        "/admin/collections/",
        "/admin/snippets/region_gate/notice/",
        "/admin/snippets/region_gate/notice/add/",
        "/admin/snippets/therapies/topic/add/",
    ],
)
def test_the_editor_is_kept_out_of_what_all_regions_share(eu_editor, address):
    assert eu_editor.get(address).status_code in (302, 403)
    assert eu_editor.post(address, {"name": "x", "code": "xx"}).status_code in (302, 403)


def test_the_editor_may_add_a_reference_and_change_none(eu_editor):
    from therapies.models import Reference

    eu_editor.post(
        "/admin/snippets/therapies/reference/add/",
        {"text": "Smith A. 2016.", "kind": "article", "year": "", "doi": "", "url": ""},
    )
    assert Reference.objects.filter(text="Smith A. 2016.").exists()
    cited = Reference.objects.get(doi="10.1200/JCO.2015.66.1181")
    edit = f"/admin/snippets/therapies/reference/edit/{cited.pk}/"
    eu_editor.post(edit, {"text": "Forged", "doi": "", "url": ""})
    cited.refresh_from_db()
    assert cited.text.startswith("van Hazel")


def test_the_explorer_shows_the_editor_no_way_to_change_another_region(eu_editor, us_home):
    listing = eu_editor.get(reverse("wagtailadmin_explore", args=[us_home.pk])).text
    for page in [us_home, *us_home.get_children()]:
        for route in ("edit", "delete", "unpublish", "add_subpage", "move", "copy"):
            assert reverse(f"wagtailadmin_pages:{route}", args=[page.pk]) not in listing


def test_no_group_may_publish_any_page():
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_wagtails_own_groups_have_no_right_to_any_page():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_opening_a_region_again_changes_nothing(eu):
    def rights():
        return (
            list(GroupPagePermission.objects.order_by("pk").values_list()),
            list(Group.objects.order_by("pk").values_list("name", "permissions")),
            list(Workflow.objects.order_by("pk").values_list()),
        )

    before = rights()
    open_region(eu)
    assert rights() == before
    assert GroupPagePermission.objects.filter(group__name="eu editors").count() == 2 * len(LANGUAGES)
