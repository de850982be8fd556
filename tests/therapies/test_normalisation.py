"""Folding: one spelling for all, whatever is folded again or in another form."""

import re
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from therapies.matching.normalisation import ASIDE_CLOSES, ASIDE_OPENS, PLAIN, fold, tokens_of

SCALARS = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
ODD = "İıſßẞǰŉﬃ®™(Rr)tTmMⓇ¹₂ªº´¨ʼ·ー"
ODD += "\u0345\u0307\u0308\u20dd\u200b\xad\u3164\u115f\u1161\u11a8가か\u3099\ufe70\u0640\u064b⁄½"
texts = st.text() | st.text(st.sampled_from(ODD))


@pytest.mark.long
def test_every_character_folds_to_what_stays_as_it_is():
    for letter in SCALARS:
        once = fold(letter)
        assert fold(once) == once, ascii(letter)


def test_what_is_left_alone_needs_no_more_than_its_case_folded():
    plain = re.compile(f"[{PLAIN}]")
    for letter in filter(plain.match, SCALARS):
        assert fold(f"x{letter}") == fold(f"x{letter}\xad") or letter.isascii(), ascii(letter)
        assert normalize("NFKC", letter) == letter, ascii(letter)
        assert letter.casefold() == {"ß": "ss"}.get(letter, letter) or letter.isascii(), ascii(letter)


@given(texts)
@example("((r)r)")
@example("i\u0307\u0307")
@example("ATMTM")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_folding_does_not_depend_on_the_canonical_form(text):
    assert fold(normalize("NFD", text)) == fold(normalize("NFC", text))


@given(texts)
def test_folding_does_not_depend_on_case(text):
    # One Greek mark is a letter of its own in other cases, and then takes the marks that follow.
    text = text.replace("\u0345", "")
    assert fold(text.casefold()) == fold(text)


def test_what_is_raised_is_set_aside():
    assert fold("A¹²B₃") == f"a{ASIDE_OPENS}12{ASIDE_CLOSES}b{ASIDE_OPENS}3{ASIDE_CLOSES}"
    assert fold("A™ Bᵀᴹ (R)") == "a® b® ®"


def test_tokens_are_words_letters_without_spaces_and_punctuation():
    assert tokens_of("um, das微球!\u2029\u2029ยา90") == [
        "um",
        ",",
        "das",
        "微",
        "球",
        "!",
        "\u2029\u2029",
        "ย",
        "า",
        "90",
    ]


def test_letters_stand_bare_however_many_accents_and_strokes_are_piled_on_them():
    assert fold("Ä\u0338ñ\u0301\u0336 Ёй Ά") == "an еи α"
    assert fold("ab" + "\u0301" * 5000 + "\u0315" * 5000 + "c") == "abc"
    assert len(fold("ab" + "\u093c\u3099" * 5000 + "c")) < 100
