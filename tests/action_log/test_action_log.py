"""Who did what: everything in the admin, for legal of the region and administrators."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from action_log.models import LoggedAction
from demo import people
from home.models import StandardPage
from legal_holds import deciding
from legal_holds.forms import named_by
from region_gate import clock
from region_gate.models.append_only import RecordError
from tests.conftest import signed_in
from tests.review.conftest import submit, write
from therapies.models import Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live page of the European region."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


def rows(browser: Client, **asked: str) -> list[dict[str, str]]:
    answer = browser.get(reverse("action_log"), {"export": "csv", **asked})
    assert answer.status_code == 200
    return [*csv.DictReader(io.StringIO(b"".join(answer).decode()))]


def last() -> LoggedAction:
    return LoggedAction.objects.order_by("pk").last()


def person(username: str):
    return get_user_model().objects.get(username=username)


@pytest.mark.parametrize("view", ["action_log", "action_log_results"])
@pytest.mark.parametrize("query", ["", "?export=csv", "?export=xlsx"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("eu-legal", 200), ("admin", 200), ("eu-editor", 302), ("us-editor", 302), (None, 302), ("nobody", 302)],
)
def test_it_is_open_to_legal_and_administrators_alone(client, view, query, name, status):
    if name == "nobody":
        get_user_model().objects.create_user("nobody")
    browser = signed_in(name) if name else client
    assert browser.get(reverse(view) + query).status_code == status


def test_an_edit_is_kept_with_name_role_and_region_then(eu_editor, eu_legal, about):
    write(eu_editor, about, "About, anew")
    editor = person("eu-editor")
    editor.groups.clear()
    editor.username = "gone"
    editor.save()
    (row, *_older) = rows(eu_legal, kind="home.standardpage")
    assert (row["Person"], row["Role then"], row["Region"]) == ("eu-editor", "eu editors", "eu")
    assert row["Date"].endswith("+00:00")
    assert row["Time zone"] == "UTC"
    assert row["Object"] == "About us"


def test_signing_in_is_kept(client, eu_legal):
    client.post("/admin/login/", {"login": "eu-editor", "password": people.password()})
    (row, *_older) = rows(eu_legal, action="accounts.sign_in", name="eu-editor")
    assert (row["What they did"], row["Region"]) == ("Signed in", "eu")


def test_decisions_are_kept(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    assert [row["Action"] for row in rows(eu_legal, action="wagtail.workflow.start")]


def test_holds_permissions_regions_and_redirects_are_kept(administrator, eu, about):
    deciding.set_hold(named_by("page", about), "Matter 7", "A claim.", clock.today(), person("eu-legal"))
    assert (last().kind, last().regions) == ("legal_holds.legalhold", " eu ")
    group = Group.objects.get(name="eu legal")
    for thing, regions in (
        (group, " eu "),
        (eu, " eu "),
        (person("us-editor"), " us "),
        (person("admin"), ""),
    ):
        ModelLogEntry.objects.log_action(instance=thing, action="wagtail.edit", user=person("admin"))
        assert (last().roles, last().regions) == ("administrator", regions)


def test_what_is_deleted_is_kept_with_its_region(administrator, eu_home):
    page = eu_home.add_child(instance=StandardPage(title="Plans", slug="plans", live=False))
    administrator.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    found = LoggedAction.objects.get(action="wagtail.delete")
    assert (found.title, found.regions, found.name) == ("Plans", " eu ", "admin")


def test_what_a_program_does_is_told_as_such(about):
    PageLogEntry.objects.log_action(instance=about, action="wagtail.publish", user=None)
    assert (last().who, last().roles) == ("a program", "")


def test_legal_reads_of_its_own_regions_and_of_what_is_shared(eu_legal, about, us_home):
    product = Product.objects.first()
    for thing, log in ((us_home, PageLogEntry), (about, PageLogEntry), (product, ModelLogEntry)):
        log.objects.log_action(instance=thing, action="wagtail.lock", user=person("admin"))
    ModelLogEntry.objects.log_action(instance=person("admin"), action="wagtail.lock", user=person("admin"))
    titles = [row["Object"] for row in rows(eu_legal, action="wagtail.lock")]
    assert sorted(titles) == sorted([str(product), "About us"])
    everything = rows(signed_in("admin"), action="wagtail.lock")
    assert len(everything) == 4


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"name": "EU-EDIT"}, 1),
        ({"roles": "eu editors"}, 1),
        ({"region": "eu"}, 1),
        ({"kind": "home.standardpage"}, 1),
        ({"title": "about"}, 1),
        ({"at_from": "2020-01-01", "at_to": "2020-01-02"}, 0),
        ({"title": "nothing of the kind"}, 0),
    ],
)
def test_it_is_narrowed(eu_legal, about, asked, number):
    PageLogEntry.objects.log_action(instance=about, action="wagtail.lock", user=person("eu-editor"))
    assert len(rows(eu_legal, action="wagtail.lock", **asked)) == number


def test_cells_are_no_formulas(eu_legal, about):
    PageLogEntry.objects.log_action(instance=about, action="wagtail.lock", user=None, title="=HYPERLINK(1)")
    assert rows(eu_legal, action="wagtail.lock")[0]["Object"] == "'=HYPERLINK(1)"


def test_nobody_changes_it(about):
    PageLogEntry.objects.log_action(instance=about, action="wagtail.lock", user=None)
    with pytest.raises(RecordError):
        last().save()
    with pytest.raises(RecordError):
        LoggedAction.objects.all().delete()


def test_what_was_logged_before_is_kept_once(about, capsys):
    entry = PageLogEntry(
        content_type=about.content_type,
        page=about,
        label="About us",
        action="wagtail.lock",
        timestamp=timezone.now(),
        user=person("eu-editor"),
    )
    call_command("fill_action_log")
    capsys.readouterr()
    PageLogEntry.objects.bulk_create([entry])
    call_command("fill_action_log")
    assert capsys.readouterr().out == "1 entries kept.\n"
    call_command("fill_action_log")
    assert capsys.readouterr().out == ""
    assert (last().name, last().roles) == ("eu-editor", "")


def test_the_number_of_queries_is_flat(eu_legal, about):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert eu_legal.get(reverse("action_log")).status_code == 200
        return len(found)

    PageLogEntry.objects.log_action(instance=about, action="wagtail.lock", user=person("eu-editor"))
    queries()
    few = queries()
    for _each in range(30):
        PageLogEntry.objects.log_action(instance=about, action="wagtail.lock", user=person("eu-editor"))
    assert queries() == few
