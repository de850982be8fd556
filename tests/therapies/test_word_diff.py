"""How two texts differ: nothing lost, nothing invented, and phrases read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.comparing.word_diff import Mark, Phrase, differences

KEPT, REMOVED, ADDED = Mark.KEPT, Mark.REMOVED, Mark.ADDED


@pytest.mark.parametrize(
    ("old", "new", "phrases"),
    [
        ("", "", []),
        ("The same.", "The same.", [(KEPT, "The same.")]),
        ("", "New.", [(ADDED, "New.")]),
        ("Old.", "", [(REMOVED, "Old.")]),
        ("In Europe.", "In Asia.", [(KEPT, "In "), (REMOVED, "Europe"), (ADDED, "Asia"), (KEPT, ".")]),
        ("a b c", "a c", [(KEPT, "a "), (REMOVED, "b "), (KEPT, "c")]),
        ("a c", "a b c", [(KEPT, "a "), (ADDED, "b "), (KEPT, "c")]),
        (
            "for colorectal cancer only",
            "for other tumours only",
            [(KEPT, "for "), (REMOVED, "colorectal cancer"), (ADDED, "other tumours"), (KEPT, " only")],
        ),
        ("Leber<b>", "Leber&b>", [(KEPT, "Leber"), (REMOVED, "<"), (ADDED, "&"), (KEPT, "b>")]),
        ("肝転移です", "肝転移でした", [(REMOVED, "肝転移です"), (ADDED, "肝転移でした")]),
    ],
)
def test_word_by_word_it_reads(old, new, phrases):
    assert differences(old, new) == tuple(Phrase(*phrase) for phrase in phrases)


texts = st.text(st.sampled_from("ab .\n<é"), max_size=40)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_phrases(old, new):
    phrases = differences(old, new)
    assert "".join(phrase.text for phrase in phrases if phrase.mark != ADDED) == old
    assert "".join(phrase.text for phrase in phrases if phrase.mark != REMOVED) == new


@given(texts)
def test_what_is_the_same_is_marked_nowhere(text):
    assert all(phrase.mark is KEPT for phrase in differences(text, text))
