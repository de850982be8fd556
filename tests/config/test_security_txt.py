"""Where weaknesses are reported, and what tells nothing to those who look for them."""

import stat
import urllib.request

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from config.secret import make_private
from tests.browser.server import serving

ADDRESS = "/.well-known/security.txt"


@pytest.mark.django_db
def test_it_names_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.com"
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert lines["Contact"] == "mailto:security@example.com"
    assert lines["Canonical"].endswith(ADDRESS)
    assert lines["Expires"].endswith("T00:00:00Z")
    assert lines["Preferred-Languages"] == "en, de, fr"


@pytest.mark.django_db
def test_without_a_contact_there_is_none(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_a_server_does_not_say_what_it_is():
    with serving() as address:
        for path in ("/robots.txt", "/static/css/base.css"):
            with urllib.request.urlopen(f"{address}{path}") as answer:  # noqa: S310 - our own
                assert answer.headers["Server"] is None
                assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_database_is_made_for_its_owner_only(tmp_path):
    make_private(str(tmp_path / "db.sqlite3"))
    assert mode(tmp_path / "db.sqlite3") == 0o600
    make_private("file:memory?mode=memory")
    make_private(":memory:")


def test_an_upload_is_its_owners_only(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("documents/a.pdf", ContentFile(b"%PDF"))
    assert mode(tmp_path / name) == 0o600
    assert mode(tmp_path / "documents") == 0o700
