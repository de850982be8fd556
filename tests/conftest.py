"""What every test stands on: the demo content, in a database of its own."""

import gc
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page

from home.models import Region, RegionHomePage, StandardPage
from region_gate import clock
from region_gate.snapshot import _snapshot

from .database import close_database, open_database

CONTENT = Path(__file__).parent / "content"
TOPIC = "liver-metastases-colorectal-cancer"  # of the treatment page that was given, one of the demo's topics

# Files whose few tests take longest: begun first, so that no process waits for another in the end.
LONG = (
    "tests/upgrades/",
    "tests/config/test_settings.py",
    "tests/therapies/test_migrations.py",
    "tests/varnish/",
)
# What a test asks for that speaks to a database or a cache, of which each kind has its own moods.
STORES = {"db", "django_db_setup", "transactional_db", "live_server", "cache"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the option by which a second database is not asked what the first has no say in either."""
    parser.addoption("--stores-only", action="store_true", help="only what needs a database or a cache")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long; leave out what needs neither database nor cache, where asked to."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    if config.getoption("--stores-only"):
        without = [item for item in items if not _needs_a_store(item)]
        items[:] = [item for item in items if _needs_a_store(item)]
        config.hook.pytest_deselected(items=without)


def _needs_a_store(item: pytest.Item) -> bool:
    asked_for = STORES.intersection(getattr(item, "fixturenames", ()))
    return bool(asked_for) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_keepdb) -> Iterator[None]:
    """Give the tests a database with the demo content in it; each test's changes are rolled back.

    pytest-django's own makes none for tests that ask for no database, as those in a browser.
    """
    with django_db_blocker.unblock():
        open_database(is_kept=django_db_keepdb)
    gc.freeze()  # what is loaded by now stays: to look through it for garbage again and again takes long
    yield
    with django_db_blocker.unblock():
        close_database(is_kept=django_db_keepdb)


@pytest.fixture(autouse=True)
def _fresh_start():
    """Start each test in English, with nothing that a rolled-back one has cached."""
    cache.clear()
    _snapshot.cache_clear()
    with translation.override("en"):
        yield


@pytest.fixture
def eu(db) -> Region:
    """The European region of the demo."""
    return Region.objects.get(code="eu")


@pytest.fixture
def us(db) -> Region:
    """The region of the demo that the European editor has no right in."""
    return Region.objects.get(code="us")


@pytest.fixture
def eu_home(eu) -> RegionHomePage:
    """The European home page in English."""
    return eu.home_pages.get(locale__language_code="en")


@pytest.fixture
def us_home(us) -> RegionHomePage:
    """The American home page."""
    return us.home_pages.get(locale__language_code="en")


@pytest.fixture
def english(eu_home) -> StandardPage:
    """The European page about the company, in English."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def german(english) -> StandardPage:
    """Its German translation."""
    return english.get_translation(Locale.objects.get(language_code="de")).specific


@pytest.fixture
def french(english) -> StandardPage:
    """Its French translation."""
    return english.get_translation(Locale.objects.get(language_code="fr")).specific


def signed_in(username: str) -> Client:
    """Return a browser in which a person of the demo is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


def findings(client: Client, page: Page) -> str:
    """Return what was found in the draft of `page`, as the panel of its editor fetches it."""
    return client.get(reverse("region_gate_findings_panel", args=[page.pk])).text


@pytest.fixture
def eu_editor(db) -> Client:
    """A browser in which the European editor is signed in."""
    return signed_in("eu-editor")


@pytest.fixture
def eu_legal(db) -> Client:
    """A browser in which the European legal reviewer is signed in."""
    return signed_in("eu-legal")


@pytest.fixture
def one_person_may(settings):
    """Let people approve their own, and administrators publish at once, for tests of something else."""
    settings.REVIEW_FOUR_EYES = False


@pytest.fixture
def administrator(db) -> Client:
    """A browser in which the administrator is signed in."""
    return signed_in("admin")


def approval(code: str = "EU-2026-001", **more: str) -> dict[str, str]:
    """Return what the form of an approval sends."""
    return {
        "code": code,
        "prepared_on": clock.today().isoformat(),
        "review_by": (clock.today() + timedelta(days=365)).isoformat(),
        "comment": "",
        **more,
    }


@pytest.fixture
def empty_database(tmp_path) -> Iterator[str]:
    """The address of an empty database of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.sqlite3'}"
        return
    import psycopg

    own = connection.settings_dict
    login = {
        "host": own["HOST"],
        "port": own["PORT"] or 5432,
        "user": own["USER"],
        "password": own["PASSWORD"],
    }
    name = f"empty_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"postgres://{login['user']}:{login['password']}@{login['host']}:{login['port']}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
