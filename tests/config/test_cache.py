"""Redis may go: pages, notices and the admin go on, no slower, and what it held meanwhile is not believed."""

import logging
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache as shared
from django.core.cache import caches
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as NoConnectionError
from redis.retry import Retry
from selectolax.lexbor import LexborHTMLParser
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from config import cache
from home.models import StandardPage

from ..browser.server import free_port

pytestmark = pytest.mark.django_db
PAGES = [
    *("/", "/eu/", "/de/eu/", "/eu/about/", "/eu/regions/", "/eu/search/?q=a", "/eu/contact-form/"),
    *("/nowhere/", "/sitemap.xml"),
]


class Server:
    """A Redis of this test's own, which can die and come back with what it held."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.client = Redis(port=self.port, retry=Retry(ConstantBackoff(0.05), 200, (NoConnectionError,)))

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen([*command, "--dir", self.folder], stdout=subprocess.DEVNULL)
        self.client.ping()

    def die(self) -> None:
        """End it as a failure would, with what it holds on disk."""
        self.client.save()
        self.client.close()
        self.process.kill()
        self.process.wait()


@pytest.fixture
def use(settings, monkeypatch):
    """Return what has the site use a Redis at a port, which is left alone for an hour if it fails."""
    monkeypatch.setattr(cache, "PAUSE_SECONDS", 3600)
    monkeypatch.setattr(cache.PatientRedis, "outages", {})

    def use_port(port: int) -> None:
        parsed = {"BACKEND": "django.core.cache.backends.redis.RedisCache"}
        settings.CACHES = {"default": cache.backend({**parsed, "LOCATION": f"redis://127.0.0.1:{port}/1"})}

    yield use_port
    caches.close_all()


@pytest.fixture
def server(tmp_path, use) -> Iterator[Server]:
    """A Redis that the site uses."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    found = Server(tmp_path)
    found.start()
    use(found.port)
    yield found
    found.client.close()
    found.process.kill()
    found.process.wait()


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        yield sock


def serves_everything(client) -> bool:
    """Ask for pages, a notice, and a sign-in with a wrong and with the right password."""
    assert {client.get(path).status_code for path in PAGES} == {200, 404}
    regions = LexborHTMLParser(client.get("/eu/regions/").text)
    notices = [href for a in regions.css("a[href]") if "/leaving/" in (href := a.attributes["href"] or "")]
    assert client.get(notices[0]).status_code == 200
    assert client.get("/eu/search/suggestions/?q=liv").json()["pages"]
    user = get_user_model().objects.create_superuser("somebody", password="right")
    assert "_auth_user_id" not in sign_in(client, "wrong").session
    assert sign_in(client, "right").session["_auth_user_id"] == str(user.pk)
    assert client.get("/admin/").status_code == 200
    user.delete()
    return True


def sign_in(client, password):
    client.post("/admin/login/", {"login": "somebody", "password": password})
    return client


def test_a_server_that_refuses_stops_nothing_and_is_told_of_once(client, use, caplog):
    use(free_port())
    assert serves_everything(client)
    told = [record for record in caplog.records if record.name == "config.cache"]
    assert [(record.levelno, bool(record.exc_info)) for record in told] == [(logging.ERROR, True)]


def test_a_silent_server_is_asked_once_and_then_left_alone(client, use, silent):
    use(silent.getsockname()[1])
    assert serves_everything(client)
    silent.accept()[0].close()
    silent.setblocking(False)
    with pytest.raises(BlockingIOError):
        silent.accept()


def test_pictures_are_shown_without_it(client, use, eu_home):
    use(free_port())
    image = get_image_model().objects.create(title="A drawing", file=get_test_image_file())
    value = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": ""}
    page = StandardPage.objects.child_of(eu_home).get(slug="about")
    page.body = [{"type": "figure", "value": value}]
    page.save()
    assert client.get("/eu/about/").text.count("/media/images/drawing") == 0
    assert "/media/images/" in client.get("/eu/about/").text


def test_it_is_used_while_it_answers_and_again_once_it_is_back(client, server, monkeypatch, caplog):
    monkeypatch.setattr(cache, "PAUSE_SECONDS", 0)
    client.get("/eu/")
    shared.set("key", "before")
    assert shared.get("key") == "before"
    server.die()
    assert serves_everything(client)
    assert shared.get("key") is None
    server.start()
    assert shared.get("key") == "before"
    assert client.get("/eu/").status_code == 200
    assert "The cache answers again." in caplog.text


@pytest.mark.long
def test_what_changed_while_it_was_away_is_not_told_from_it_afterwards(server, eu_home, monkeypatch):
    def address() -> str:
        return str(Page.objects.get(pk=eu_home.pk).full_url)

    monkeypatch.setattr(cache, "PAUSE_SECONDS", 0)
    assert address() == "http://localhost/eu/"
    server.die()
    site = Site.objects.get()
    site.hostname = "moved.example.com"
    site.save()
    assert address() == "http://moved.example.com/eu/"
    server.start()
    assert address() == "http://moved.example.com/eu/"


@pytest.mark.parametrize("forget", ["set", "delete", "delete_many", "touch"])
def test_no_change_is_lost_with_it(server, monkeypatch, forget):
    shared.set("key", "old")
    server.die()
    monkeypatch.setattr(cache, "PAUSE_SECONDS", 3600)
    {
        "set": lambda: shared.set("key", "new"),
        "delete": lambda: shared.delete("key"),
        "delete_many": lambda: shared.delete_many(["other", "key"]),
        "touch": lambda: shared.touch("key", 0),
    }[forget]()
    server.start()
    assert shared.get("key") is None  # left alone
    for outage in cache.PatientRedis.outages.values():
        outage.end()
    assert shared.get("key") is None


@pytest.mark.parametrize("url", ["locmem", "dummy"])
def test_other_caches_stay_as_they_are(url):
    parsed = {"BACKEND": f"django.core.cache.backends.{url}.Cache", "LOCATION": "x"}
    assert cache.backend(parsed) == parsed
