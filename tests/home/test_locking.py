"""Who waits for whom in the admin, and what is said where two collide."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from home.models import StandardPage
from region_gate.models import Edition

from .test_access import form

pytestmark = pytest.mark.django_db
REFERER = {"Referer": "http://testserver/admin/"}


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live page."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def locked(monkeypatch) -> list[bool]:
    """What grows with every decision that has waited for its turn."""
    turns: list[bool] = []
    lock = Edition.lock
    monkeypatch.setattr(Edition, "lock", lambda: (turns.append(True), lock()))
    return turns


def save(client, page, **more: str):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form("About", slug=page.slug, **more), headers=REFERER)


def test_a_draft_waits_for_no_decision_about_anything_else(eu_editor, about, locked):
    save(eu_editor, about)
    save(eu_editor, about, **{"action-save-draft": "1"})
    assert not locked


def test_a_page_that_is_sent_on_has_its_turn(eu_editor, about, locked):
    save(eu_editor, about, **{"action-submit": "1"})
    assert locked


def test_visitors_and_signing_in_wait_for_nobody(client, about, locked):
    client.get("/eu/about/")
    client.post(reverse("wagtailadmin_login"), {"login": "eu-editor", "password": "wrong"})
    assert not locked


def test_the_lock_is_made_where_it_is_missing():
    Edition.objects.all().delete()
    Edition.lock()
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("cause", [{"sqlstate": "40P01"}, {"sqlite_errorname": "SQLITE_BUSY"}])
def test_two_who_collide_are_told_so_in_words(eu_editor, about, monkeypatch, cause):
    def collide(*args: object) -> None:
        raise OperationalError from type("Collision", (Exception,), cause)()

    monkeypatch.setattr("home.locking.hold_row", collide)
    answer = save(eu_editor, about)
    assert answer.status_code == 302
    assert "Somebody else was changing the same thing" in eu_editor.get(answer.url).text


def test_what_is_no_collision_is_no_secret(eu_editor, about, monkeypatch):
    def fail(*args: object) -> None:
        raise OperationalError from type("Failure", (Exception,), {"sqlstate": "57P01"})()

    monkeypatch.setattr("home.locking.hold_row", fail)
    with pytest.raises(OperationalError):
        save(eu_editor, about)
