"""Who sets and ends holds, with four eyes, on record."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.models import ModelLogEntry

from legal_holds import deciding
from legal_holds.models import HoldEvent, LegalHold
from region_gate import clock
from region_gate.models.append_only import RecordError
from tests.conftest import signed_in

from .conftest import end, person, refused

pytestmark = pytest.mark.django_db
PEOPLE = [
    ("eu-legal", 200),
    ("admin", 200),
    ("eu-editor", 302),
    ("us-editor", 302),
    ("nobody", 302),
    (None, 302),
]


def posted(**more: object) -> dict[str, object]:
    return {"name": "Matter 7", "reason": "A claim.", "starts": clock.today().isoformat(), **more}


def client_of(name, client):
    if name == "nobody":
        get_user_model().objects.create_user("nobody")
    return signed_in(name) if name else client


def state(number: int = 1) -> str:
    return LegalHold.objects.current().get(subject=number).event


@pytest.mark.parametrize(("name", "status"), PEOPLE)
@pytest.mark.parametrize("view", ["legal_holds", "legal_holds_results", "set_legal_hold"])
def test_the_screens_are_for_legal_and_administrators(client, hold, eu, view, name, status):
    hold("region", eu)
    assert client_of(name, client).get(reverse(view)).status_code == status


@pytest.mark.parametrize(("name", "status"), PEOPLE)
def test_only_legal_sets_a_hold_by_direct_request(client, eu, name, status):
    client_of(name, client).post(reverse("set_legal_hold"), posted(region=eu.pk))
    assert LegalHold.objects.exists() == (status == 200)


@pytest.mark.parametrize(
    ("name", "status"),
    [("eu-legal", 200), ("admin", 200), ("us-legal", 404), ("eu-editor", 302), ("us-editor", 302)],
)
def test_a_region_s_hold_is_for_its_own_legal_team(client, hold, eu, name, status):
    set_ = hold("region", eu)
    browser = client_of(name, client)
    assert browser.get(set_.get_absolute_url()).status_code == status
    browser.post(set_.get_absolute_url(), {"ask": "1", "reason": "Over."})
    assert (state() == HoldEvent.END_ASKED) == (status == 200)


def test_another_region_s_things_are_not_named(us_legal, eu, draft, document, image):
    for name, thing in (("region", eu), ("page", draft), ("document", document), ("image", image)):
        us_legal.post(reverse("set_legal_hold"), posted(**{name: thing.pk}))
    us_legal.post(reverse("set_legal_hold"), posted(person=person("eu-editor").pk))
    assert not LegalHold.objects.exists()


@pytest.mark.parametrize("given", [{}, {"region": "eu", "email": "x@example.com"}, {"reason": ""}])
def test_a_hold_names_one_thing_with_a_reason(eu_legal, eu, given):
    asked = {**posted(email="y@example.com" if "reason" in given else ""), **given}
    asked["region"] = eu.pk if asked.get("region") else ""
    answer = eu_legal.post(reverse("set_legal_hold"), asked)
    assert answer.status_code == 200
    assert not LegalHold.objects.exists()


def test_legal_holds_a_page_from_its_header(eu_legal, draft):
    address = f"{reverse('set_legal_hold')}?page={draft.pk}"
    assert address in eu_legal.get(reverse("wagtailadmin_explore", args=[draft.pk])).text
    eu_legal.post(address, posted(page=draft.pk))
    (hold,) = LegalHold.objects.all()
    assert (hold.what, hold.region) == (f"Page, with all below it: Plans ({draft.url_path})", "eu")
    assert (hold.by, hold.roles, hold.event) == ("eu-legal", "eu legal", "set")


def test_editors_are_offered_no_hold(eu_editor, draft):
    assert (
        reverse("set_legal_hold") not in eu_editor.get(reverse("wagtailadmin_explore", args=[draft.pk])).text
    )


def test_two_people_end_a_hold(hold, draft, eu_legal, administrator):
    address = hold("page", draft).get_absolute_url()
    eu_legal.post(address, {"ask": "1", "reason": "Settled."})
    eu_legal.post(address, {"yes": "1", "reason": "Me again."})
    assert state() == HoldEvent.END_ASKED
    administrator.post(address, {"yes": "1", "reason": "Agreed."})
    assert state() == HoldEvent.ENDED
    assert [entry.event for entry in LegalHold.objects.chain(1)] == ["set", "end-asked", "ended"]


def test_a_refused_end_leaves_the_hold_and_may_be_asked_again(hold, draft, eu_legal, administrator):
    address = hold("page", draft).get_absolute_url()
    eu_legal.post(address, {"ask": "1", "reason": "Settled."})
    administrator.post(address, {"no": "1", "reason": "Not yet."})
    assert state() == HoldEvent.STAYS
    with refused():
        draft.delete()
    eu_legal.post(address, {"ask": "1", "reason": "Now."})
    assert state() == HoldEvent.END_ASKED


@pytest.mark.parametrize("given", [{"ask": "1"}, {"ask": "1", "reason": " "}, {"reason": "Because"}, {}])
def test_nothing_is_decided_without_a_button_and_a_reason(hold, draft, eu_legal, given):
    address = hold("page", draft).get_absolute_url()
    eu_legal.post(address, given)
    assert state() == HoldEvent.SET


def test_an_end_that_nobody_asked_for_is_refused(hold, draft):
    set_ = hold("page", draft)
    with refused("Nobody has asked"):
        deciding.answer(set_.subject, True, "Over.", person("admin"))
    end(set_)
    with refused("Somebody was quicker: Ended"):
        deciding.ask_for_end(set_.subject, "Again.", person("eu-legal"))


def test_it_is_on_record_and_in_the_log(hold, draft):
    set_ = hold("page", draft)
    end(set_)
    entries = ModelLogEntry.objects.filter(action__startswith="legal_holds.").order_by("pk")
    assert [(one.action, one.user.username) for one in entries] == [
        ("legal_holds.set", "eu-legal"),
        ("legal_holds.end-asked", "eu-legal"),
        ("legal_holds.ended", "admin"),
    ]
    assert "Plans" in entries[0].message
    assert "A claim." in entries[0].message
    with pytest.raises(RecordError):
        set_.delete()
    with pytest.raises(RecordError):
        LegalHold.objects.all().delete()


def test_check_record_tells_of_holds_and_finds_a_changed_one(hold, draft, capsys):
    hold("page", draft)
    call_command("check_record")
    assert "Legal hold 1, “Matter 7”: Page, with all below it: Plans" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("UPDATE legal_holds_legalhold SET event = 'ended'")
    with pytest.raises(SystemExit):
        call_command("check_record")
    assert "Hold 1, entry 1: what it says was changed." in capsys.readouterr().err


def test_the_list_is_exported(hold, draft, eu_legal, us_legal):
    hold("page", draft)
    hold("email", "=patient@example.com")
    for browser, names in ((eu_legal, ["'=patient@example.com", f"Plans ({draft.url_path})"]), (us_legal, 1)):
        answer = browser.get(f"{reverse('legal_holds')}?export=csv")
        rows = [*csv.DictReader(io.StringIO(b"".join(answer).decode()))]
        if names == 1:
            assert [row["What it names"] for row in rows] == ["'=patient@example.com"]
        else:
            assert [row["What it names"] for row in rows] == names
            assert {row["Set by"] for row in rows} == {"eu-legal"}
    assert eu_legal.get(f"{reverse('legal_holds')}?export=xlsx").status_code == 200
    assert "Plans" in eu_legal.get(reverse("legal_holds")).text


def test_legal_reads_of_it_beside_the_page_and_editors_do_not(hold, draft, eu_legal, eu_editor, english):
    hold("page", english)
    place = reverse("wagtailadmin_explore", args=[english.pk])
    assert "Under a legal hold: Matter 7" in eu_legal.get(place).text
    assert "legal hold" not in eu_editor.get(place).text
    address = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert "Matter 7" not in eu_editor.get(address).text
    assert "Matter 7" in signed_in("admin").get(address).text


def test_the_number_of_queries_stays(hold, draft, eu_legal, django_assert_max_num_queries):
    for _each in range(5):
        hold("page", draft)
    with django_assert_max_num_queries(25):
        eu_legal.get(reverse("legal_holds"))
