"""The prefilter: what it lets go, names are never in; what it keeps is little more than they are in."""

from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from therapies.matching.normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SEAM, comparable
from therapies.matching.prefilter import Candidate, Prefilter
from therapies.matching.product_names import Names, spellings

KNOWN = [
    "SIR-Spheres",
    "Y-90",
    "Y-90 Gel",
    "90Y",
    "Größtherm",
    "é2",
    "É",
    "Lugol's",
    "A?B",
    "Gel+",
    "树脂微球",
    "ลิพิโอดอล",
]
NAMES = Names((name, number) for number, name in enumerate(KNOWN))
UNSIEVED = Names((name, number) for number, name in enumerate(KNOWN))
UNSIEVED._prefilter = SimpleNamespace(sift=lambda text: [Candidate(text, SIEVE._spelt(SIEVE._all))])
SIEVE = Prefilter(spelling for name in KNOWN for spelling in spellings(name))

PARTS = [
    "sir",
    "SIR",
    "spheres",
    "Spheres",
    "y",
    "90",
    "größ",
    "gross",
    "therm",
    "é",
    "e\u0301",
    "2",
    "lugol",
]
PARTS += ["s", "a", "b", "gel", "tm", "TM", "(r)", "®", "™", "微", "球", "树脂", "ลิพิ", "โอดอล", "x", "X", "ß"]
PARTS += ["ѕіr", "SlR", "1", "0", "о", "ЅΡҺ", "sphere", "sphères", "ꜱᴘʜ", "eres", "serehpS"]
BETWEEN = [*"'?+/.,:|¹ -_–\n\v\xa0\u2028\u2029\u0308\u0338\xad\ufffd\u202e\u202c", "", BREAK, SEAM]
BETWEEN += [ASIDE_OPENS, ASIDE_CLOSES, "ー", "e", "es", "en", "n", "therapie", "snpatienten"]
texts = st.lists(st.sampled_from(PARTS + BETWEEN)).map("".join)


@given(texts | st.text())
@example(f"sir{ASIDE_OPENS}{BREAK}{ASIDE_CLOSES}spheres")
@example(f"{ASIDE_CLOSES}sir{ASIDE_OPENS}1{ASIDE_CLOSES}spheres")
@example(f"sir{ASIDE_OPENS}spheres{ASIDE_CLOSES}x")
@example("é2é")
@example(f"sir¹{SEAM}spheres")
@example(f"sir{SEAM}{SEAM}spheres")
@example(f"x{BREAK}{SEAM}sir¹{SEAM}²spheres{SEAM}x")
@example("\u202eserehpSɪʀ")
@example("Y 9о")
@example("siʳsphe¹res")  # one a part of the name, the other a footnote in it
@example("ˢirsphere¹s")
@example("sir¹spheres³more⁴")
@example(f"si{ASIDE_OPENS}r{ASIDE_OPENS}1{ASIDE_CLOSES}spheres{ASIDE_CLOSES}")
def test_a_name_is_found_with_the_sieve_where_it_is_without(text):
    assert NAMES.find(text) == UNSIEVED.find(text)


def kept(text):
    return [candidate.text for candidate in SIEVE.sift(comparable(text))]


@pytest.mark.parametrize(
    "text",
    [
        "The tumour’s vessels – and, in time¹, what is around them – take it up (see there).",
        "Sirloin spheres, sirs; aspheres: a sphere’s 90 years.",  # beginnings and ends of other words
        "desir spheresque",
        "微小的球",
        "The tumour’s own vessels¹ and what is around them³ soon take it all up⁴.",
        "",
    ],
)
def test_a_passage_without_a_name_is_let_go(text):
    assert kept(text) == []


def test_only_the_passages_that_may_hold_a_name_are_kept_in_order():
    text = BREAK.join(["one", "Y-90 and", "two\nlines", "SIR\nSpheres", "three", "树脂微球"])
    assert kept(text) == ["y-90 and", "sir spheres", "树脂微球"]


def test_the_passages_that_a_name_is_split_over_are_kept_with_their_seam():
    text = SEAM.join(["one", "the SIR", "spheres", "two"])
    assert kept(text) == [f"the sir{SEAM}spheres"]
    assert kept(text.replace(SEAM, BREAK)) == []


def test_without_names_no_passage_is_kept():
    assert Prefilter([]).sift("sir spheres") == []
