"""How two texts differ, word by word: nothing lost, nothing invented, and phrases read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region_gate.word_diff import Mark, Phrase, differences

SIGNS = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "[+{}+]"}


def marked(old: str, new: str) -> str:
    return "".join(SIGNS[phrase.mark].format(phrase.text) for phrase in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("You leave.", "You leave.", "You leave."),
        ("", "New", "[+New+]"),
        ("Old", "", "[-Old-]"),
        ("You leave us.", "You left us.", "You [-leave-][+left+] us."),
        ("In Europe.", "In Asia.", "In [-Europe-][+Asia+]."),
        ("in adults.", "in adults", "in adults[-.-]"),
        ("a b c", "a c", "a [-b -]c"),
        ("a c", "a b c", "a [+b +]c"),
        ("a b c d", "a x y d", "a [-b c-][+x y+] d"),
        (
            "for colorectal cancer only",
            "for other tumours only",
            "for [-colorectal cancer-][+other tumours+] only",
        ),
        ("not be appropriate", "be appropriate", "[-not -]be appropriate"),
        ("3 GBq", "30 GBq", "[-3-][+30+] GBq"),
        ("One.\n\nTwo.", "One. Two.", "One.[-\n\n-][+ +]Two."),
        ("region", "Region", "[-region-][+Region+]"),
        ("'Continue'", "’Continue’", "[-'-][+’+]Continue[-'-][+’+]"),
        ("Märkte", "Markte", "[-Märkte-][+Markte+]"),
        ("Leber<b>", "Leber&b>", "Leber[-<-][+&+]b>"),
        ("肝転移です", "肝転移でした", "[-肝転移です-][+肝転移でした+]"),
    ],
)
def test_what_was_removed_and_added_is_marked(old, new, expected):
    assert marked(old, new) == expected


def test_what_is_kept_together_is_one_phrase():
    assert differences("The same words.", "The same words.") == (Phrase(Mark.KEPT, "The same words."),)


texts = st.text(st.sampled_from("ab .\n'<é"), max_size=40)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_phrases(old, new):
    phrases = differences(old, new)
    assert "".join(phrase.text for phrase in phrases if phrase.mark is not Mark.ADDED) == old
    assert "".join(phrase.text for phrase in phrases if phrase.mark is not Mark.REMOVED) == new


@given(texts)
def test_what_is_the_same_is_marked_nowhere(text):
    assert all(phrase.mark is Mark.KEPT for phrase in differences(text, text))
