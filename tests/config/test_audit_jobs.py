"""`manage.py audit_gate --jobs`, as it is run: the same findings, and no audit that ends unsaid."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.browser.server import environment

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds


def take_interrupts() -> None:
    """Be ended by an interrupt, though whoever runs the tests may ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def auditing(*words: str) -> Iterator[subprocess.Popen]:
    """Run `manage.py audit_gate` on the tests' database in a process group of its own."""
    command = [sys.executable, "manage.py", "audit_gate", *words]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=take_interrupts,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def jobs_of(process: subprocess.Popen) -> list[int]:
    """Return the processes that work for `process`, once there are two."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        jobs = [int(child) for child in children if is_job(child)]
        if len(jobs) == 2:
            return jobs
        time.sleep(0.05)
    raise AssertionError(f"There were no two jobs: {process.communicate()[1]}")


def is_job(process: str) -> bool:
    """Say whether a process does work, and does not just clean up after others."""
    return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()


def is_running(process: int) -> bool:
    """Say whether there is such a process, dead ones that nobody has asked about apart."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.long
def test_two_jobs_find_what_one_finds(django_db_setup):
    printed = []
    for number in "1", "2":
        with auditing("--region", "us", "--format", "json", "--jobs", number) as process:
            out, error = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, out + error
        printed.append(json.loads(out))
    assert printed[0] == printed[1]
    assert printed[0]["pages"] > 5
    assert printed[0]["notices"] > 0


def test_a_job_that_is_killed_ends_the_audit_which_says_so(django_db_setup):
    with auditing("--jobs", "2") as process:
        first, second = jobs_of(process)
        os.kill(first, signal.SIGKILL)
        out, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "The audit broke off. A process ended with exit code -9 while it worked on ('http://" in error
    assert "flaws" not in out
    assert not is_running(second)


def test_an_interrupt_from_the_keyboard_ends_all(django_db_setup):
    with auditing("--jobs", "2") as process:
        jobs = jobs_of(process)
        os.killpg(process.pid, signal.SIGINT)
        out, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGINT
    assert error.count("KeyboardInterrupt") == 1
    assert "flaws" not in out
    assert not any(map(is_running, jobs))


@pytest.mark.parametrize("written", ["0", "-1", "abc", "", "1.5", "٢", "65", "9" * 30])
def test_no_other_number_of_jobs_is_taken(written):
    with pytest.raises(CommandError, match="is not a number from 1 to 64"):
        call_command("audit_gate", f"--jobs={written}")
