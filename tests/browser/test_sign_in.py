"""How people come in, with real keys and codes, and what becomes of their work when their time is over."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Pause
from demo import people
from home.models import StandardPage

from ..accounts.conftest import code_of, with_app
from .server import serving
from .test_editing import about, autosave, check_saved, opened, save, write  # noqa: F401 - a fixture

ABOUT = {"url_path": "/regions/eu/about/", "locale__language_code": "en"}
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _leave_nothing(django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        Authenticator.objects.all().delete()
        Pause.objects.all().delete()


@pytest.fixture
def demanding(base_url) -> Iterator[str]:
    """A site on the same database that demands a second factor; by a name, which passkeys are made for."""
    with serving(MFA_REQUIRED="1") as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def newcomer(demanding, browser: Browser) -> Iterator[Page]:
    """A browser of somebody who has a passkey's device, in front of that site."""
    context = browser.new_context(base_url=demanding)
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def give_password(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    give_own_password(page, username)


def give_own_password(page: Page, username: str) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_role("textbox", name="Password").fill(people.password())
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_legal_adds_an_app_before_anything_else(newcomer):
    give_password(newcomer, "eu-legal")
    expect(newcomer.get_by_role("heading", name="Two-Factor Authentication")).to_be_visible()
    newcomer.goto("/admin/reports/")
    expect(newcomer.get_by_role("heading", name="Two-Factor Authentication")).to_be_visible()
    newcomer.get_by_role("link", name="Activate").click()
    secret = newcomer.get_by_label("Authenticator secret").input_value()
    newcomer.get_by_label("Authenticator code").fill(code_of(secret))
    newcomer.get_by_role("button", name="Activate").click()
    expect(newcomer.get_by_label("Unused codes")).to_be_visible()
    newcomer.goto("/admin/")
    expect(newcomer.get_by_role("button", name="Reports")).to_be_attached()


def test_legal_adds_a_passkey_and_comes_in_with_it_alone(newcomer):
    give_password(newcomer, "eu-legal")
    newcomer.get_by_role("link", name="Add").click()
    newcomer.get_by_label("Passwordless").check()
    newcomer.get_by_role("button", name="Add").click()
    expect(newcomer.get_by_label("Unused codes")).to_be_visible()
    newcomer.goto("/admin/logout/")
    newcomer.get_by_role("button", name="Sign Out").click()
    newcomer.get_by_role("button", name="Use a passkey").click()
    expect(newcomer).to_have_url(re.compile("/admin/$"))


def test_a_passkey_follows_the_password_too(newcomer):
    give_password(newcomer, "eu-legal")
    newcomer.get_by_role("link", name="Add").click()
    newcomer.get_by_role("button", name="Add").click()
    expect(newcomer.get_by_label("Unused codes")).to_be_visible()
    newcomer.goto("/admin/logout/")
    newcomer.get_by_role("button", name="Sign Out").click()
    give_password(newcomer, "eu-legal")
    newcomer.get_by_role("button", name="Use a security key").click()
    expect(newcomer).to_have_url(re.compile("/admin/$"))


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_password_and_a_code_need_no_scripts(browser: Browser, base_url, with_scripts):
    secret = with_app("us-legal")
    context = browser.new_context(base_url=base_url, java_script_enabled=with_scripts)
    page = context.new_page()
    give_password(page, "us-legal")
    page.get_by_role("textbox", name="Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign In").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    context.close()


@pytest.mark.usefixtures("about")
@pytest.mark.parametrize("act", [autosave, save])
def test_what_is_written_survives_the_end_of_the_session(page: Page, context: BrowserContext, act):
    editor = opened(page, "eu-editor", StandardPage.objects.get(**ABOUT))
    Session.objects.all().delete()
    write(editor, "Written while signed out")
    act(editor)
    dialog = editor.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    with context.expect_page() as window:
        dialog.get_by_role("link", name="Sign in in a new window").click()
    give_own_password(window.value, "eu-editor")
    expect(window.value.get_by_role("heading", name="You are signed in")).to_be_visible()
    window.value.close()
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog).to_be_hidden()
    save(editor)
    check_saved(editor, "Written while signed out")
    assert StandardPage.objects.get(**ABOUT).draft_title == "Written while signed out"
