"""How people come in, with real keys and codes, and what becomes of their work when their time is over."""

import re
from collections.abc import Iterator

import httpx
import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.utils.http import urlsafe_base64_encode
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Pause
from demo import people
from home.models import StandardPage
from tests.cases import first_cases

from ..accounts.conftest import code_of, with_app
from .axe import Axe
from .server import serving
from .test_editing import about, autosave, check_saved, opened, save, write  # noqa: F401 - a fixture
from .test_reports import RULES

# The provider's, about a library of its own.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

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


@pytest.fixture
def provider() -> Iterator[str]:
    """The address of a provider that believes whoever asks."""
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def with_provider(base_url, provider, browser: Browser) -> Iterator[Page]:
    """A browser in front of a site on the same database that takes the provider's word."""
    told = {"OIDC_ISSUER": provider, "OIDC_CLIENT_ID": "site", "OIDC_CLIENT_SECRET": "hidden"}
    with serving(OIDC_NAME="The clinic", MFA_REQUIRED="1", **told) as address:
        context = browser.new_context(base_url=address.replace("127.0.0.1", "localhost"))
        yield context.new_page()
        context.close()


def come_from_provider(page: Page, provider: str, email: str) -> None:
    """Go to the provider, as the person with `email`, and back."""
    claims = {"email": email, "email_verified": True}
    httpx.put(f"{provider}/users/somebody", json=claims).raise_for_status()
    page.goto("/admin/login/?next=/admin/account/")
    page.get_by_role("link", name="Sign in with The clinic").click()
    expect(page).to_have_url(re.compile(re.escape(provider)))
    page.get_by_placeholder("sub").fill("somebody")
    page.get_by_role("button", name="Authorize").click()


def test_the_provider_brings_people_in_who_have_an_account(with_provider, provider):
    come_from_provider(with_provider, provider, User.objects.get(username="eu-editor").email)
    expect(with_provider).to_have_url(re.compile("/admin/account/$"))
    email = with_provider.locator("[name=name_email-email]")
    expect(email).to_have_value(User.objects.get(username="eu-editor").email)


def test_legal_adds_a_second_factor_after_the_provider_too(with_provider, provider):
    come_from_provider(with_provider, provider, User.objects.get(username="eu-legal").email)
    expect(with_provider.get_by_role("heading", name="Two-Factor Authentication")).to_be_visible()


def test_the_provider_brings_nobody_else_in(with_provider, provider):
    come_from_provider(with_provider, provider, "stranger@example.com")
    expect(with_provider).to_have_url(re.compile("/admin/login/$"))
    expect(with_provider.get_by_text("Single sign-on did not work")).to_be_visible()


def at_the_code(page: Page) -> None:
    with_app("us-legal")
    give_password(page, "us-legal")
    expect(page.get_by_role("textbox", name="Code")).to_be_visible()


def at_the_passkeys(page: Page) -> None:
    give_password(page, "eu-legal")
    page.goto("/admin/account/second-factor/passkeys/add/")


def at_a_new_password(page: Page) -> None:
    """Open the form of a new password, and be refused one of few characters."""
    person = User.objects.get(username="eu-editor")
    key, token = urlsafe_base64_encode(str(person.pk).encode()), default_token_generator.make_token(person)
    page.goto(f"/admin/password_reset/confirm/{key}/{token}/")
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill("short")
    page.get_by_role("button", name="Reset password").click()
    expect(page.get_by_text("This password is too short")).to_be_visible()


def at_an_error(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("nobody")
    page.get_by_role("textbox", name="Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()


SIGN_IN_PAGES = {
    "sign-in": lambda page: page.goto("/admin/login/"),
    "sign-in refused": at_an_error,
    "code": at_the_code,
    "second factor": lambda page: give_password(page, "eu-legal"),
    "passkey": at_the_passkeys,
    "app": lambda page: (give_password(page, "eu-legal"), page.goto("/admin/account/second-factor/app/")),
    "reset": lambda page: page.goto("/admin/password_reset/"),
    "reset sent": lambda page: page.goto("/admin/password_reset/done/"),
    "new password refused": at_a_new_password,
}


@first_cases("width", [320, 1280])
@first_cases("go", SIGN_IN_PAGES.values(), first=4, ids=SIGN_IN_PAGES)
def test_axe_finds_nothing_where_people_sign_in(with_provider, go, width):
    with_provider.set_viewport_size({"width": width, "height": 800})
    go(with_provider)
    found = Axe().run(with_provider, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    words = with_provider.locator(":is(html, main, h1, h2, .button)")
    cut_off = "(all) => all.filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => it.innerText)"
    assert words.evaluate_all(cut_off) == []
