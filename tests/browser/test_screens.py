"""Every screen of the admin, for each role, in English and German: whole, in its language, and usable."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as BrowserPage
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.config.test_wagtail_words import wagtails_texts
from tests.conftest import signed_in

from .screens import furnish, is_whole, screens

# Of which the language is not the person's: pages as visitors get them, or what those say; and, which it
# should be, where somebody proves anew who they are.
UNSPOKEN = re.compile("/document/|/view/|view_draft|/marked/|/reports/links/|/account/|/session/")
ROLES = ["admin", "eu-editor", "eu-legal"]
# Who opens them in Chromium, and in which language: axe looks at those of whoever may open all.
OPENED = [("admin", "en"), ("eu-editor", "de"), ("eu-legal", "de")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What axe finds on Wagtail's own screens: fields of uploads and tags without a label, tabs in a form, and
# that the editor of rich text has no name of its own, and steps of workflows no list.
WAGTAILS_OWN = {"#fileupload", ".ui-autocomplete-input", ".w-w-fit"}
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


@pytest.fixture
def addresses(site_apart, django_db_blocker) -> Iterator[dict[str, list[str]]]:
    """The screens that open for each role."""
    with django_db_blocker.unblock():
        values = furnish()
        with nothing_left():
            found, unknown = screens(signed_in("admin"), values)
            opening = {name: [one for one in found if _opens(signed_in(name), one)] for name in ROLES}
        assert unknown == []
        yield opening


@contextmanager
def nothing_left() -> Iterator[None]:
    """Undo what the screens note while they are looked for."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _opens(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and is_whole(answer)


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
        kept[address] = kept.get(address) or route.fetch()
        route.fulfill(response=kept[address])

    context.route(re.compile(r"/static/"), serve)
    return context.new_page()


def test_every_screen_of_every_role_is_whole(browser: Browser, site_apart, addresses):
    faults: dict[str, list[str]] = {}
    english = english_texts()
    for name, language in OPENED:
        page = opened(browser, site_apart, name, language)
        said = listen(page)
        assert addresses[name]
        for address in addresses[name]:
            page.goto(address)
            found = [*page.evaluate(BROKEN), *said]
            if language == "en":
                found += axe(page)
            elif not UNSPOKEN.search(address):
                found += [f"English: {text}" for text in page.evaluate(TEXTS) if text in english]
            if found:
                faults[f"{address} ({name}, {language})"] = found
            said.clear()
        page.context.close()
    assert faults == {}


def test_every_screen_speaks_german(addresses):
    """As it is served, which takes less time than in a browser: whoever may open all of them opens them."""
    english, client = english_texts(), signed_in(ROLES[0])
    speak(ROLES[0], "de")
    with nothing_left():
        read = {
            address: served_texts(client.get(address).text) & english
            for address in addresses[ROLES[0]]
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
    return [f"axe: {rule} {target}" for rule, target in nodes if not WAGTAILS_OWN.issuperset(target)]
