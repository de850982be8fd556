"""Servers of the site and of a bare application, each in a process tree of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import free_port

ROOT = Path(__file__).resolve().parents[2]
START_UP = 30  # seconds
PREPARED = (
    *("collectstatic --noinput", "migrate --skip-checks"),
    *("add_region --all --skip-checks", "demo --skip-checks"),
)
THREADS = "4"


def command(server: str, application: str, port: int) -> list[str]:
    """Return what starts `server` with one process of four threads, as `make run` would."""
    python = [sys.executable, "-m"]
    if server == "gunicorn":
        return [*python, "gunicorn", "--config", "site/config/gunicorn.py", application]
    where = ["--host", "127.0.0.1", "--port", str(port)]
    sizes = ["--workers", "1", "--blocking-threads", THREADS, "--backlog", "2048"]
    return [*python, "granian", "--interface", "wsgi", *where, *sizes, f"{application}:application"]


@contextmanager
def running(server: str, folder: Path, application: str = "config.wsgi", **variables: str) -> Iterator[str]:
    """Run `server` on the site whose data lie in `folder`, and give its address."""
    port = variables.get("PORT") or str(free_port())
    told = {**environment(folder), "PORT": port, "WEB_CONCURRENCY": "1", **variables}
    process = subprocess.Popen(
        command(server, application, int(port)),
        cwd=ROOT,
        env=told,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(process, int(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=START_UP)


def make_demo(folder: Path, port: str) -> None:
    """Make the site with its demo in `folder`, to be served at `port`."""
    for words in PREPARED:
        manage(folder, port, "manage.py", *words.split())


def manage(folder: Path, port: str, *words: str) -> None:
    """Run Python with `words` on the site in `folder`."""
    told = {**environment(folder), "PORT": port}
    subprocess.run([sys.executable, *words], cwd=ROOT, env=told, check=True, stdout=subprocess.DEVNULL)


def environment(folder: Path) -> dict[str, str]:
    """Return what a process needs to work on the site whose data lie in `folder`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
        "DATA_DIR": str(folder),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }


def wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until something listens at `port`. Raises RuntimeError where nothing does."""
    deadline = time.monotonic() + START_UP
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")
