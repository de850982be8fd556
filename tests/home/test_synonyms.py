"""Editors keep synonyms, in a form that says what is wrong; nobody else does."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from home.models import SynonymGroup

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_home_synonymgroup:add"


def group(words: str) -> SynonymGroup:
    return SynonymGroup(locale=Locale.objects.get(language_code="en"), words=words)


def test_words_stand_on_a_line_each_once_without_blanks():
    one = group("  surgery \n\n operation  of\tthe liver\nsurgery\n")
    one.full_clean()
    assert one.words == "surgery\noperation of the liver"


@pytest.mark.parametrize(
    "words", ["surgery", "surgery\nsurgery", "", "surgery\n?!", "a\n" + "\n".join(map(str, range(30)))]
)
def test_no_group_is_kept_that_says_nothing_or_too_much(words):
    with pytest.raises(ValidationError) as caught:
        group(words).full_clean()
    assert set(caught.value.error_dict) == {"words"}


def test_an_editor_adds_a_group(eu_editor):
    sent = {"locale": Locale.objects.get(language_code="en").pk, "words": "zebra\r\nstriped horse"}
    assert eu_editor.post(reverse(ADD), sent).status_code == 302
    assert SynonymGroup.objects.filter(words="zebra\nstriped horse").exists()


def test_the_form_says_what_is_wrong(eu_editor):
    sent = {"locale": Locale.objects.get(language_code="en").pk, "words": "zebra"}
    response = eu_editor.post(reverse(ADD), sent)
    assert "Give 2 to 20 words that mean the same" in response.text


def test_legal_and_strangers_change_nothing(eu_legal, client):
    sent = {"locale": Locale.objects.get(language_code="en").pk, "words": "zebra\nstriped horse"}
    for person in (eu_legal, client):
        assert person.post(reverse(ADD), sent).status_code in (302, 403)
    assert not SynonymGroup.objects.filter(words__startswith="zebra").exists()
