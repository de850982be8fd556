"""What could be better in a draft is told, and keeps nothing from going live."""

import pytest

from home.models import StandardPage
from redirecting.models import Redirect
from tests.conftest import findings
from therapies.editing.advice import advice_on

pytestmark = pytest.mark.django_db


def told(page: StandardPage, html: str = "") -> dict[str, str]:
    return {one.place: one.text for one in advice_on(page, html)}


def test_a_page_without_a_description_is_told_of(english):
    english.search_description = ""
    assert told(english)["Meta description"] == english.title
    english.search_description = "Who we are."
    assert "Meta description" not in told(english)


def test_a_language_of_the_region_without_a_translation_is_told_of(english, german):
    assert "Languages" not in told(english)
    german.delete()
    assert told(english)["Languages"] == "German"


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>", None),
        ("<h1>A</h1><h3>C</h3>", "C"),
        ("<h1>A</h1><h2>B</h2><h4> C  d </h4>", "C d"),
        ("<h2>A</h2>", None),
    ],
)
def test_a_heading_that_leaves_out_a_level_is_told_of(english, html, heading):
    assert told(english, html).get("Heading") == heading


def test_long_sentences_and_hard_words_are_told_of(english):
    english.intro = f"<p>{'incomprehensibility ' * 120}</p>"
    found = told(english)
    assert found["Reading level"] == "Very hard to read"
    assert found["Long sentence"].startswith("incomprehensibility")


def test_the_editor_reads_the_advice_and_where_a_link_has_moved(eu_editor, english):
    Redirect.objects.create(old_path="/eu/old", new_path="/eu/older/")
    Redirect.objects.create(old_path="/eu/older", new_path="/eu/contact/")
    english.intro = '<p><a href="/eu/old/">There</a></p>'
    english.save_revision()
    shown = findings(eu_editor, english)
    assert "None of this keeps the page from going live." in shown
    assert "It has moved: link to /eu/contact/." in shown


def test_a_page_in_no_region_lacks_no_language(english):
    selector = english.get_site().root_page.specific
    assert "Languages" not in told(selector)
