"""Workers as real processes: each job once, also where one of them is killed at its work."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.races.database import copied

from .working import NUMBER, ROOT

PATIENCE = 60  # seconds


@pytest.fixture
def address(django_db_setup, django_db_blocker, tmp_path) -> Iterator[str]:
    """The address of a copy of the tests' database, for processes of their own."""
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connections.close_all()  # a database that somebody uses cannot be copied
        if connection.vendor == "sqlite":
            shutil.copy(template, tmp_path / "copy.sqlite3")
            yield f"sqlite:///{tmp_path / 'copy.sqlite3'}"
            return
        given = connection.settings_dict
        try:
            with copied(template) as name:
                yield f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{name}"
        finally:
            connection.settings_dict["NAME"] = template
            connections.close_all()


Start = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def start(address, tmp_path) -> Iterator[Start]:
    """Start a worker with jobs of a kind, which write into `notes`."""
    (tmp_path / "notes").mkdir()
    begun = []

    def start_worker(kind: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.jobs.working", str(tmp_path / "notes"), kind]
        environment = {**os.environ, "DATABASE_URL": address}
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        begun.append(worker)
        assert worker.stdout.readline() == "runs\n"
        return worker

    yield start_worker
    for worker in begun:
        worker.kill()
        worker.communicate()


def notes(tmp_path: Path) -> dict[str, list[str]]:
    return {path.name: path.read_text().splitlines() for path in (tmp_path / "notes").iterdir()}


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def ended(tmp_path: Path) -> int:
    return sum(line.startswith("end") for lines in notes(tmp_path).values() for line in lines)


def test_two_workers_do_fifty_jobs_once_each(start, tmp_path):
    workers = [start("quick"), start("quick")]
    wait_for(lambda: ended(tmp_path) >= NUMBER)
    time.sleep(2)  # in which one might be done again
    found = notes(tmp_path)
    assert len(found) == NUMBER
    assert {tuple(line.split()[0] for line in lines) for lines in found.values()} == {("begin", "end")}
    assert [stop(worker) for worker in workers] == [0, 0]


def test_what_a_killed_worker_was_at_is_done_by_the_other(start, tmp_path):
    first = start("slow")
    wait_for(lambda: bool(notes(tmp_path)))
    second = start("slow")
    time.sleep(2)
    assert ended(tmp_path) == 0  # the other lets it work
    first.send_signal(signal.SIGKILL)
    wait_for(lambda: ended(tmp_path) == 1)
    begun, again, end = notes(tmp_path)["job-0"]
    assert (begun, again, end) == (f"begin {first.pid}", f"begin {second.pid}", f"end {second.pid}")


def test_what_a_worker_leaves_at_its_end_is_done_by_the_next(start, tmp_path):
    first = start("slow")
    wait_for(lambda: bool(notes(tmp_path)))
    assert stop(first) == 0
    second = start("slow")
    wait_for(lambda: ended(tmp_path) == 1)
    assert notes(tmp_path)["job-0"][1:] == [f"begin {second.pid}", f"end {second.pid}"]


def test_who_stood_still_ends_when_another_has_taken_over(start, tmp_path):
    first = start("slow")
    wait_for(lambda: bool(notes(tmp_path)))
    second = start("slow")
    first.send_signal(signal.SIGSTOP)
    wait_for(lambda: ended(tmp_path) == 1)
    first.send_signal(signal.SIGCONT)
    assert first.wait(PATIENCE) == -signal.SIGKILL
    assert notes(tmp_path)["job-0"][1:] == [f"begin {second.pid}", f"end {second.pid}"]


def stop(worker: subprocess.Popen[str]) -> int:
    """Tell the worker to end; return its exit status."""
    worker.send_signal(signal.SIGTERM)
    return worker.wait(PATIENCE)
