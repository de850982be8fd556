"""That the site speaks German and French: every text translated, and compiled as it is written."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from selectolax.lexbor import LexborHTMLParser

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")
RENAMED = re.compile(r"\bn?p?gettext(?:_lazy)? as (?!_\b)\w+")
BREAKS = re.compile(r" [;:?!»]|« ")

FOLDERS = ["site/locale", "region_gate/locale"]
LANGUAGES = sorted(dict(settings.LANGUAGES).keys() - {settings.LANGUAGE_CODE})
PATHS = [
    settings.BASE_DIR / folder / language / "LC_MESSAGES" / "django.po"
    for folder in FOLDERS
    for language in LANGUAGES
]
each = pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))

FURNITURE = {
    "de": {"Region wechseln", "Zum Inhalt springen", "Seiten dieser Region durchsuchen"},
    "fr": {"Changer de région", "Aller au contenu", "Rechercher dans les pages de cette région"},
}
STAY = {"de": "In Ihrer Region bleiben", "fr": "Rester dans votre région"}
PAGES = ["", "regions/", "search/", "search/?q=Leber", "therapies/", "about/", "nowhere/"]


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def compiled(path: Path) -> Catalog:
    with path.with_suffix(".mo").open("rb") as file:
        return read_mo(file)


def messages(path: Path) -> list[Message]:
    return [message for message in catalog(path) if message.id]


def forms(text: str | Iterable[str]) -> list[str]:
    """Return the singular and the plurals of `text`; a text that has none stands alone."""
    return [text] if isinstance(text, str) else list(text)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def by_id(texts: Catalog) -> dict[tuple[str | None, tuple[str, ...]], list[str]]:
    return {(text.context, tuple(forms(text.id))): forms(text.string) for text in texts if text.id}


def test_every_text_is_found_by_its_name():
    """`makemessages` looks for the functions' own names, and `_`: what is called otherwise stays English."""
    apps = ("home", "region_gate", "site", "therapies")
    sources = {path: path.read_text() for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")}
    assert any("gettext as _" in text for text in sources.values())
    assert [(path.name, name) for path, text in sources.items() for name in RENAMED.findall(text)] == []


def test_there_are_no_other_catalogs():
    found = set(settings.BASE_DIR.glob("*/locale/*/LC_MESSAGES/*.po"))
    assert found == set(PATHS)


@each
def test_every_text_is_translated(path):
    assert messages(path)
    assert [text.id for text in messages(path) if not all(forms(text.string))] == []


@each
def test_no_translation_is_a_guess(path):
    assert [text.id for text in messages(path) if text.fuzzy] == []
    assert not catalog(path).fuzzy
    assert not catalog(path).obsolete


@each
def test_the_placeholders_are_those_of_the_english_text(path):
    for text in messages(path):
        english = [placeholders(form) for form in forms(text.id)]
        assert all(placeholders(form) in english for form in forms(text.string)), text.id


@each
def test_what_is_compiled_is_what_is_written(path):
    assert by_id(compiled(path)) == by_id(catalog(path))
    assert compiled(path).plural_forms == catalog(path).plural_forms


@pytest.mark.parametrize("path", [path for path in PATHS if "fr" in path.parts], ids=str)
def test_no_french_line_begins_with_a_mark(path):
    texts = [form for text in messages(path) for form in forms(text.string)]
    assert [text for text in texts if BREAKS.search(text)] == []


def texts_on(page, language: str) -> set[str]:
    """Return what can be read on `page`, each element's text by itself, less what is in other languages."""
    body = LexborHTMLParser(page.text).body
    for stranger in body.css(f"[lang]:not([lang='{language}'])"):
        stranger.decompose()
    spoken = {node.attributes["aria-label"] for node in body.css("[aria-label]")}
    return spoken | {" ".join(node.text().split()) for node in body.css("*")}


def english(language: str) -> set[str]:
    """Return the English texts that must not be read on a page in `language`."""
    texts = [text for path in PATHS if language in path.parts for text in messages(path)]
    return {text.id for text in texts if isinstance(text.id, str) and text.id != text.string}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_the_navigation_is_in_the_pages_language(client, language, address):
    read = texts_on(client.get(f"/{language}/eu/{address}"), language)
    assert read >= FURNITURE[language]
    assert not read & english(language)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_in_the_pages_language(client, language):
    regions = LexborHTMLParser(client.get(f"/{language}/eu/regions/").text)
    address = regions.css_first("main a[data-crossing='cross-region']").attributes["href"]
    read = texts_on(client.get(address), language)
    assert STAY[language] in read
    assert not read & english(language)
