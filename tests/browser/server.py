"""A real server on the tests' own database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
START_UP = 60  # seconds


@contextmanager
def serving(
    application: str = "config.wsgi", stderr: int | IO[bytes] = subprocess.DEVNULL, **variables: str
) -> Iterator[str]:
    """Serve the tests' database through gunicorn, and give the site's address."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "site/config/gunicorn.py", application],
        cwd=ROOT,
        env={**environment(), "PORT": str(port), **variables},
        stderr=stderr,
    )
    try:
        _wait_for(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_UP)


def environment() -> dict[str, str]:
    """Return what a process needs to work on the tests' database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": _test_database(),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _test_database() -> str:
    """Return the address of the tests' own database, for another process."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)


def _wait_for(server: subprocess.Popen, port: int) -> None:
    """Wait until the server answers: it listens before it has loaded the site."""
    deadline = time.monotonic() + START_UP
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", port, timeout=START_UP)) as asked:
            asked.request("GET", "/healthz")
            asked.getresponse().read()
            return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")
