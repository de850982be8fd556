"""Errors are told to Sentry, without anything about a person."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

from monitoring.error_reports import without_personal_details
from tests.config.test_settings import SECRETS, manage

UNPACKED = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}

BROKEN = """
from django.test import Client
from django.contrib.auth import get_user_model
from django.urls import path
import sys, types
def view(request):
    name = "Maria Huber"
    raise ValueError("broken here")
module = types.ModuleType("urls_of_this")
module.urlpatterns = [path("broken/", view)]
sys.modules["urls_of_this"] = module
from django.test.utils import override_settings
with override_settings(ROOT_URLCONF="urls_of_this", MIDDLEWARE=[]):
    try:
        headers = {"cookie": "sessionid=Huber", "host": "localhost"}
        Client().post("/broken/?q=Huber", {"patient": "Huber"}, headers=headers)
    except ValueError:
        pass
import sentry_sdk
sentry_sdk.flush()
"""


@pytest.fixture
def told() -> Iterator[tuple[str, list[bytes]]]:
    """The address of something that takes reports, and what it was told."""
    said: list[bytes] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said.append(UNPACKED[self.headers["Content-Encoding"]](body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", said
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_broke_is_told_and_nobody_named(told, tmp_path):
    dsn, said = told
    ran = manage(
        "shell", "--no-imports", "-c", BROKEN, settings="dev", tmp_path=tmp_path, SENTRY_DSN=dsn, **SECRETS
    )
    assert ran.returncode == 0, ran.stderr
    report = b"".join(said)
    assert b"broken here" in report
    assert b"/broken/" in report
    assert b"sessionid" not in report
    assert b'"q=' not in report
    assert b'"patient"' not in report
    assert report.count(b"Huber") == report.count(b'name = \\"Maria Huber\\"')  # the line of code


def test_of_a_request_its_method_and_path_stay():
    event = {
        "user": {"id": 1},
        "extra": {"a": 1},
        "request": {
            "url": "https://www.example.com/eu/",
            "method": "POST",
            "query_string": "q=a",
            "data": {"a": "b"},
            "cookies": {"a": "b"},
            "headers": {"Cookie": "a"},
            "env": {"REMOTE_ADDR": "10.0.0.1"},
        },
        "level": "error",
    }
    assert without_personal_details(event, None) == {
        "request": {"url": "https://www.example.com/eu/", "method": "POST"},
        "level": "error",
    }
