"""A task that leaves a transaction open spoils nothing for the next."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.db.transaction import TransactionManagementError
from wagtail.search.backends import get_search_backend

from jobs.commands import command
from jobs.models import WorkerBeat
from jobs.open_transactions import none_left_open


@pytest.fixture
def apart(django_db_setup, django_db_blocker) -> Iterator[Callable]:
    """Run something in a thread, with a connection and transactions of its own; give what it raised."""

    def run(act: Callable[[], None]) -> list[BaseException]:
        raised: list[BaseException] = []

        def run_and_close() -> None:
            try:
                act()
            except BaseException as error:
                raised.append(error)
            finally:
                connections.close_all()

        thread = Thread(target=run_and_close)
        thread.start()
        thread.join()
        return raised

    with django_db_blocker.unblock():
        yield run


def begin() -> None:
    transaction.atomic().__enter__()
    WorkerBeat.objects.create(id="left open")


@none_left_open()
def begin_and_fail() -> None:
    begin()
    raise ZeroDivisionError


def check() -> None:
    assert not connection.in_atomic_block
    assert not WorkerBeat.objects.exists()


def test_what_fails_within_its_transaction_is_undone(apart):
    def act() -> None:
        with pytest.raises(ZeroDivisionError):
            begin_and_fail()
        check()

    assert apart(act) == []


def test_what_ends_well_but_for_that_fails(apart):
    def act() -> None:
        with pytest.raises(TransactionManagementError), none_left_open():
            begin()
        check()

    assert apart(act) == []


def test_what_ends_its_transactions_is_left_alone(apart):
    def act() -> None:
        with none_left_open(), transaction.atomic():
            WorkerBeat.objects.create(id="one")
        WorkerBeat.objects.get().delete()
        check()

    assert apart(act) == []


@pytest.mark.django_db
def test_the_index_is_built_in_no_transaction_that_locks_others_out(monkeypatch):
    depths = []
    index = get_search_backend().get_index_for_model(WorkerBeat)
    monkeypatch.setattr(
        type(index), "add_items", lambda *_given: depths.append(len(connection.savepoint_ids))
    )
    command("wagtail_update_index", "--verbosity=0")()
    assert {*depths} == {len(connection.savepoint_ids)}
