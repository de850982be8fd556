"""Varnish, with the site's own configuration, in front of a server of the site."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.core.cache import caches

from config.settings.cdn import frontend_caches
from jobs.registry import PURGE

from ..browser.server import free_port, serving
from ..database import database_apart
from ..jobs.conftest import work

VCL = Path(__file__).resolve().parents[2] / "deploy/varnish.vcl"
START_UP = 30  # seconds
HOST = "localhost"  # where the demo's site stands


class Answer:
    """What a visitor got: status, headers, text; and whether Varnish had it already."""

    def __init__(self, status: int, headers, content: bytes) -> None:
        self.status, self.headers, self.text = status, headers, content.decode()

    @property
    def was_kept(self) -> bool:
        """Say whether Varnish answered by itself: it names the request that it kept the page from, too."""
        return " " in self.headers.get("X-Varnish", "")


class Stay(HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *args, **kwargs):
        """Return nothing to follow."""


class Front:
    """Varnish at a port."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def get(self, path: str, **headers: str) -> Answer:
        """Visit `path` at the site's own host, once the worker has told of what has changed."""
        work(PURGE)
        request = Request(f"{self.address}{path}", headers={"Host": HOST, **headers})  # noqa: S310 - our own
        try:
            with build_opener(Stay).open(request, timeout=10) as response:
                return Answer(response.status, response.headers, response.read())
        except HTTPError as error:
            return Answer(error.code, error.headers, error.read())


@pytest.fixture(scope="session", autouse=True)
def _is_installed() -> None:
    if shutil.which("varnishd") is None:
        pytest.skip("varnishd is not installed")


@pytest.fixture
def front_of(tmp_path, settings, django_db_setup, django_db_blocker) -> Iterator[Callable[..., Front]]:
    """Return what starts the site, as `application` and with further variables, and Varnish in front.

    On a copy of the demo, which the test changes as the site's own commands would.
    """
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(database_apart())

        def start(application: str = "config.wsgi", **variables: str) -> Front:
            port = free_port()
            front = Front(port)
            settings.WAGTAILFRONTENDCACHE = frontend_caches(front.address)
            server = stack.enter_context(
                serving(application, PAGE_CACHE="1", CDN=front.address, WEB_CONCURRENCY="1", **variables)
            )
            varnish = varnishd(tmp_path, port, server.rpartition(":")[2])
            stack.callback(end, varnish)
            wait_for(front)
            return front

        yield start
        caches["default"].clear()


def varnishd(folder: Path, port: int, behind: str) -> subprocess.Popen:
    """Start Varnish at `port`, with its configuration as shipped, before the server at the port `behind`."""
    configuration = folder / "site.vcl"
    told = VCL.read_text()
    assert '.port = "8000"' in told
    configuration.write_text(re.sub(r'\.port = "8000"', f'.port = "{behind}"', told))
    options = ["-p", "default_grace=0", "-s", "malloc,32m", "-n", str(folder / "varnish")]
    command = ["varnishd", "-j", "none", "-F", "-f", str(configuration), "-a", f"127.0.0.1:{port}", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def end(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(timeout=START_UP)


def wait_for(front: Front) -> None:
    deadline = time.monotonic() + START_UP
    while time.monotonic() < deadline:
        try:
            if front.get("/robots.txt").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("Varnish did not start.")
