"""Near names: within two edits of a long name, one of a shorter, none of a short one; and never slow."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.matching.near_names import MAX_FOUND, NearNames, distance
from therapies.matching.normalisation import BREAK, SEAM

NEAR = NearNames([("TheraSphere", 1), ("SIR-Spheres", 2), ("Novigel", 3), ("Gel", 4), ("树脂微球", 5)])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a Therasphre here", ["therasphre"]),
        ("TheraSphera, and Terasfere", ["therasphera"]),
        ("Novigl and Nvigl", ["novigl"]),  # one edit of a name of seven letters, and two
        ("SIR Sphres", ["sir sphres"]),
        ("Therasphereology", ["therasphereology"]),  # what begins with the whole name
        ("TheraSphere, theraspheres, a TheraSphere", []),  # the name itself
        ("Gal, Gle", []),
        (f"Thera{BREAK}Sphre Thera. Sphre Thera{SEAM}Sphre", []),
        ("their sphere and the sphere", []),
        ("", []),
    ],
)
def test_what_resembles_a_name_is_given_as_it_is_written(text, written):
    assert [match.written for match in NEAR.find(text)] == written


def plain_distance(one: str, other: str) -> int:
    """Return the number of edits as they are defined, all of them counted."""
    table = {(row, 0): row for row in range(len(one) + 1)} | {
        (0, column): column for column in range(len(other) + 1)
    }
    for row, letter in enumerate(one, start=1):
        for column, against in enumerate(other, start=1):
            steps = [table[row - 1, column] + 1, table[row, column - 1] + 1]
            steps.append(table[row - 1, column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                steps.append(table[row - 2, column - 2] + 1)
            table[row, column] = min(steps)
    return table[len(one), len(other)]


words = st.text(st.sampled_from("abc"), max_size=7)


@given(words, words)
def test_the_distance_is_the_one_of_its_definition_up_to_its_limit(one, other):
    assert distance(one, other, 2) == min(plain_distance(one, other), 3)


@given(st.text(st.sampled_from("therasplx"), min_size=9, max_size=13))
def test_every_word_within_two_edits_of_a_long_name_is_found(word):
    if (
        plain_distance(word, "therasphere") <= 2
        and not word.startswith("therasphere")
        and word != "theraspher"
    ):
        assert [match.product for match in NEAR.find(word)] == [1]


def test_a_text_of_near_names_is_read_no_further_than_anybody_would():
    text = " ".join(
        f"therasphr{letter}{other} x{letter}" for letter in "abcdefghijkl" for other in "abcdefghijkl"
    )
    begun = process_time()
    assert len(NEAR.find(text * 20)) <= MAX_FOUND
    assert process_time() - begun < 20


def test_no_more_is_looked_for_than_anybody_would_decide_about(monkeypatch):
    monkeypatch.setattr("therapies.matching.near_names.MAX_FOUND", 1)
    found = NearNames([("SIR-Spheres", 1)]).find(BREAK.join(["SIR-Sphores", "SIR-Sphares"]))
    assert [one.written for one in found] == ["sir sphores"]
