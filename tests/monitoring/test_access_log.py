"""The access log: one line for each request, which says nothing about who asked."""

import json
import logging

import pytest
from django.test import Client

from tests.config.test_settings import SECRETS, manage

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog) -> pytest.LogCaptureFixture:
    """What the access log says."""
    caplog.set_level(logging.INFO, logger="monitoring.access")
    return caplog


def test_a_request_is_one_line(lines, client):
    client.get("/eu/search/?q=Maria+Huber", headers={"user-agent": "Huber's telephone"})
    (line,) = [record for record in lines.records if record.name == "monitoring.access"]
    assert line.getMessage().startswith("GET /eu/search/ 200 ")
    assert (line.method, line.path, line.status) == ("GET", "/eu/search/", 200)
    assert line.milliseconds > 0
    assert "Huber" not in str(line.__dict__)


def test_a_line_stays_one_line(lines, client):
    client.get("/eu/%0AERROR%20forged/")
    (line,) = [record.getMessage() for record in lines.records if record.name == "monitoring.access"]
    assert line.startswith("GET /eu/%0AERROR%20forged/ 404 ")


def test_what_breaks_is_a_line_too(lines, settings):
    settings.ROOT_URLCONF = "tests.config.broken"
    Client(raise_request_exception=False).get("/broken/view/")
    assert any(" 500 " in record.getMessage() for record in lines.records)


def test_a_line_is_json_by_setting(tmp_path):
    words = "import logging; logging.getLogger('x').warning('Said “%s”\\n', 'yes')"
    shown = manage(
        "shell",
        "--no-imports",
        "-c",
        words,
        settings="production",
        tmp_path=tmp_path,
        LOG_FORMAT="json",
        **SECRETS,
    )
    said = json.loads(shown.stderr)
    assert said["message"] == "Said “yes”\n"
    assert (said["level"], said["logger"], said["request_id"]) == ("WARNING", "x", "-")
    assert said["time"]


@pytest.mark.parametrize(("level", "is_said"), [("INFO", True), ("ERROR", False)])
def test_the_level_is_a_setting(tmp_path, level, is_said):
    words = "import logging; logging.getLogger('x').info('said')"
    shown = manage("shell", "--no-imports", "-c", words, settings="dev", tmp_path=tmp_path, LOG_LEVEL=level)
    assert ("said" in shown.stderr) is is_said


@pytest.mark.parametrize("name", ["LOG_LEVEL", "LOG_FORMAT"])
def test_what_is_no_level_or_format_is_refused_by_name(tmp_path, name):
    refused = manage("check", settings="dev", tmp_path=tmp_path, **{name: "loud"})
    assert refused.returncode != 0
    assert name in refused.stderr
