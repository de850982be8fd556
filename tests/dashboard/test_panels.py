"""The admin's first page tells each role where its work is, and nobody of anybody else's."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail.models import Page

from dashboard.panels import MAX_LISTED
from home.models import Region, StandardPage
from home.models.frame import FRAME_TAB
from tests.conftest import signed_in
from tests.review.conftest import screen, submit, write

pytestmark = pytest.mark.django_db
ROLES = ["eu-editor", "eu-legal", "us-editor", "us-legal", "admin"]


def first_page(client: Client) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(reverse("wagtailadmin_home")).text)


def part(client: Client, kind: str) -> LexborNode | None:
    return first_page(client).css_first(f"#work-{kind}")


def words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def links(client: Client) -> list[str]:
    """Return where the person's regions and work lead."""
    shown = first_page(client).css(".dashboard-regions a, .work-part a")
    return [one.attributes["href"] or "" for one in shown]


@pytest.mark.parametrize("name", ROLES)
def test_every_way_from_it_opens_for_the_person(name, eu_editor, eu_legal, about):
    submit(eu_editor, about)
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "Why?"})
    client = signed_in(name)
    found = links(client)
    assert found
    assert {address: client.get(address, follow=True).status_code for address in found} == dict.fromkeys(
        found, 200
    )


@pytest.mark.parametrize(
    ("name", "regions"), [("eu-editor", ["Europe"]), ("us-legal", ["United States"]), ("admin", None)]
)
def test_it_names_the_persons_own_regions_with_their_trees(name, regions):
    panel = first_page(signed_in(name)).css_first(".dashboard-regions")
    told = [words(heading) for heading in panel.css("h3")]
    assert told == (regions or [region.name for region in Region.objects.all()])


def test_a_region_is_led_to_in_each_of_its_languages(eu, eu_editor):
    panel = first_page(eu_editor).css_first(".dashboard-regions")
    addresses = {one.attributes["href"] for one in panel.css("a")}
    trees = {reverse("wagtailadmin_explore", args=[home.pk]) for home in eu.home_pages.all()}
    assert trees <= addresses
    assert "Pages in English" in words(panel)


def test_legal_is_led_to_the_order_of_the_menu_and_editors_are_not(eu_home, eu_editor, eu_legal):
    order = reverse("order_pages", args=[eu_home.pk])
    assert order in links(eu_legal)
    assert order not in links(eu_editor)
    assert eu_editor.get(order).status_code in (302, 403)


def test_an_administrator_is_led_to_the_contact_details_of_the_region(eu, administrator, eu_editor):
    address = reverse("regions:edit", args=[eu.pk])
    assert address in links(administrator)
    assert address not in links(eu_editor)


def test_editors_are_led_to_the_menus_and_the_contact_of_each_language_and_legal_is_not(
    eu, eu_editor, eu_legal
):
    places = {
        f"{reverse('wagtailadmin_pages:edit', args=[home.pk])}#{FRAME_TAB}" for home in eu.home_pages.all()
    }
    assert places <= {*links(eu_editor)}
    assert places.isdisjoint(links(eu_legal))
    editor = LexborHTMLParser(eu_editor.get(places.pop()).text)
    assert editor.css_first(f"#{FRAME_TAB} [name=organisation]")


def test_a_draft_what_was_sent_back_and_what_waits_are_told_with_reasons(eu_editor, eu_legal, about):
    write(eu_editor, about)
    assert "About Sirtex (English)" in words(part(eu_editor, "drafts"))
    submit(eu_editor, about)
    assert part(eu_editor, "drafts") is None
    assert "eu-editor asks for your review." in words(part(eu_legal, "waiting"))
    assert part(eu_legal, "waiting").css_first("a").attributes["href"] == screen(about)
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "The date is missing."})
    assert "eu-legal asks for changes: “The date is missing.”" in words(part(eu_editor, "sent-back"))
    assert part(eu_legal, "sent-back") is part(signed_in("us-legal"), "waiting") is None


def drafts(number: int, below: Page) -> None:
    """Have the European editor write further drafts."""
    editor = get_user_model().objects.get(username="eu-editor")
    for count in range(number):
        page = StandardPage(title=f"Draft {count}", slug=f"draft-{count}", live=False)
        below.add_child(instance=page)
        page.save_revision(user=editor)


def test_of_many_only_the_first_are_listed_and_all_are_led_to(eu_home, eu_editor):
    drafts(MAX_LISTED + 2, eu_home)
    shown = part(eu_editor, "drafts")
    assert len(shown.css(".work-list li")) == MAX_LISTED
    assert words(shown.css_first(".work-count")) == str(MAX_LISTED + 2)
    address = shown.css_first(".work-all a").attributes["href"]
    assert len(LexborHTMLParser(eu_editor.get(address).text).css(".attention tbody tr")) == MAX_LISTED + 2


def test_more_work_takes_no_more_queries(eu_home, eu_editor):
    drafts(2, eu_home)
    with CaptureQueriesContext(connection) as few:
        first_page(eu_editor)
    drafts(MAX_LISTED * 4, StandardPage.objects.child_of(eu_home).first())
    with CaptureQueriesContext(connection) as many:
        first_page(eu_editor)
    assert len(many) <= len(few) + 2


def test_where_nothing_is_to_be_done_it_says_so(eu_legal):
    assert words(first_page(eu_legal).css_first(".work-clear")) == "Nothing needs your attention."


def test_with_several_regions_each_matter_names_its_own(eu_editor, administrator, about):
    submit(eu_editor, about)
    assert words(part(administrator, "waiting").css_first(".work-region")) == "Europe"
    assert part(signed_in("eu-legal"), "waiting").css_first(".work-region") is None


def test_who_works_in_no_region_and_may_see_no_label_is_told_nothing(django_user_model):
    nobody = django_user_model.objects.create_user("nobody")
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    shown = first_page(signed_in("nobody"))
    assert shown.css(".dashboard-regions, .work-part, .work-clear") == []


def test_the_wordmark_is_ours(eu_editor):
    shown = eu_editor.get(reverse("wagtailadmin_home")).text
    assert 'class="admin-wordmark"' in shown
    assert "<title>" in shown
    assert "Wagtail</title>" not in " ".join(shown.split())
