"""Words are read as people write them, in any language: the pure core of visitors' search."""

import pytest

from home.words.excerpts import excerpt, marked
from home.words.near_words import error_keys, keys_of, nearest, part_keys, pieces, split
from home.words.occurrences import IndexedPassage, terms_in
from home.words.query_words import MAX_WORDS, Synonyms, wanted, words_of
from home.words.ranking import Occurrence, ranked, weights_of
from home.words.stems import terms_of
from home.words.tokens import compounds, fold


def shares_a_term(one: str, other: str, language: str) -> bool:
    return not {*terms_of(one, language)}.isdisjoint(terms_of(other, language))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("liver tumours", [["liver"], ["tumours"]]),
        ("SIR-Spheres® Y-90", [["SIR", "Spheres"], ["Y", "90"]]),
        ("SIR\u2011Spheres", [["SIR", "Spheres"]]),
        ("(5-FU/FA)", [["5", "FU"], ["FA"]]),
        ("l’intestin", [["l"], ["intestin"]]),
        ("Leber\u00admetastasen", [["Leber\u00admetastasen"]]),
        ("肝転移", [["肝転", "転移"]]),
        ("肝", [["肝"]]),
        ("SIR-Spheresの", [["SIR", "Spheres", "の"]]),
        ("الكَبِد", [["الكَبِد"]]),
        ("  _ -- \0 \u202e", []),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_into(text, parts):
    assert [[token.word for token in found] for found in compounds(text)] == parts


def test_each_word_knows_its_place():
    text = "Über  肝転移, SIR-Spheres"
    assert all(text[one.start : one.end] == one.word for found in compounds(text) for one in found)


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Métastase", "metastase"),
        ("MIKROSPHÄRE", "mikrosphare"),
        ("Größe", "grosse"),
        ("cœur", "coeur"),
        ("Ｙ９０", "y90"),
        ("Leber\u00admetastasen", "lebermetastasen"),
        ("الكَبِد", "الكبد"),
        ("٩٠", "90"),
        ("ガン", "ガン"),
        ("a" * 5000, "a" * 64),
    ],
)
def test_what_makes_no_difference_goes(word, folded):
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("metastasis", "metastases", "en"),
        ("Tumours", "tumour", "en"),
        ("therapies", "Therapy", "en-gb"),
        ("Metastase", "Metastasen", "de"),
        ("Mikrosphären", "Mikrosphaere", "de"),
        ("Mikrosphären", "mikrospharen", "de"),
        ("Gefäße", "Gefaess", "de"),
        ("métastase", "metastases", "fr"),
        ("approuvée", "approuvee", "fr"),
        ("vaisseau", "vaisseaux", "fr"),
        ("أورام", "اورام", "ar"),
        ("転移", "転移", "ja"),
        ("Y90", "y90", "tlh"),
    ],
)
def test_words_of_one_meaning_share_a_term(one, other, language):
    assert shares_a_term(one, other, language)


@pytest.mark.parametrize(("one", "other"), [("liver", "live"), ("5", "6"), ("tumour", "tutor")])
def test_other_words_share_none(one, other):
    assert not shares_a_term(one, other, "en")


@pytest.mark.parametrize("letter", ["l", "Y", "é"])
def test_a_single_letter_is_no_word(letter):
    assert terms_of(letter, "fr") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("livr", "liver"),
        ("metastasys", "metastasis"),
        ("micropsheres", "microspheres"),
        ("microsfeers", "microspheres"),
        ("chemotheraphy", "chemotherapy"),
        ("flourouracil", "fluorouracil"),
        ("kolorectal", "colorectal"),
        ("tumourr", "tumour"),
        ("cathteer", "catheter"),
    ],
)
def test_a_misspelt_word_shares_a_key_with_what_was_meant(typed, meant):
    assert error_keys(typed) & keys_of(meant, "en")
    assert nearest(typed, [meant, "something"], "en") == meant


@pytest.mark.parametrize("word", ["sir", "90", "y90", "5fu"])
def test_a_short_word_or_a_number_is_never_taken_for_another(word):
    assert error_keys(word) == set()


def test_a_word_is_not_taken_for_itself_or_for_something_unlike_it():
    assert nearest("liver", ["Liver", "kidney"], "en") == ""


def test_a_part_finds_its_compounds_where_a_language_writes_these_as_one_word():
    assert part_keys("Metastase", "de") & keys_of("Lebermetastasen", "de")
    assert part_keys("Leber", "de") & keys_of("Lebermetastasen", "de")
    assert part_keys("meta", "en") == set()


@pytest.mark.parametrize(
    ("word", "known", "parts"),
    [
        ("lebertumorbehandlung", {"leber", "tumor", "behandlung"}, ["leber", "tumor", "behandlung"]),
        ("darmkrebsmetastasen", {"darm", "krebs", "darmkrebs", "metastasen"}, ["darmkrebs", "metastasen"]),
        ("lebertumor", {"leber"}, []),
        ("leber", {"leb"}, []),
    ],
)
def test_a_compound_is_taken_apart_into_few_known_words(word, known, parts):
    assert split(word, known) == parts
    assert {*parts} <= pieces(word)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Y-90", ["Y90"]),
        ("5-FU", ["5FU"]),
        ("SIR-Spheres", ["SIR", "Spheres"]),
        ("肝転移", ["肝転", "転移"]),
        ('"liver" OR (tumour*) AND NOT -x', ["liver", "OR", "tumour", "AND", "NOT", "x"]),
        ("", []),
    ],
)
def test_a_query_is_read_as(text, words):
    assert words_of(text) == words


def test_of_a_long_query_only_so_many_words_are_read():
    assert len(words_of("liver " * 5000)) == MAX_WORDS
    assert len(words_of("a" * 10_000)[0]) == 200


SYNONYMS = Synonyms([["surgery", "operation"], ["bowel cancer", "CRC"]], "en")


@pytest.mark.parametrize(
    ("query", "place", "terms"),
    [
        ("operations", 0, ("surger",)),
        ("crc", 0, ("bowel", "cancer")),
        ("a bowel cancer", 1, ("crc",)),
        ("a bowel cancer", 2, ("crc",)),
        ("sir spheres", 0, ("sirspher",)),
    ],
)
def test_a_word_is_answered_by(query, place, terms):
    assert terms in [way.terms for way in wanted(words_of(query), SYNONYMS)[place].ways]


def test_half_a_phrase_has_no_synonym():
    assert ("crc",) not in [way.terms for way in wanted(["cancer"], SYNONYMS)[0].ways]


def test_a_text_has_the_words_between_hyphens_alone_and_together():
    terms = terms_in([IndexedPassage("SIR-Spheres Y-90-Harzmikrosphären", 1)], "de")
    for word in ("SIR", "Spheres", "SIRSpheres", "Y90", "Harzmikrosphäre", "Y90Harzmikrosphären"):
        assert not terms.keys().isdisjoint(terms_of(word, "de"))


def test_a_word_weighs_by_where_it_stands_and_less_each_time_it_comes_again():
    terms = terms_in([IndexedPassage("liver", 10), IndexedPassage("liver cells cells", 1)], "en")
    assert terms["liver"].weight > terms["cell"].weight
    assert terms["cell"].weight < 2 * terms_in([IndexedPassage("cells", 1)], "en")["cell"].weight


OCCURRENCES = weights_of(
    [Occurrence(page, "liver", 10) for page in range(1, 10)]
    + [Occurrence(7, "tumour", 10), Occurrence(8, "tumour", 30), Occurrence(20, "sir", 10)]
)


def order_of(query: str) -> list[int]:
    return ranked(wanted(words_of(query), Synonyms([], "en")), OCCURRENCES, 20)


def test_pages_that_answer_most_come_first_and_those_that_answer_little_not_at_all():
    assert order_of("liver tumour") == [8, 7]


def test_where_pages_answer_alike_the_older_comes_first():
    assert order_of("liver")[:3] == [1, 2, 3]


def test_what_no_page_answers_is_passed_over():
    assert order_of("liver nothing")[:1] == [1]
    assert order_of("nothing") == []


def as_text(pieces_found: list) -> str:
    return "".join(f"[{one.text}]" if one.is_found else one.text for one in pieces_found)


def test_found_words_are_marked_as_they_are_written():
    found = frozenset({"metasta", "metastas", "y90", "転移", "肝転"})
    assert as_text(marked("Metastasis: a (metastases), Y-90, 肝転移。", found, "en")) == (
        "[Metastasis]: a ([metastases]), [Y-90], [肝転移]。"
    )


def test_an_excerpt_is_the_passage_with_most_of_the_words():
    text = f"liver {'word ' * 200}the liver and its tumours {'word ' * 200}"
    shown = as_text(excerpt(text, frozenset({"liver", "tumour"}), "en"))
    assert "[liver] and its [tumours]" in shown
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert len(shown) < 250


def test_a_text_without_the_words_shows_its_beginning():
    assert as_text(excerpt("A page. " * 100, frozenset({"liver"}), "en")).startswith("A page. A page.")


def test_markup_in_a_text_stays_text():
    assert as_text(marked("<b>liver</b>", frozenset({"liver"}), "en")) == "<b>[liver]</b>"


def test_one_long_word_is_cut():
    assert len(as_text(excerpt("x" * 5000, frozenset(), "en"))) < 250
