"""How long a person stays signed in, and what counts as doing something."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from home.models import RegionHomePage, StandardPage
from tests.home.test_access import form

from .conftest import give_password, is_signed_in

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600
BY_HAND = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
BY_SCRIPT = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
IN_A_FRAME = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}


@pytest.fixture(autouse=True)
def _hours(settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_MAX_HOURS = 30, 12


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved


@pytest.fixture
def editor(client, clock):
    """A browser in which somebody has just signed in."""
    give_password(client, "eu-editor")
    return client


def may_work(client) -> bool:
    return client.get("/admin/reports/", headers=BY_SCRIPT).status_code != 302


def test_whoever_does_nothing_is_signed_out(editor, clock):
    clock.shift(29 * MINUTE)
    assert may_work(editor)
    clock.shift(2 * MINUTE)
    assert not may_work(editor)
    assert not is_signed_in(editor)


def test_whoever_works_on_stays(editor, clock):
    for _ in range(20):
        clock.shift(20 * MINUTE)
        assert editor.get("/admin/", headers=BY_HAND).status_code == 200


def test_nobody_stays_longer_than_a_day_of_work(editor, clock):
    for _ in range(36):
        clock.shift(20 * MINUTE)
        editor.get("/admin/", headers=BY_HAND)
    clock.shift(MINUTE)
    assert not may_work(editor)


def ping(client, **more):
    address = f"/admin/editing-sessions/ping/wagtailcore/page/{home().pk}/1/"
    return client.post(address, **more)


def home() -> RegionHomePage:
    return RegionHomePage.objects.get(region__code="eu", locale__language_code="en")


@pytest.mark.parametrize("headers", [BY_SCRIPT, {}])
@pytest.mark.parametrize(
    "ask",
    [
        ping,
        lambda client, **more: client.get("/admin/jsi18n/", **more),
        lambda client, **more: client.get("/admin/session/", **more),
        lambda client, **more: client.post(f"/admin/pages/{home().pk}/edit/preview/", **more),
    ],
)
def test_what_pages_ask_by_themselves_is_no_activity(editor, clock, ask, headers):
    for _ in range(2):
        clock.shift(20 * MINUTE)
        ask(editor, headers=headers)
    assert not may_work(editor)


def test_autosave_by_itself_is_no_activity(editor, clock):
    page = StandardPage.objects.get(url_path__endswith="/eu/about/", locale__language_code="en")
    clock.shift(20 * MINUTE)
    headers = {**BY_SCRIPT, "Accept": "application/json"}
    saved = editor.post(f"/admin/pages/{page.pk}/edit/", form("Changed", slug="about"), headers=headers)
    assert saved.status_code == 200
    clock.shift(20 * MINUTE)
    assert not may_work(editor)


def test_a_preview_in_a_frame_is_no_activity(editor, clock):
    for _ in range(2):
        clock.shift(20 * MINUTE)
        editor.get(f"/admin/pages/{home().pk}/edit/preview/", headers=IN_A_FRAME)
    assert not may_work(editor)


def test_reading_the_site_is_no_activity(editor, clock):
    for _ in range(2):
        clock.shift(20 * MINUTE)
        editor.get("/eu/", headers=BY_HAND)
    assert not may_work(editor)


def test_keys_and_clicks_are(editor, clock):
    for _ in range(3):
        clock.shift(20 * MINUTE)
        assert editor.post("/admin/session/", headers=BY_SCRIPT).json()["signed_in"]
    assert may_work(editor)


def test_a_page_hears_that_its_session_is_over(editor, clock):
    assert editor.get("/admin/session/", headers=BY_SCRIPT).json()["signed_in"]
    clock.shift(31 * MINUTE)
    assert not editor.post("/admin/session/", headers=BY_SCRIPT).json()["signed_in"]


def test_a_session_from_before_time_was_counted_is_over(editor):
    session = editor.session
    del session["opened_at"]
    session.save()
    assert not may_work(editor)


def test_a_page_of_the_site_knows_nobody_any_more(editor, clock):
    clock.shift(31 * MINUTE)
    assert not editor.get("/eu/").wsgi_request.user.is_authenticated


def test_a_copied_cookie_ends_with_the_sign_out(editor):
    copy = Client()
    copy.cookies = editor.cookies.copy()
    editor.post("/admin/logout/")
    assert not may_work(copy)
