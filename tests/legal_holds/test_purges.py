"""No purge deletes what is held, and each deletes the rest."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command, get_commands
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from accounts.models import Pause
from accounts.throttle import MEMORY
from jobs.models import StoredMail
from jobs.purging import purge
from legal_holds.held import held_now
from legal_holds.held_rows import RULES, about, containing
from region_gate import clock
from region_gate.retention import purgeable
from reminders.models import Digest

from .conftest import end, person

pytestmark = pytest.mark.django_db
OLD = timedelta(days=400)


def mail(to: str, **more) -> StoredMail:
    stored = StoredMail.objects.create(
        subject="Old", recipients=[to], message=more.pop("message", {}), sent_at=timezone.now() - OLD
    )
    StoredMail.objects.filter(pk=stored.pk).update(made_at=timezone.now() - OLD)
    return stored


def left() -> set[str]:
    return {stored.recipients[0] for stored in StoredMail.objects.filter(subject="Old")}


def test_without_a_hold_old_mails_go():
    mail("somebody@example.com")
    purge()
    assert left() == set()


@pytest.mark.parametrize("field", ["person", "email"])
def test_a_persons_mails_stay_and_others_go(hold, field):
    editor = person("eu-editor")
    editor.email = "éva@example.com"
    editor.save()
    hold(field, editor if field == "person" else editor.email)
    mail("éva@example.com")
    mail("legal@example.com", message={"body": "Éva (ÉVA@example.com) wrote".lower()})
    mail("somebody@example.com")
    purge()
    assert left() == {"éva@example.com", "legal@example.com"}


def test_mails_stay_while_a_thing_is_held_of_which_they_may_speak(hold, eu):
    ended = hold("region", eu)
    mail("somebody@example.com")
    purge()
    assert left() == {"somebody@example.com"}
    end(ended)
    purge()
    assert left() == set()


def test_the_library_s_own_purge_of_tasks_waits(hold, eu):
    hold("region", eu)
    with pytest.raises(CommandError, match="legal hold"):
        call_command("prune_db_task_results", "--backend", "worker")


def test_sessions_and_pauses_of_held_people_stay(hold):
    for username in ("eu-editor", "us-editor"):
        store = SessionStore()
        store["_auth_user_id"] = str(person(username).pk)
        store.save()
    Session.objects.update(expire_date=timezone.now() - OLD)
    Pause.objects.create(key="x", failed_at=timezone.now() - 2 * MEMORY, until=timezone.now())
    ended = hold("person", person("eu-editor"))
    call_command("clearsessions")
    (kept,) = Session.objects.all()
    assert kept.get_decoded()["_auth_user_id"] == str(person("eu-editor").pk)
    assert Pause.objects.exists()
    end(ended)
    call_command("clearsessions")
    assert not Session.objects.exists()
    assert not Pause.objects.exists()


def test_the_commands_that_purge_are_those_that_ask():
    ours = {"purge_revisions": "legal_holds", "prune_db_task_results": "legal_holds"}
    wanted = {**ours, "clearsessions": "accounts"}
    assert {name: get_commands()[name] for name in wanted} == wanted


def test_what_nobody_has_spoken_for_is_not_purged():
    with transaction.atomic(), pytest.raises(LookupError):
        purgeable(Site.objects.all())


@pytest.mark.parametrize("model", RULES, ids=lambda model: model.__name__)
def test_every_rule_can_be_asked(hold, eu, model, draft, document, image):
    for field, thing in (
        ("region", eu),
        ("page", draft),
        ("document", document),
        ("image", image),
        ("person", person("eu-editor")),
        ("email", "patient@example.com"),
    ):
        hold(field, thing)
    with transaction.atomic():
        purgeable(model._base_manager.all()).count()


def test_an_app_with_rows_about_people_says_where_they_are_named(hold):
    """Digests stand for whatever rows there are with a person."""
    today = clock.today()
    for username in ("eu-editor", "us-editor"):
        Digest.objects.create(person=person(username), begins=today, number=1)
    hold("person", person("eu-editor"))
    rule = about(person="person", texts=())
    assert [row.person.username for row in Digest.objects.filter(rule(held_now()))] == ["eu-editor"]


def test_words_are_found_as_they_are_and_not_as_patterns():
    mail("a_b@example.com")
    mail("axb@example.com")
    found = StoredMail.objects.filter(containing(["recipients"], ["A_B@example.com"]))
    assert [row.recipients for row in found] == [["a_b@example.com"]]
