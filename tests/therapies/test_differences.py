"""How two texts differ: nothing lost, nothing invented, and phrases read as one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.differences import Mark, Piece, differences

KEPT, REMOVED, ADDED = Mark.KEPT, Mark.REMOVED, Mark.ADDED


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
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
def test_word_by_word_it_reads(old, new, pieces):
    assert differences(old, new) == [Piece(*piece) for piece in pieces]


texts = st.text(st.sampled_from("ab .\n<é"), max_size=40)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.mark != REMOVED) == new


@given(texts)
def test_what_is_the_same_is_marked_nowhere(text):
    assert all(piece.mark is KEPT for piece in differences(text, text))


def test_a_long_text_with_one_changed_word_takes_no_time():
    words = [f"word{number % 300}" for number in range(20_000)]
    start = time.perf_counter()
    pieces = differences(" ".join(words), " ".join([*words[:10_000], "other", *words[10_001:]]))
    assert [piece.mark for piece in pieces] == [KEPT, REMOVED, ADDED, KEPT]
    assert time.perf_counter() - start < 1
