"""Who reads what visitors write: people of the region with the permission, each reading logged."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from action_log.models import LoggedAction
from enquiries.models import Enquiry
from home.permissions import permissions
from legal_holds.deciding import set_hold
from legal_holds.forms import named_by
from region_gate import clock
from tests.conftest import signed_in
from therapies.reports.alerts import Watch, alerts_of, sources

from .conftest import WORDS, make

pytestmark = pytest.mark.django_db
LIST = reverse("enquiries")
PEOPLE = ["eu-editor", "eu-legal", "us-editor", "us-legal", "admin"]
READERS = {"eu-legal", "admin"}


def logged(action: str) -> list[str]:
    found = LoggedAction.objects.filter(action=f"enquiries.{action}").order_by("pk")
    return [f"{one.name.split(' ')[0]} {one.regions.strip()}" for one in found]


def actions() -> list[str]:
    found = LoggedAction.objects.filter(kind="enquiries.enquiry").order_by("pk")
    return [*found.values_list("action", flat=True)]


@pytest.mark.parametrize("person", PEOPLE)
def test_one_is_read_by_those_of_its_region_who_may(enquiry, person):
    answer = signed_in(person).get(enquiry.get_absolute_url())
    assert (WORDS in getattr(answer, "text", "")) is (person in READERS)
    assert (answer.status_code == 200) is (person in READERS)


@pytest.mark.parametrize("act", ["answered", "unanswered", "delete"])
@pytest.mark.parametrize("person", PEOPLE)
def test_one_is_changed_and_deleted_by_those_alone(enquiry, person, act):
    signed_in(person).post(enquiry.get_absolute_url(), {act: "1"})
    left = Enquiry.objects.filter(pk=enquiry.pk).first()
    is_done = {"answered": left and left.answered_at, "unanswered": False, "delete": left is None}[act]
    assert bool(is_done) is (person in READERS and act != "unanswered")
    assert bool(actions()) is (person in READERS)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("query", ["", "?export=csv", "?export=xlsx"])
def test_the_list_holds_what_a_person_may_read(enquiry, us, person, query):
    make(us, email="somebody@us.example")
    answer = signed_in(person).get(f"{LIST}{query}")
    assert (answer.status_code == 200) is person.endswith(("legal", "admin"))
    if answer.status_code == 200 and query != "?export=xlsx":
        text = b"".join(answer).decode() if answer.streaming else answer.text
        assert (("patient@example.org" in text) if query else ("Europe" in text.partition("<tbody")[2])) is (
            person in READERS
        )


def test_the_list_names_nobody(enquiry, eu_legal):
    listed = eu_legal.get(LIST)
    assert f"Enquiry {enquiry.pk}" in listed.text
    for secret in (WORDS, "patient@example.org", "Pat Ient"):
        assert secret not in listed.text
    assert "no-store" in listed["Cache-Control"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("subject=press", 0),
        ("subject=treatment", 1),
        ("language=en", 1),
        ("role=carer", 0),
        ("waits=true", 1),
        ("waits=false", 0),
        ("received_at_from=2100-01-01", 0),
    ],
)
def test_the_list_is_narrowed(enquiry, eu_legal, query, found):
    assert eu_legal.get(f"{LIST}?{query}").text.count(enquiry.get_absolute_url()) == found


def test_who_reads_exports_and_answers_is_logged_with_the_region_and_without_words(enquiry, eu_legal):
    eu_legal.get(enquiry.get_absolute_url())
    eu_legal.get(f"{LIST}?export=csv")
    eu_legal.post(enquiry.get_absolute_url(), {"answered": "1"})
    eu_legal.post(enquiry.get_absolute_url(), {"unanswered": "1"})
    assert actions() == [f"enquiries.{act}" for act in ("read", "export", "answer", "reopen")]
    assert logged("read") == ["eu-legal eu"]
    kept = str([*LoggedAction.objects.filter(kind="enquiries.enquiry").values()])
    for secret in (WORDS, "patient@example.org", "Pat Ient"):
        assert secret not in kept
    assert "Enquiry read" in eu_legal.get(reverse("action_log")).text


def test_the_list_itself_logs_nothing(enquiry, eu_legal):
    eu_legal.get(LIST)
    assert actions() == []


def test_an_administrator_lets_an_editor_read_their_own_region(enquiry, us):
    group = Group.objects.create(name="Answers patients")
    group.permissions.set(permissions(["enquiries.view_enquiry"]))
    for name in ("eu-editor", "us-editor"):
        get_user_model().objects.get(username=name).groups.add(group)
    other = make(us)
    assert signed_in("eu-editor").get(enquiry.get_absolute_url()).status_code == 200
    assert signed_in("eu-editor").get(other.get_absolute_url()).status_code == 404
    assert signed_in("us-editor").get(enquiry.get_absolute_url()).status_code == 404
    signed_in("eu-editor").post(enquiry.get_absolute_url(), {"answered": "1"})
    enquiry.refresh_from_db()
    assert enquiry.answered_at is None


def test_the_permission_alone_reads_nothing(enquiry):
    group = Group.objects.create(name="Answers patients")
    group.permissions.set(permissions(["enquiries.view_enquiry", "wagtailadmin.access_admin"]))
    get_user_model().objects.create_user("nobody").groups.add(group)
    assert signed_in("nobody").get(enquiry.get_absolute_url()).status_code in (302, 403)
    assert enquiry.get_absolute_url() not in signed_in("nobody").get(LIST).text


def test_administrators_find_the_permission_among_those_of_groups(administrator):
    assert "enquir" in administrator.get(reverse("wagtailusers_groups:add")).text


@pytest.mark.parametrize(("person", "leads"), [("eu-legal", True), ("eu-editor", False), ("admin", True)])
def test_the_menu_leads_those_there_who_may_read(person, leads):
    assert (f'"{LIST}"' in signed_in(person).get(reverse("wagtailadmin_home")).text) is leads


@pytest.mark.parametrize("field", ["region", "email"])
def test_what_is_held_is_not_deleted_by_hand(enquiry, eu, eu_legal, field):
    thing = eu if field == "region" else "patient@example.org"
    legal = get_user_model().objects.get(username="eu-legal")
    set_hold(named_by(field, thing), "Matter 7", "A claim.", clock.today(), legal)
    answer = eu_legal.post(enquiry.get_absolute_url(), {"delete": "1"}, follow=True)
    assert Enquiry.objects.filter(pk=enquiry.pk).exists()
    assert "legal hold" in answer.text
    assert "wagtail.delete" not in actions()


def test_what_waits_needs_attention_a_side_effect_first(eu):
    make(eu)
    urgent = make(eu, subject="side-effect")
    (source,) = [one for one in sources() if one.kind == "enquiries"]
    legal, editor = (get_user_model().objects.get(username=f"eu-{role}") for role in ("legal", "editor"))
    found = alerts_of(source, Watch(legal))
    assert [one.is_urgent for one in found] == [True, False]
    assert found[0].subject == str(urgent)
    assert alerts_of(source, Watch(editor)) == []
    assert WORDS not in str(found)
