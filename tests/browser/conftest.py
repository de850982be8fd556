"""A real server with the demo content, and real Chromium in front of it."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from demo import people

from ..database import database_apart
from .made_up_world import made_up_world, visitor  # noqa: F401 - fixtures
from .server import serving

# The gate waits a second for a notice, then leads to its page: too short for tests on a machine that is busy.
PATIENT = """
const timeout = AbortSignal.timeout;
AbortSignal.asWritten = timeout;
AbortSignal.timeout = () => timeout.call(AbortSignal, 10_000);
"""

# The machine may be busy with other tests; what is not there by then is not there.
expect.set_options(timeout=20_000)

# Playwright's event loop runs in this thread; Django's queries in the tests are its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def base_url(django_db_setup) -> Iterator[str]:
    """Serve the tests' database through gunicorn, and return the site's address."""
    with serving() as address:
        yield address


@pytest.fixture
def site_apart(base_url, django_db_blocker) -> Iterator[str]:
    """Serve a fresh copy of the demo for one test that changes much of it; return the site's address.

    The test's browser leads there, and so do its own queries.
    """
    with django_db_blocker.unblock(), database_apart(), serving() as address:
        yield address


@pytest.fixture
def site(request, base_url) -> str:
    """The address of the site that the test's browser leads to."""
    return request.getfixturevalue("site_apart") if "site_apart" in request.fixturenames else base_url


@pytest.fixture
def tomorrow(context: BrowserContext, site_apart) -> Iterator[str]:
    """The address of the site apart a day from now, no third party either."""
    with serving("tests.browser.tomorrow:application") as address:
        context.route(f"{address}/**", lambda route: route.continue_())
        yield address


@pytest.fixture
def browser_context_args(browser_context_args, site) -> dict:
    """Have addresses without a host lead to the test's site."""
    return {**browser_context_args, "base_url": site}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    """Start the machine's own Chromium, talking to nobody but the page's hosts."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            *("--no-sandbox", "--disable-background-networking", "--disable-quic"),
            "--disable-smooth-scrolling",  # a key that is pressed while the page still glides is lost
        ],
    }


@pytest.fixture(params=["scripts on", "scripts off"])
def scripts(request) -> bool:
    """Say whether the browser runs scripts."""
    return request.param == "scripts on"


@pytest.fixture
def context(context: BrowserContext, site) -> BrowserContext:
    """A browser for which every host but ours is a stand-in that says so."""

    def answer(route: Route) -> None:
        if route.request.url.startswith(site):
            route.continue_()
        else:
            route.fulfill(content_type="text/html", body="<title>A third party</title>")

    context.route("**/*", answer)
    context.add_init_script(PATIENT)
    return context


def sign_in(page: Page, username: str) -> Page:
    """Sign a person of the demo in to the admin, as people do."""
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_role("textbox", name="Password").fill(people.password())
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    return page


@pytest.fixture
def editor(page: Page) -> Page:
    """A browser in which the European editor has signed in."""
    return sign_in(page, "eu-editor")
