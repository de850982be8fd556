"""A request's id: on the error page, in its header, and in the log, where a traceback stands once."""

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.test import Client

from config import errors
from config.request_id import HEADER, current_request_id
from tests.browser.server import serving
from tests.config.test_settings import SECRETS, manage

ID = re.compile(r"[0-9a-f]{16}")
BROKEN = {"DJANGO_SETTINGS_MODULE": "tests.config.broken_settings"}


@pytest.fixture
def visitor(settings) -> Client:
    """A visitor of the site with broken addresses, who gets its error pages."""
    settings.ROOT_URLCONF = "tests.config.broken"
    return Client(raise_request_exception=False)


def ask(address: str) -> tuple[int, str, str]:
    """Return status, id and text of what a server answers."""
    try:
        answer = urllib.request.urlopen(address)  # noqa: S310 - our own server
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers[HEADER], answer.read().decode()


def test_each_request_has_an_id_of_its_own(client, db):
    given = {client.get("/eu/").headers[HEADER] for _ in range(2)}
    assert len(given) == 2
    assert all(map(ID.fullmatch, given))
    assert current_request_id() == "-"


@pytest.mark.parametrize("given", ["0123456789abcdef", "a-b_c.d8"])
def test_a_proxys_id_is_kept(client, db, settings, given):
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]
    assert client.get("/eu/", headers={HEADER: given}).headers[HEADER] == given


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "<script>alert(1)</script>", "0123456\n89", "١" * 16, ""]
)
def test_what_is_no_id_is_not_kept_even_from_a_proxy(client, db, settings, given):
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]
    assert ID.fullmatch(client.get("/eu/", headers={HEADER: given}).headers[HEADER])


def test_a_visitors_id_is_not_believed(client, db, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert client.get("/eu/", headers={HEADER: "0123456789abcdef"}).headers[HEADER] != "0123456789abcdef"


def test_a_page_that_breaks_shows_its_id(visitor, db, caplog):
    page = visitor.get("/broken/view/")
    assert page.status_code == 500
    assert f"<code>{page.headers[HEADER]}</code>" in page.text
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_broken_error_page_is_told_in_plain_words(visitor, db, monkeypatch, caplog):
    def broken(*args: object, **kwargs: object) -> None:
        raise TemplateSyntaxError

    monkeypatch.setattr(errors, "render", broken)
    page = visitor.get("/broken/view/")
    assert page.status_code == 500
    assert f"<code>{page.headers[HEADER]}</code>" in page.text
    assert [record.exc_info[0].__name__ for record in caplog.records] == [
        "TemplateSyntaxError",
        "BrokenError",
    ]


def test_addresses_that_cannot_be_loaded_are_told_in_plain_words(settings, caplog):
    settings.ROOT_URLCONF = "tests.config.no_such_module"
    page = Client(raise_request_exception=False).get("/eu/")
    assert page.status_code == 500
    assert f"<code>{page.headers[HEADER]}</code>" in page.text
    assert len([record for record in caplog.records if record.exc_info]) == 1


def test_under_gunicorn_each_fault_leaves_its_traceback_once(tmp_path: Path, django_db_setup):
    with (tmp_path / "stderr").open("wb") as stderr, serving(stderr=stderr, **BROKEN) as site:
        answers = [
            ask(f"{site}/broken/{part}/")
            for part in ("view", "template", "middleware", "gate", "after-commit")
        ]
    log = (tmp_path / "stderr").read_text()
    assert [status for status, *_ in answers] == [500, 500, 500, 500, 200]
    for status, request_id, text in answers:
        assert log.count(f"[{request_id}]") == 1
        assert (request_id in text) == (status == 500)
    assert log.count("Traceback (most recent call last)") == 5
    assert log.count("tests.config.broken.BrokenError") == 4
    assert log.count("CompressedPageError: gzip") == 1


def test_a_bad_request_is_one_line_of_the_log(tmp_path: Path, django_db_setup):
    secret = "sessionid=not-for-the-log"
    with (tmp_path / "stderr").open("wb") as stderr, serving(stderr=stderr) as site:
        asked = urllib.request.Request(site, headers={"Host": "evil.test", "Cookie": secret})  # noqa: S310
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(asked)  # noqa: S310 - our own server
    log = (tmp_path / "stderr").read_text()
    assert log.count("Invalid HTTP_HOST header") == 1
    assert " WARNING [" in log
    assert "ERROR" not in log  # at which somebody has to look
    assert "Traceback" not in log
    assert secret not in log


def test_a_command_that_breaks_leaves_its_traceback(tmp_path: Path):
    broken = manage(
        "shell", "--no-imports", "-c", "1 / 0", settings="production", tmp_path=tmp_path, **SECRETS
    )
    assert broken.stderr.count("ZeroDivisionError") == 1


def test_in_production_what_is_logged_reaches_stderr(tmp_path: Path):
    asked = "import logging; logging.getLogger('django.request').error('Told')"
    told = manage("shell", "--no-imports", "-c", asked, settings="production", tmp_path=tmp_path, **SECRETS)
    assert told.stderr.count("Told") == 1
