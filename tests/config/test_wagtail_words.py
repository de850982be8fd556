"""That the admin has one word for a review, Wagtail's texts included."""

from pathlib import Path

import pytest
import wagtail
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override
from selectolax.lexbor import LexborHTMLParser

from config.wagtail_words import WORDS

WAGTAIL = Path(wagtail.__file__).parent
ENGLISH = settings.SITE_DIR / "locale_english/en/LC_MESSAGES/django.po"
OTHER_WORD = "moderat"


def wagtails_texts() -> list[str | tuple[str, str]]:
    """Return the texts of Wagtail's admin; its mails are not sent."""
    found = []
    for path in WAGTAIL.rglob("locale/en/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            found += [one.id for one in read_po(file) if not _is_of_mails(one.locations)]
    return found


def _is_of_mails(locations: list[tuple[str, int]]) -> bool:
    return bool(locations) and all("notifications/" in path for path, _line in locations)


def test_no_text_of_the_admin_calls_a_review_something_else():
    with override("en"):
        texts = [
            gettext(one) if isinstance(one, str) else ngettext(*one, number)
            for one in wagtails_texts()
            for number in (1, 2)
        ]
    assert len(texts) > 1000
    assert [text for text in texts if OTHER_WORD in text.lower()] == []


def test_what_the_catalogs_are_to_say_anew_is_what_the_english_one_says_anew():
    with ENGLISH.open("rb") as file:
        anew = [one.id for one in read_po(file) if one.id]
    assert {one for one in anew if isinstance(one, str)} == {one for one in WORDS if isinstance(one, str)}
    assert len(anew) == len(WORDS)


def test_what_is_compiled_is_what_is_written():
    with ENGLISH.open("rb") as file, ENGLISH.with_suffix(".mo").open("rb") as compiled:
        assert texts_of(read_po(file)) == texts_of(read_mo(compiled))


def texts_of(catalog: Catalog) -> set[tuple[str, str]]:
    """Return what the texts of `catalog` become, of those with a plural the first form."""
    pairs = ((one.id, one.string) for one in catalog if one.id)
    return {(text, said) if isinstance(text, str) else (text[0], said[0]) for text, said in pairs}


@pytest.mark.django_db
def test_an_editor_is_told_of_a_review(eu_editor, english):
    english.save_revision()
    english.get_workflow().start(english, None)
    body = LexborHTMLParser(eu_editor.get(f"/admin/pages/{english.pk}/edit/").text).body
    for script in body.css("script, style"):
        script.decompose()
    assert "review" in body.text().lower()
    assert OTHER_WORD not in body.text().lower()
