"""A real server with the demo content, and real Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Route

ROOT = Path(__file__).resolve().parents[2]
START_UP = 30  # seconds

# Playwright's event loop runs in this thread; Django's queries in the tests are its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def _free_port() -> int:
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
    deadline = time.monotonic() + START_UP
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


@pytest.fixture(scope="session")
def base_url(django_db_setup) -> Iterator[str]:
    """Serve the tests' database through gunicorn, and return the site's address."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "site/config/gunicorn.py", "config.wsgi"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": _test_database(),
            "PORT": str(port),
        },
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_UP)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    """Start the machine's own Chromium, talking to nobody but the page's hosts."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
    }


@pytest.fixture(params=["scripts on", "scripts off"])
def scripts(request) -> bool:
    """Say whether the browser runs scripts."""
    return request.param == "scripts on"


@pytest.fixture
def context(context: BrowserContext, base_url) -> BrowserContext:
    """A browser for which every host but ours is a stand-in that says so."""

    def answer(route: Route) -> None:
        if route.request.url.startswith(base_url):
            route.continue_()
        else:
            route.fulfill(content_type="text/html", body="<title>A third party</title>")

    context.route("**/*", answer)
    return context
