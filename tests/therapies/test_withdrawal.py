"""When a label ends: its pages are named at once, and come down where that is wanted."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from home.models import RegionHomePage, StandardPage
from tests.conftest import signed_in
from therapies.guard import unpublishing
from therapies.guard.unlabelled_pages import Unlabelled, pages_without_label
from therapies.guard.unpublishing import take_down
from therapies.models import EndingChoice, Label, Mention, Publication
from therapies.models.in_force import Status
from therapies.page_record.rendering import Then

from .conftest import NAME, allow, today, withdraw
from .conftest import publish as publish_label
from .label_texts import form_of_texts, label_of
from .recorded import DAY, DAY_AFTER, at

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
# What names the product in the demo's region eu, in English.
NAMING = ["/eu/sir-spheres/", "/eu/therapies/liver-metastases-colorectal-cancer/"]


@pytest.fixture
def keeping_up_is_wanted(eu, us):
    """Both regions keep their pages up."""
    for region in (eu, us):
        EndingChoice(region=region, keeps_up=True, is_in_force=True, reason="As agreed.").save()


@pytest.fixture
def now(time_machine):
    """Return a function that sets the clock to a time on that day, or another."""
    return lambda clock, day=DAY: time_machine.move_to(at(clock, day), tick=False)


def english(pages) -> list[str]:
    """Return where the English ones of `pages` stand below the selector."""
    return sorted(
        page.url_path.removeprefix("/regions") for page in pages if page.url_path.startswith("/regions/")
    )


def left(region: str = "eu", on=None) -> list[str]:
    return english(item.page for item in pages_without_label(on or today()) if item.region.code == region)


def live(region: str = "eu") -> list[str]:
    found = Page.objects.live().filter(mentions__isnull=False)
    return [path for path in english(found) if path.startswith(f"/{region}/")]


def end(region, day) -> None:
    """Publish that every label of `region` ends on `day`."""
    for label in Label.objects.filter(region=region, status=Status.APPROVED):
        label.status, label.withdrawn_on = Status.WITHDRAWN, day
        publish_label(label)


def enforce(*words: str) -> int:
    """Run the command; return its exit code."""
    try:
        call_command("enforce_labels", *words)
    except SystemExit as stopped:
        return stopped.code
    return 0


def test_no_page_is_without_a_label_to_begin_with():
    assert pages_without_label(today()) == []


def test_a_withdrawal_leaves_its_region_s_pages_in_all_languages(eu, keeping_up_is_wanted):
    withdraw(eu)
    assert left() == NAMING
    languages = {item.page.locale.language_code for item in pages_without_label(today())}
    assert languages == {"en", "de", "fr"}
    assert left("us") == []


@pytest.mark.parametrize(("days", "are_left"), [(-1, False), (0, True), (1, True)])
def test_a_label_ends_on_the_day_of_its_withdrawal(eu, days, are_left):
    end(eu, today() + timedelta(days=9))
    assert bool(left(on=today() + timedelta(days=9 + days))) is are_left


def test_the_reason_names_region_product_and_day(eu, keeping_up_is_wanted):
    withdraw(eu)
    item = pages_without_label(today())[0]
    assert item.reason.startswith(
        "The label of Europe for SIR-Spheres Y-90 resin microspheres was withdrawn on"
    )


def test_what_is_left_is_found_for_some_regions_only(eu, us, keeping_up_is_wanted):
    withdraw(eu)
    assert pages_without_label(today(), regions=[us]) == []
    assert pages_without_label(today(), regions=[eu]) == pages_without_label(today())


def test_a_page_outside_all_regions_is_left(eu, product):
    selector = Page.objects.get(url_path="/regions/")
    Mention.objects.create(page=selector, product=product)
    (item,) = pages_without_label(today())
    assert (item.region, item.page.pk) == (None, selector.pk)
    assert "outside all regions" in item.reason


def test_what_is_left_is_found_with_a_flat_number_of_queries(
    eu, django_assert_num_queries, keeping_up_is_wanted
):
    withdraw(eu)
    with django_assert_num_queries(5):
        assert len(pages_without_label(today())) == 6


def label_form(label: Label, **more) -> dict:
    rich = '{"blocks": [{"text": "Sample.", "type": "unstyled", "key": "a", "depth": 0}], "entityMap": {}}'
    return {
        "product": label.product_id,
        "region": label.region_id,
        "status": Status.WITHDRAWN.value,
        "registration_number": label.registration_number,
        "audience": label.audience,
        **form_of_texts([text.language for text in label.texts.all()], rich),
        "effective_from": str(label.effective_from),
        "withdrawn_on": str(today()),
        "action-publish": "1",
        **more,
    }


def us_label() -> Label:
    return Label.objects.get(region__code="us")


def withdraw_in_the_admin(client, **more):
    label = us_label()
    return client.post(
        reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk]), label_form(label, **more)
    )


def said(answer) -> str:
    return " ".join(map(str, get_messages(answer.wsgi_request)))


def test_whoever_withdraws_a_label_is_told_its_pages_at_once(
    administrator, one_person_may, keeping_up_is_wanted
):
    told = said(withdraw_in_the_admin(administrator))
    assert "2 live pages name the product without a label in force now." in told
    assert "How to treat liver metastases from colorectal cancer?" in told
    assert live("us")


def test_whoever_withdraws_a_label_is_told_what_came_down(administrator, one_person_may):
    told = said(withdraw_in_the_admin(administrator))
    assert "2 pages were taken down." in told
    assert live("us") == []
    entry = PageLogEntry.objects.filter(action=unpublishing.ACTION).first()
    assert entry.user.get_username() == "admin"


def test_an_approved_withdrawal_names_its_pages_too(django_user_model, keeping_up_is_wanted):
    label = us_label()
    label.status, label.withdrawn_on = Status.WITHDRAWN, today()
    label.save_revision()
    label.get_workflow().start(label, django_user_model.objects.get(username="admin"))
    state = us_label().current_workflow_task_state
    address = reverse(
        Label.snippet_viewset.get_url_name("workflow_action"), args=[label.pk, "approve", state.pk]
    )
    assert "without a label in force now" in said(signed_in("us-legal").post(address, {"comment": ""}))


def test_a_draft_withdrawal_names_nothing(administrator):
    label = us_label()
    posted = label_form(label)
    del posted["action-publish"]
    edit = reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk])
    assert "without a label" not in said(administrator.post(edit, posted))
    assert us_label().get_latest_revision_as_object().status == Status.WITHDRAWN


def test_a_label_s_form_lists_the_pages_that_name_its_product(eu_legal, eu, keeping_up_is_wanted):
    label = Label.objects.get(region=eu)
    address = reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk])
    before = eu_legal.get(address).text
    assert before.count("Label in force</span>") == 6
    withdraw(eu)
    after = eu_legal.get(address).text
    assert after.count("No label in force") == 6


def test_its_pages_come_down_with_a_withdrawal(eu):
    above = Page.objects.get(url_path="/regions/eu/therapies/")
    withdraw(eu)
    assert live() == []
    assert Page.objects.get(pk=above.pk).live
    assert live("us")


def test_an_unpublished_label_takes_its_pages_down_too(eu):
    for label in Label.objects.filter(region=eu):
        label.unpublish()
    assert live() == []


def test_a_deleted_label_takes_its_pages_down_too(eu):
    Label.objects.filter(region=eu).delete()
    assert live() == []


def test_a_product_s_new_name_takes_down_what_names_it_without_a_label(eu, product, eu_home):
    withdraw(eu)
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    about.intro = "<p>What Novisphere does.</p>"
    about.save_revision().publish()
    product.further_names += "\nNovisphere"
    product.save_revision().publish()
    about.refresh_from_db()
    assert not about.live


def test_the_history_says_why_a_page_came_down(eu):
    withdraw(eu)
    entry = PageLogEntry.objects.filter(action=unpublishing.ACTION).first()
    assert "was withdrawn on" in entry.data["reasons"]
    assert entry.data["labels"]
    assert str(entry.formatter.format_message(entry)).startswith("Taken down: The label of Europe")


def test_the_record_of_the_day_before_still_shows_the_page(eu, now):
    page = Page.objects.get(url_path="/regions/eu/sir-spheres/")
    now("10:00:00")
    withdraw(eu)
    before = Then.at(Publication.objects.all(), page.pk, at("09:59:59"))
    assert "SAMPLE-EU-0001" in before.html
    assert not before.until.is_live


def test_a_page_comes_down_without_those_below_that_name_nothing(eu, eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    below = about.add_child(instance=StandardPage(title="Below", locale=about.locale))
    about = StandardPage.objects.get(pk=about.pk)
    about.intro = f"<p>{NAME}</p>"
    about.save_revision().publish()
    withdraw(eu)
    assert [Page.objects.get(pk=page.pk).live for page in (about, below)] == [False, True]


def test_the_command_takes_down_what_ran_out_at_midnight(eu, now, capsys):
    now("10:00:00")
    end(eu, DAY_AFTER)
    now("23:59:59.999999")
    assert enforce() == 0
    assert live() == NAMING
    now("00:00:00", DAY_AFTER)
    assert enforce() == 0
    assert live() == []
    assert capsys.readouterr().out.count("Taken down") == 6


def test_where_pages_are_kept_up_the_command_names_them_and_is_content(eu, keeping_up_is_wanted, capsys):
    withdraw(eu)
    assert enforce() == 0
    assert live() == NAMING
    assert capsys.readouterr().out.count("Kept up, marked") == 6


def test_a_dry_run_takes_nothing_down(eu, now):
    now("10:00:00")
    end(eu, DAY_AFTER)
    now("00:00:00", DAY_AFTER)
    assert enforce("--dry-run") == 1
    assert live() == NAMING


def test_another_day_can_be_looked_at_but_not_acted_on(eu):
    end(eu, today() + timedelta(days=9))
    assert enforce("--dry-run", "--date", str(today() + timedelta(days=8))) == 0
    assert enforce("--dry-run", "--date", str(today() + timedelta(days=9))) == 1
    with pytest.raises(CommandError, match="add --dry-run"):
        call_command("enforce_labels", "--date", str(today() + timedelta(days=9)))
    assert live() == NAMING


def test_the_command_may_run_again(eu):
    withdraw(eu)
    before = PageLogEntry.objects.count()
    assert [enforce(), enforce()] == [0, 0]
    assert PageLogEntry.objects.count() == before


def test_a_label_that_begins_tomorrow_keeps_no_page_today(ca, ca_page, now):
    now("10:00:00")
    label = allow(ca)
    ca_page.title = NAME
    ca_page.save_revision().publish()
    label.effective_from = DAY_AFTER
    publish_label(label)
    assert not Page.objects.get(pk=ca_page.pk).live


def withdraw_one(label: Label) -> None:
    label.status, label.withdrawn_on = Status.WITHDRAWN, today()
    publish_label(label)


def replacement(label: Label) -> Label:
    """Return a draft that goes on where `label` ends."""
    return label_of(label.region, live=False, registration_number="NEW-1", effective_from=today())


def test_a_label_replaced_on_the_same_day_takes_no_page_down():
    old = us_label()
    new = replacement(old)
    new.save()
    withdraw_one(old)
    publish_label(new)
    assert enforce() == 0
    assert live("us") == ["/us/sir-spheres/", "/us/therapies/liver-metastases-colorectal-cancer/"]


def test_a_replacement_that_stays_a_draft_keeps_no_page_for_long():
    old = us_label()
    replacement(old).save()
    withdraw_one(old)
    assert live("us")
    assert enforce() == 0
    assert live("us") == []


def test_a_page_that_fails_stops_no_other(eu, now, monkeypatch, capsys):
    failing = Page.objects.get(url_path="/regions/eu/therapies/liver-metastases-colorectal-cancer/")
    now("10:00:00")
    end(eu, DAY_AFTER)
    now("00:00:00", DAY_AFTER)
    unpublish = Page.unpublish

    def unpublish_or_fail(self, **options):
        if self.pk == failing.pk:
            raise RuntimeError("no luck")
        unpublish(self, **options)

    monkeypatch.setattr(Page, "unpublish", unpublish_or_fail)
    assert enforce() == 1
    assert live() == ["/eu/therapies/liver-metastases-colorectal-cancer/"]
    assert "RuntimeError: no luck" in capsys.readouterr().err
    assert not PageLogEntry.objects.filter(page=failing.pk, action=unpublishing.ACTION).exists()


def test_a_region_s_home_page_stays_up_and_is_reported(eu, eu_home, capsys):
    eu_home = RegionHomePage.objects.get(pk=eu_home.pk)
    eu_home.intro = f"<p>{NAME}</p>"
    eu_home.save_revision().publish()
    withdraw(eu)
    assert enforce() == 1
    assert live() == ["/eu/"]
    assert "until the name is removed by hand" in capsys.readouterr().err


def test_a_page_labelled_again_meanwhile_is_left_alone(ca, ca_page):
    label = allow(ca)
    ca_page.title = NAME
    ca_page.save_revision().publish()
    label.withdrawn_on, label.status = today(), Status.WITHDRAWN
    publish_label(label)
    ca_page.refresh_from_db()
    assert not ca_page.live
    label.withdrawn_on, label.status = None, Status.APPROVED
    publish_label(label)
    ca_page.get_latest_revision().publish()
    found = [Unlabelled(ca_page, label.product, ca)]
    assert [*take_down(found, today())] == []
    assert Page.objects.get(pk=ca_page.pk).live


def test_the_setting_of_before_is_told_to_decide_nothing(settings):
    assert "therapies.W001" not in [found.id for found in run_checks()]
    settings.LABELS_TAKE_DOWN = False
    assert "therapies.W001" in [found.id for found in run_checks()]


WITHDRAW = """
from therapies.models import Label
for label in Label.objects.filter(region__code="eu"):
    label.status, label.withdrawn_on = "withdrawn", label.effective_from
    label.save()
"""


def manage(*words: str, database: Path) -> subprocess.Popen:
    """Start manage.py in a process of its own, on `database`."""
    given = {"PATH": os.environ["PATH"], "DATA_DIR": str(database.parent)}
    given |= {
        "DATABASE_URL": f"sqlite:///{database}?timeout=100",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.long
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the database's file")
def test_two_at_once_take_each_page_down_once(tmp_path):
    copy = tmp_path / "copy.sqlite3"
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
        closing(sqlite3.connect(copy)) as theirs,
    ):
        ours.backup(theirs)
    withdrawing = manage("shell", "--no-imports", "-c", WITHDRAW, database=copy)
    _, errors = withdrawing.communicate(timeout=120)
    assert withdrawing.returncode == 0, errors
    both = [manage("enforce_labels", database=copy) for _ in range(2)]
    told = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    taken_down = [line.split()[2] for out, _errors in told for line in out.splitlines()]
    assert len(taken_down) == len(set(taken_down)) == 6
