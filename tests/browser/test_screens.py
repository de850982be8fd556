"""Every screen of the admin, for each role, in English and German: whole, in its language, and usable."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as BrowserPage
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.config.test_wagtail_words import wagtails_texts
from tests.conftest import signed_in
from tests.database import database_apart

from .axe import Axe
from .screens import furnish, screens
from .server import serving

pytestmark = pytest.mark.long

# Of which the language is not the person's: pages as visitors get them, or what those say; and, which it
# should be, where somebody proves anew who they are.
UNSPOKEN = re.compile(
    "/document/|/revisions/compare/|/view/|view_draft|/marked/|/reports/links/|/account/|/session/"
)
ADMIN = "admin"
# Who opens them in Chromium, and in which language: axe looks at them in English.
OPENED = [(name, language) for name in (ADMIN, "eu-editor", "eu-legal") for language in ("en", "de")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What axe finds on Wagtail's own screens: fields of uploads and tags without a label, tabs in a form, and
# that the editor of rich text has no name of its own, and steps of workflows no list.
WAGTAILS_OWN = {"#fileupload", ".ui-autocomplete-input", ".w-w-fit", ".workflow-tasks"}
WAGTAILS_RULES = {"aria-input-field-name", "listitem"}
WIDE = 120  # pixels; no icon is larger
BROKEN = f"""() => [
  ...[...document.images].filter((one) => one.complete && !one.naturalWidth && one.loading !== 'lazy')
    .map((one) => `a broken picture: ${{one.src}}`),
  ...[...document.querySelectorAll('svg')].filter((one) => one.getBoundingClientRect().width > {WIDE})
    .filter((one) => one.checkVisibility()).map((one) => `a giant icon: ${{one.outerHTML.slice(0, 80)}}`),
  ...[...document.querySelectorAll('input[data-controller~="w-init"]')]
    .filter((one) => /Date/.test(one.dataset.wInitEventValue || '') && !one.id)
    .map((one) => `a dead date picker: ${{one.name}}`),
]"""
TEXTS = """() => [...document.querySelectorAll('body *')]
  .filter((one) => !['SCRIPT', 'STYLE', 'TEMPLATE', 'OPTION', 'TEXTAREA'].includes(one.tagName))
  .filter((one) => !one.closest('[lang]:not(html)'))
  .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3))
  .map((node) => node.data.replace(/\\s+/g, ' ').trim()).filter(Boolean)"""


def english_texts() -> set[str]:
    """Return the texts of ours alone that read otherwise in German, less those that take something in.

    What a page is called is no text of ours, nor what Wagtail says as well, which it does of empty fields.
    """
    path = settings.SITE_DIR / "locale/de/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        texts = {one.id: one.string for one in read_po(file) if isinstance(one.id, str) and one.id}
    translated = {text for text, german in texts.items() if german and german != text}
    others = {*Page.objects.values_list("title", flat=True), *wagtails_texts(), str(None)}
    return {text for text in translated - others if not re.search(r"[%{]", text)}


@pytest.fixture(scope="module")
def site_of_screens(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a site apart, which the tests below share: none of them changes what the others see."""
    with django_db_blocker.unblock(), database_apart(), serving() as address:
        yield address


@pytest.fixture(scope="module")
def screens_of_all(site_of_screens) -> dict[str, str]:
    """All screens, by their addresses, as whoever may open all of them is answered in German."""
    values = furnish()
    speak(ADMIN, "de")
    with nothing_left():
        found, unknown = screens(signed_in(ADMIN), values)
    assert unknown == []
    return found


@contextmanager
def nothing_left() -> Iterator[None]:
    """Undo what the screens note while they are looked for."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def listen(page: BrowserPage) -> list[str]:
    """Return what will be said of errors on `page`."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(f"an error: {error}"))
    page.on("console", lambda one: said.append(f"console: {one.text}") if one.type == "error" else None)
    return said


def speak(name: str, language: str) -> None:
    """Have the admin speak to the person in `language`."""
    person = get_user_model().objects.get(username=name)
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})


def opened(browser: Browser, site: str, name: str, language: str) -> BrowserPage:
    """Return a browser's page, the person signed in, in their language; files are asked for once."""
    speak(name, language)
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})
    session = signed_in(name).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    kept: dict[str, object] = {}

    def serve(route: Route) -> None:
        address = route.request.url
        # The server may close an idle connection just when it is used again.
        kept[address] = kept.get(address) or route.fetch(max_retries=3)
        route.fulfill(response=kept[address])

    context.route(re.compile(r"/static/"), serve)
    return context.new_page()


def opens(page: BrowserPage, address: str) -> bool:
    """Open the screen at `address`; say whether the person may, who is led elsewhere otherwise."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status == HTTPStatus.OK and answer.request.redirected_from is None


def faults_of(page: BrowserPage, language: str, english: set[str]) -> list[str]:
    """Return what is wrong with the screen that `page` shows."""
    found = page.evaluate(BROKEN)
    if language == "en":
        return [*found, *axe(page)]
    texts = [] if UNSPOKEN.search(page.url) else page.evaluate(TEXTS)
    return [*found, *(f"English: {text}" for text in texts if text in english)]


@pytest.mark.parametrize(("name", "language"), OPENED)
def test_every_screen_is_whole_for(browser: Browser, site_of_screens, screens_of_all, name, language):
    page = opened(browser, site_of_screens, name, language)
    english, said = english_texts(), listen(page)
    faults, opening = {}, []
    for address in screens_of_all:
        if opens(page, address):
            opening.append(address)
            if found := [*faults_of(page, language, english), *said]:
                faults[address] = found
        said.clear()
    page.context.close()
    assert opening
    assert faults == {}


def test_every_screen_speaks_german(screens_of_all):
    """As it is served, which takes less time than in a browser."""
    english = english_texts()
    read = {
        address: served_texts(html) & english
        for address, html in screens_of_all.items()
        if not UNSPOKEN.search(address)
    }
    assert {address: texts for address, texts in read.items() if texts} == {}


def served_texts(html: str) -> set[str]:
    """Return the texts of a page, each element's by itself, less those of other languages."""
    body = LexborHTMLParser(html).body
    for hidden in body.css("script, style, template, option, textarea, [lang]"):
        hidden.decompose()
    return {" ".join(node.text(deep=False).split()) for node in body.css("*")}


def axe(page: BrowserPage) -> list[str]:
    """Return what axe finds and Wagtail's own screens do not have as well."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    ours = (one for one in found if one["id"] not in WAGTAILS_RULES)
    nodes = ((one["id"], node["target"]) for one in ours for node in one["nodes"])
    return [f"axe: {rule} {target}" for rule, target in nodes if not is_wagtails(target)]


def is_wagtails(target: list[str]) -> bool:
    """Say whether what axe found is one of Wagtail's own, by the last step of the way to it."""
    return WAGTAILS_OWN.issuperset(way.rpartition(" > ")[2] for way in target)
