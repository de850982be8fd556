"""`manage.py check_dois`, against a stand-in for the DOI proxy on this machine."""

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread
from typing import ClassVar
from urllib.parse import unquote, urlsplit

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from therapies.models import Reference
from therapies.references import doi_proxy

pytestmark = pytest.mark.django_db

KNOWN = "10.1200/JCO.2015.66.1181"  # the demo's
STRANGE = "10.1002/(SICI)1<2::A>3.0;2-#"


class Proxy(BaseHTTPRequestHandler):
    """Answers as the proxy does, from what it is told to know."""

    known: ClassVar[set[str]] = set()
    status: ClassVar[int] = 200
    body: ClassVar[bytes | None] = None
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer for one DOI."""
        doi = unquote(urlsplit(self.path).path.removeprefix("/api/handles/"))
        self.asked.append(doi)
        code = 1 if doi in self.known else 100
        self.send_response(self.status if self.status != 200 else 200 if code == 1 else 404)
        self.end_headers()
        self.wfile.write(self.body or json.dumps({"responseCode": code, "handle": doi}).encode())

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def proxy(settings) -> Iterator[type[Proxy]]:
    class Fresh(Proxy):
        known: ClassVar = {KNOWN, STRANGE}
        asked: ClassVar = []

    with HTTPServer(("127.0.0.1", 0), Fresh) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.DOI_PROXY = f"http://127.0.0.1:{server.server_port}"
        yield Fresh
        server.shutdown()


def check(*words: str) -> str:
    out = StringIO()
    call_command("check_dois", "--pause", "0", *words, stdout=out)
    return out.getvalue()


def test_known_dois_pass(proxy):
    Reference.objects.create(text="Strange A.", doi=STRANGE)
    Reference.objects.create(text="Without a DOI.")
    assert check() == "2 DOIs asked for, 0 unknown.\n"
    assert proxy.asked == [KNOWN, STRANGE]


def test_unknown_dois_are_listed_and_the_command_fails(proxy):
    for number in range(2):
        Reference.objects.create(text=f"Wrong {number}.", doi=f"10.1000/wrong-{number}")
    with pytest.raises(CommandError) as failure:
        check()
    assert failure.value.returncode == 1
    assert [line.split("  ")[0] for line in str(failure.value).splitlines()] == [
        "10.1000/wrong-0",
        "10.1000/wrong-1",
    ]
    assert "Wrong 1." in str(failure.value)


def test_no_more_is_asked_than_the_limit(proxy):
    second = Reference.objects.create(text="Second.", doi="10.1000/2")
    first = Reference.objects.get(doi=KNOWN)
    assert f"go on with --after {first.pk}" in check("--limit", "1")
    assert proxy.asked == [KNOWN]
    with pytest.raises(CommandError, match=r"10\.1000/2"):
        check("--after", str(first.pk))
    assert proxy.asked == [KNOWN, second.doi]


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (503, None, "answered with status 503"),
        (429, None, "answered with status 429"),
        (200, b"<html>", "cannot be read"),
        (200, b'{"responseCode": 2}', "answered with code 2"),
        (404, b"<html>", "cannot be read"),
        (200, b"[]", "cannot be read"),
    ],
)
def test_an_answer_that_tells_nothing_is_no_verdict(proxy, status, body, reason):
    proxy.status, proxy.body = status, body
    with pytest.raises(CommandError, match=f"did not tell about {KNOWN}: it.*{reason}"):
        check()


def test_without_a_network_the_command_says_so(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.DOI_PROXY = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(CommandError, match="it cannot be reached"):
            check()


def test_a_proxy_that_is_silent_is_not_waited_for(settings, monkeypatch):
    monkeypatch.setattr(doi_proxy, "TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.DOI_PROXY = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(CommandError, match="it cannot be reached: timed out"):
            check()


@pytest.mark.parametrize(
    ("address", "is_right"),
    [
        ("https://doi.org", True),
        ("http://127.0.0.1:1", True),
        ("https://doi.org/", False),
        ("doi.org", False),
        (None, False),
    ],
)
def test_the_setting_is_checked(settings, address, is_right):
    settings.DOI_PROXY = address
    found = [message for message in run_checks() if message.id == "therapies.E001"]
    assert bool(found) is not is_right
