"""What legal may see: the people of its region, their rights, its reviews, its ageing pages; no more."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from home.models import StandardPage
from region_gate.models import Policy
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

REPORTS = ["people", "workflows", "workflows_results", "tasks", "tasks_results", "ageing", "ageing_results"]


def address(report: str) -> str:
    return reverse(f"review_report_{report}")


def text_of(client, report: str, query: str = "") -> str:
    answer = client.get(address(report) + query)
    assert answer.status_code == 200
    return b"".join(answer).decode()


@pytest.fixture
def reviews(eu_home, us_home):
    """A page of each of two regions, and a policy for all, each sent by the region's editor."""
    people = {person.username: person for person in get_user_model().objects.all()}
    for home, writer in ((eu_home, "eu-editor"), (us_home, "us-editor")):
        name = f"Sent by {writer}"
        page = home.add_child(instance=StandardPage(title=name, slug=writer, live=False))
        page.save_revision(user=people[writer])
        page.get_workflow().start(page, people[writer])
    policy = Policy.objects.create(decision="exempt", host="all.example", reason="A duty.", live=False)
    policy.save_revision(user=people["ca-legal"])
    policy.get_workflow().start(policy, people["ca-legal"])


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
    ("name", "status"),
    [("eu-legal", 200), ("admin", 200), ("eu-editor", 302), ("us-editor", 302), (None, 302), ("nobody", 302)],
)
def test_each_report_is_open_to_legal_and_administrators_alone(client, name, status, report):
    if name == "nobody":
        get_user_model().objects.create_user("nobody")
    browser = signed_in(name) if name else client
    for query in ("", "?export=csv", "?export=xlsx"):
        assert browser.get(address(report) + query).status_code == status


def test_the_people_of_ones_own_region_are_listed_with_their_rights(eu_legal, eu_home):
    reader = get_user_model().objects.create_user(
        "odd-one", first_name="Odd", last_name="One", is_active=False
    )
    group = Group.objects.create(name="Moderators of old")
    group.user_set.add(reader)
    right = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=eu_home, permission=right)
    shown = text_of(eu_legal, "people")
    rows = [line.split(",") for line in text_of(eu_legal, "people", "?export=csv").splitlines()]
    assert [(row[0], row[2], row[3]) for row in rows[1:]] == [
        ("Europe", "admin", "Administrator: everything but approving what they wrote or sent"),
        ("Europe", "eu-editor", "Editors: write and send to review"),
        ("Europe", "eu-legal", "Legal: review and approve"),
        ("Europe", "odd-one", "“Moderators of old”: has rights on pages"),
    ]
    assert "Odd One" in shown
    assert "us-legal" not in shown
    assert "@example.com" not in shown
    assert eu_legal.post(address("people")).status_code == 405


@pytest.mark.parametrize("report", ["workflows", "tasks"])
def test_reviews_are_listed_of_ones_own_region_and_of_all(reviews, eu_legal, administrator, report):
    for query in ("", "?export=csv"):
        shown = text_of(eu_legal, report, query)
        assert "Sent by eu-editor" in shown
        assert "all.example" in shown
        assert "Sent by us-editor" not in shown
    assert "us-editor" not in text_of(eu_legal, report)  # nor among those whom one can ask for
    assert "Sent by us-editor" in text_of(administrator, report)


def test_ageing_pages_are_listed_of_ones_own_region(eu_legal, eu_home, us_home):
    for home, title in ((eu_home, "Old European"), (us_home, "Old American")):
        page = home.add_child(instance=StandardPage(title=title, slug="old", live=False))
        page.save_revision().publish()
    for query in ("?p=99", "?export=csv"):  # the last page: the youngest
        shown = text_of(eu_legal, "ageing", query)
        assert "Old European" in shown
        assert "Old American" not in shown


def test_the_menu_leads_legal_to_its_reports_and_editors_to_none(eu_legal, eu_editor):
    for name in ("people", "workflows", "tasks", "ageing"):
        assert address(name) in eu_legal.get("/admin/").text
        assert address(name) not in eu_editor.get("/admin/").text
