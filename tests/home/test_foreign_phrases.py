"""Phrases in another language than the text around them."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from config.languages import read_languages
from home.foreign_phrases import FOREIGN
from home.models import StandardPage
from home.rich_text_area import RichTextArea
from therapies.guard.visible_text import visible_text_of

ENGLISH = '<span dir="ltr" lang="en">side effects</span>'
ARABIC = '<span dir="rtl" lang="ar">الكبد</span>'


def there_and_back(html: str) -> str:
    """Return `html` as it is stored once an editor has loaded and saved it."""
    converter = ContentstateConverter(["bold", "link", FOREIGN])
    state = json.loads(converter.from_database_format(html))
    for block in state["blocks"]:
        del block["key"]
    return converter.to_database_format(json.dumps(state))


@pytest.mark.parametrize(
    "words",
    [
        ENGLISH,
        ARABIC,
        f"<b>{ENGLISH}</b>",
        f'<a href="https://example.org/">{ENGLISH}</a>',
        f"{ENGLISH}, {ARABIC}",
    ],
)
def test_a_marked_phrase_stays_marked(words):
    html = f"<p>Of {words}.</p>"
    stored = there_and_back(html)
    assert stored.replace(" data-block-key", "").count("<span") == words.count("<span")
    assert there_and_back(stored) == stored
    for mark in ('lang="en"', 'lang="ar"', 'dir="ltr"', 'dir="rtl"', "<b>", "href="):
        assert stored.count(mark) == html.count(mark)


def test_a_span_of_something_else_is_left_out():
    assert "<span" not in there_and_back(
        '<p><span style="color: red">Red</span> <span lang="xx">x</span></p>'
    )


@pytest.mark.parametrize("features", [None, [], ["bold"]])
def test_every_text_has_the_button_with_the_languages_of_the_site(features, settings):
    settings.LANGUAGES = read_languages(["en", "ar"])
    options = RichTextArea(features=features).options
    (button,) = [one for one in options["entityTypes"] if one["type"] == "FOREIGN"]
    assert [one["style"] for one in button["languages"]] == ["LANGUAGE-en", "LANGUAGE-ar"]
    assert {"LANGUAGE-en", "LANGUAGE-ar"} <= {one["type"] for one in options["inlineStyles"]}


@pytest.mark.django_db
def test_visitors_get_the_mark_and_the_guard_reads_the_words(client, eu_home):
    page = eu_home.add_child(instance=StandardPage(title="P", slug="p", intro=f"<p>Of {ENGLISH}.</p>"))
    assert ENGLISH in client.get(page.url).text
    assert any("Of side effects." in shown.words for shown in visible_text_of(page))
