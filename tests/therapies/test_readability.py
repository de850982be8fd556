"""Sentences and syllables, counted as the formulas of each language ask."""

import pytest

from therapies.editing.readability import long_sentences, reading_ease, sentences_of

EASY = {
    "en": "The cat sat on the mat. It was a warm day and the sun was up. We all had tea. " * 6,
    "de": "Die Katze sitzt auf dem Dach. Es ist ein warmer Tag. Wir trinken Tee und lachen viel. " * 6,
    "fr": "Le chat dort sur le lit. Il fait chaud et le ciel est bleu. Nous buvons du thé. " * 7,
}
HARD = {
    "en": "Selective internal radiation therapy necessitates multidisciplinary evaluation of individual "
    "haemodynamic characteristics, including arteriographic visualisation of collateral vascularisation. "
    * 8,
    "de": "Die selektive interne Radiotherapie erfordert multidisziplinäre Beurteilungen individueller "
    "hämodynamischer Gegebenheiten einschließlich arteriographischer Gefäßdarstellungen. " * 10,
    "fr": "La radiothérapie interne sélective nécessite une évaluation multidisciplinaire approfondie des "
    "caractéristiques hémodynamiques individuelles, notamment artériographiques. " * 10,
}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_plain_words_are_easier_than_jargon(language):
    easy, hard = reading_ease([EASY[language]], language), reading_ease([HARD[language]], language)
    assert easy is not None
    assert hard is not None
    assert hard < 30 < 60 < easy <= 100


@pytest.mark.parametrize(("text", "language"), [("Too short.", "en"), (EASY["en"], "ja"), ("", "de")])
def test_of_a_short_text_and_another_language_nothing_is_said(text, language):
    assert reading_ease([text], language) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("One. Two! Three? Four", 4),
        ("It is 3.5 mm wide, e.g. at the end.", 1),
        ("Er sagte: „Nein.“ Dann ging er.", 2),
        ("", 0),
    ],
)
def test_a_paragraph_is_read_as_sentences(text, number):
    assert len(sentences_of(text)) == number


def test_the_longest_sentence_comes_first():
    assert [len(one.split()) for one in long_sentences(["a " * 30 + "a.", "b " * 40, "c " * 20])] == [40, 31]
