"""Two processes that act at the same moment, as two people in front of two browsers do."""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from multiprocessing import get_context
from typing import Any


@dataclass(frozen=True)
class Act:
    """What one of the two does: a person's request, or a command."""

    person: str = ""
    path: str = ""
    posted: Mapping[str, Any] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came of it: an HTTP status, 0 for a command; what the person was told; what failed."""

    status: int
    said: str = ""
    error: str = ""


class Pair:
    """The two processes."""

    def __init__(self, pipes: list[Any]) -> None:
        """Speak to them through `pipes`."""
        self.pipes = pipes

    def act(self, *acts: Act) -> list[Answer]:
        """Have both act at once, and return both answers."""
        for pipe, act in zip(self.pipes, acts, strict=True):
            pipe.send(act)
        return [pipe.recv() for pipe in self.pipes]


@contextmanager
def pair(database: str) -> Iterator[Pair]:
    """Have two processes at work in `database`."""
    context = get_context("spawn")
    barrier = context.Barrier(2)
    ours, workers = [], []
    for _number in range(2):
        here, there = context.Pipe()
        worker = context.Process(target=_work, args=(there, barrier, database), daemon=True)
        worker.start()
        ours.append(here)
        workers.append(worker)
    try:
        yield Pair(ours)
    finally:
        for pipe in ours:
            pipe.send(None)
        for worker in workers:
            worker.join(timeout=30)


def _work(pipe: Any, barrier: Any, database: str) -> None:
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from .database import use

    setup_test_environment(debug=False)
    use(database)
    clients: dict[str, Any] = {}
    while (act := pipe.recv()) is not None:
        client = _client(clients, act.person) if act.person else None
        barrier.wait()
        pipe.send(_answer(act, client))


def _client(clients: dict[str, Any], person: str) -> Any:
    from tests.conftest import signed_in

    if person not in clients:
        clients[person] = signed_in(person)
        clients[person].raise_request_exception = False
        clients[person].get("/admin/")
    return clients[person]


def _answer(act: Act, client: Any) -> Answer:
    from django.test import override_settings

    with override_settings(**act.settings):
        return _asked(act, client) if client else _commanded(act)


def _asked(act: Act, client: Any) -> Answer:
    response = client.post(act.path, act.posted, headers={"Referer": "http://testserver/admin/"})
    kind, error, trace = getattr(response, "exc_info", None) or (None, None, None)
    failed = "".join(traceback.format_exception(kind, error, trace)) if error else ""
    queued = getattr(getattr(response.wsgi_request, "_messages", None), "_queued_messages", ())
    return Answer(response.status_code, " ".join(map(str, queued)), failed)


def _commanded(act: Act) -> Answer:
    from django.core.management import CommandError, call_command

    out = StringIO()
    try:
        call_command(*act.command, stdout=out, stderr=out)
    except (CommandError, SystemExit) as refused:
        return Answer(0, f"{out.getvalue()} {refused}")
    except Exception:
        return Answer(0, error=traceback.format_exc())
    return Answer(0, out.getvalue())
