"""While the database cannot be reached, pages of the last known edition go out, for a while."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from page_cache import present_edition
from region_gate import snapshot

from .conftest import HOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(monkeypatch):
    """Return what takes the database away, and what brings it back."""

    def cursor(*args, **kwargs):
        raise OperationalError("unable to open database file")

    class Switch:
        def out(self) -> None:
            monkeypatch.setattr(connection, "cursor", cursor)

        def back(self) -> None:
            monkeypatch.undo()

    return Switch()


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """The seconds that have passed, to be changed."""
    passed = [1000.0]
    monkeypatch.setattr("page_cache.present_edition.monotonic", lambda: passed[0])
    return passed


def test_pages_that_are_kept_go_on_and_say_for_how_long(visitor, away):
    page = visitor.get("/eu/")
    away.out()
    answer = visitor.get("/eu/")
    assert (answer.status_code, answer.content) == (200, page.content)
    told = dict(part.partition("=")[::2] for part in answer["Cache-Control"].split(", "))
    assert 0 < int(told["s-maxage"]) + int(told["stale-if-error"]) <= 600


def test_it_is_told_of_once_and_when_it_is_over(visitor, away, caplog):
    visitor.get("/eu/")
    away.out()
    visitor.get("/eu/")
    visitor.get("/eu/")
    away.back()
    visitor.get("/eu/")
    told = [record.levelname for record in caplog.records if record.name == present_edition.__name__]
    assert told == ["ERROR", "WARNING"]


def test_they_end_after_as_long_as_the_setting_says(cached, settings, away, clock):
    settings.CACHE_MAX_STALE = 30
    visitor = Client(headers={"host": HOST}, raise_request_exception=False)
    visitor.get("/eu/")
    away.out()
    clock[0] += 29
    assert visitor.get("/eu/").status_code == 200
    clock[0] += 1
    assert visitor.get("/eu/").status_code >= 500


def test_what_is_not_kept_fails_as_it_would_without_a_cache(cached, away):
    visitor = Client(headers={"host": HOST}, raise_request_exception=False)
    visitor.get("/eu/")
    away.out()
    assert visitor.get("/eu/about/").status_code >= 500


def test_a_process_that_never_knew_an_edition_has_nothing_to_show(cached, away):
    away.out()
    visitor = Client(headers={"host": HOST}, raise_request_exception=False)
    assert visitor.get("/eu/").status_code >= 500


def test_once_it_is_back_nothing_of_before_is_shown(visitor, away, eu_home):
    visitor.get("/eu/")
    away.out()
    visitor.get("/eu/")
    away.back()
    type(eu_home)._base_manager.filter(pk=eu_home.pk).update(title="Renamed meanwhile")
    snapshot.invalidate()
    assert "Renamed meanwhile" in visitor.get("/eu/").text


def test_a_database_that_is_silent_is_not_waited_for_by_each_page(cached, monkeypatch, clock):
    asked = []

    def ask_slowly() -> str:
        asked.append(clock[0])
        clock[0] += 5
        raise OperationalError

    present_edition.memory.keep("the last")
    monkeypatch.setattr("page_cache.present_edition.Edition.current", ask_slowly)
    found = [present_edition.present_edition() for _page in range(3)]
    assert {edition.name for edition in found} == {"the last"}
    assert len(asked) == 1
    clock[0] += 6
    present_edition.present_edition()
    assert len(asked) == 2
