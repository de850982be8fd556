"""Names of products: found in every disguise, and in nothing else."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.matching.normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SEAM, comparable
from therapies.matching.product_names import NameMatch, Names
from therapies.matching.readings import turn

SPHERES, THERA, YTTRIUM, FOLFA, LUGOL, PLUS = (
    "SIR-Spheres",
    "TheraSphere",
    "Y-90",
    "5-FU/FA",
    "Lugol's",
    "Gel+",
)
GERMAN, TURKISH, CHINESE, JAPANESE, THAI = "Größtherm", "İlikSır", "树脂微球", "スフィア", "ลิพิโอดอล"
KHMER, BURMESE, KOREAN, ARABIC, HEBREW = "លីព្យូដុល", "လစ်ပီယိုဒေါ", "리피오돌", "ليبيودول", "ליפיודול"
RUSSIAN, GREEK, HINDI = "Липиодол", "Λιπιόδολος", "लिपियोडोल"
NAMES = Names(
    (name, number)
    for number, name in enumerate(
        [
            *(SPHERES, THERA, YTTRIUM, FOLFA, LUGOL, PLUS, GERMAN, TURKISH, CHINESE, JAPANESE, THAI),
            *(KHMER, BURMESE, KOREAN, ARABIC, HEBREW, RUSSIAN, GREEK, HINDI),
        ]
    )
)

DISGUISED = [
    # whatever the case, and what stands between the parts
    ("SIR-Spheres", SPHERES),
    ("sir-spheres", SPHERES),
    ("SIR-SPHERES", SPHERES),
    ("sIr-sPhErEs", SPHERES),
    ("SIR Spheres", SPHERES),
    ("SIRSpheres", SPHERES),
    ("sir_spheres", SPHERES),
    ("SIR - Spheres", SPHERES),
    ("SIR--Spheres", SPHERES),
    ("SIR-\nSpheres", SPHERES),
    ("SIR\r\n\tSpheres", SPHERES),
    ("SIR\u2010Spheres", SPHERES),
    ("SIR\u2011Spheres", SPHERES),
    ("SIR\u2012Spheres", SPHERES),
    ("SIR\u2013Spheres", SPHERES),
    ("SIR\u2014Spheres", SPHERES),
    ("SIR\u2015Spheres", SPHERES),
    ("SIR\u2212Spheres", SPHERES),
    ("SIR\ufe63Spheres", SPHERES),
    ("SIR\uff0dSpheres", SPHERES),
    ("SIR\u30fcSpheres", SPHERES),
    ("SIR\u2500Spheres", SPHERES),
    ("SIR\u05beSpheres", SPHERES),
    ("SIR\xa0Spheres", SPHERES),
    ("SIR\u202fSpheres", SPHERES),
    ("SIR\u2009Spheres", SPHERES),
    ("SIR\u3000Spheres", SPHERES),
    ("SIR\u2028Spheres", SPHERES),
    ("SIR\u2029Spheres", SPHERES),
    ("SIR\x0bSpheres", SPHERES),
    ("SIR\x1eSpheres", SPHERES),
    ("SIR\x00Spheres", SPHERES),
    ("SIR\xacSpheres", SPHERES),
    ("SIR·Spheres", SPHERES),
    ("SIR・Spheres", SPHERES),
    ("SIR⋅Spheres", SPHERES),
    ("SIR-Sphe-\nres", SPHERES),
    ("S I R - S p h e r e s", SPHERES),
    ("SIR-Spheres®x", SPHERES),
    ("SIR-Spheres_x", SPHERES),
    ("SIR-SIR-Spheres", SPHERES),
    ("ⓈⒾⓇ-Spheres", SPHERES),
    ("SIR\u2800Spheres", SPHERES),
    ("SIR\u3164Spheres", SPHERES),
    ("Thera-Sphere", THERA),
    ("thera sphere", THERA),
    ("THERA\u2011SPHERE", THERA),
    ("Y90", YTTRIUM),
    ("y 90", YTTRIUM),
    ("/eu/therapies/sir-spheres-y-90/", SPHERES),
    ("/eu/therapies/sir-spheres-y-90/", YTTRIUM),
    # signs of registration
    ("SIR-Spheres®", SPHERES),
    ("®SIR-Spheres", SPHERES),
    ("SIR®-Spheres", SPHERES),
    ("SIR-®Spheres", SPHERES),
    ("SIR-Spheres®Mikrosphären", SPHERES),
    ("SIR-Spheres™", SPHERES),
    ("SIR™-Spheres™", SPHERES),
    ("SIR-Spheres℠", SPHERES),
    ("SIR©Spheres", SPHERES),
    ("SIR-Spheres(R)", SPHERES),
    ("SIR(r)-Spheres", SPHERES),
    ("SIR-Spheres (TM)", SPHERES),
    ("SIR(TM)-Spheres", SPHERES),
    ("SIR (tm) Spheres", SPHERES),
    ("SIR(" + "\xa0" * 31 + "ᵀᴹ)-Spheres", SPHERES),
    ("SIR( ᵀᴹ )-Spheres", SPHERES),
    ("SIR-Spheres⁽ᴿ⁾", SPHERES),
    ("SIRⓇ-Spheres", SPHERES),
    ("SIRᵀᴹ-Spheres", SPHERES),
    ("SIR-Spheres🅫 Y", SPHERES),
    ("SIR®\ufe0f-Spheres", SPHERES),
    ("SIR-SpheresTM", SPHERES),
    ("/products/sir-spherestm/", SPHERES),
    ("sirtm-spherestm", SPHERES),
    ("SIR\uf8e8-Spheres", SPHERES),
    ("SIR\ufffd-Spheres", SPHERES),
    # what nobody sees
    ("SIR-Sphe\xadres", SPHERES),
    ("S\u200bI\u200bR-Spheres", SPHERES),
    ("SIR\u200b-Spheres", SPHERES),
    ("SIR-Sphe\u200cres", SPHERES),
    ("SIR-Sphe\u200dres", SPHERES),
    ("\u200eSIR-Spheres\u200f", SPHERES),
    ("\u202aSIR-Spheres\u202c", SPHERES),
    ("\u2066SIR\u2069-Spheres", SPHERES),
    ("SIR\u2060-\u2060Spheres", SPHERES),
    ("\ufeffSIR-\ufeffSpheres", SPHERES),
    ("SIR-Sphe\ufe0fres", SPHERES),
    ("SIR-Sphe\U000e0100res", SPHERES),
    ("SIR-Sphe\U000e0041res", SPHERES),
    ("SIR-Sphe\u034fres", SPHERES),
    ("SIR-Sphe\u180eres", SPHERES),
    # Unicode forms
    ("ＳＩＲ－Ｓｐｈｅｒｅｓ", SPHERES),
    ("𝐒𝐈𝐑-𝕊𝕡𝕙𝕖𝕣𝕖𝕤", SPHERES),
    ("SIR-Sphereſ", SPHERES),
    ("größtherm", GERMAN),
    ("GRÖSSTHERM", GERMAN),
    ("GRÖẞTHERM", GERMAN),
    (normalize("NFD", "Größtherm"), GERMAN),
    ("GRO\xad\u0308SSTHERM", GERMAN),
    ("Grossßtherm Grossstherm Grosstherm", GERMAN),
    ("İLİKSIR", TURKISH),
    ("iliksır", TURKISH),
    ("I\u0307lik-Sır", TURKISH),
    ("SİR-Spheres", SPHERES),
    ("Sır-Spheres", SPHERES),
    # raised and lowered
    ("SIR-Spheres¹", SPHERES),
    ("SIR-Spheres¹²⁻¹⁴", SPHERES),
    ("SIR-Spheres①", SPHERES),
    ("SIR¹-Spheres", SPHERES),
    ("SIR-Spheres*", SPHERES),
    ("SIR†-Spheres", SPHERES),
    ("Y₉₀", YTTRIUM),
    ("Y⁹⁰", YTTRIUM),
    ("Y-٩٠", YTTRIUM),
    ("Y-９０", YTTRIUM),
    # punctuation around
    ("(SIR-Spheres)", SPHERES),
    ("“SIR-Spheres”,", SPHERES),
    ("«\xa0SIR-Spheres\xa0»", SPHERES),
    ("SIR-Spheres.", SPHERES),
    ("SIR-Spheres’s", SPHERES),
    ("SIR-Spheres's", SPHERES),
    ("SIR-Spheres\u02bcs", SPHERES),
    ("SIR-Spheres´s", SPHERES),
    ("SIR-Spheres-Mikrosphären", SPHERES),
    ("non-SIR-Spheres", SPHERES),
    ("L'SIR-Spheres", SPHERES),
    ("#SIR-Spheres", SPHERES),
    ("https://example.com/?q=sir+spheres&p=SIR-Spheres", SPHERES),
    ("\xa8SIR-Spheres", SPHERES),
    ("SIR-Spheres🙂", SPHERES),
    # a name's own punctuation
    ("with 5-FU/FA alone", FOLFA),
    ("5FU/FA", FOLFA),
    ("5-FU\u2044FA", FOLFA),
    ("5-FU ／ FA", FOLFA),
    ("/drugs/5-fufa/", FOLFA),
    ("/drugs/5-fu-fa/", FOLFA),
    ("LUGOL’S", LUGOL),
    ("lugol\u02bcs", LUGOL),
    ("lugols", LUGOL),
    ("Gel+", PLUS),
    ("Gel+.", PLUS),
    ("Gel＋", PLUS),
    # scripts without spaces, and those that write other words on
    ("用树脂微球治疗", CHINESE),
    ("树脂 微球", CHINESE),
    ("树脂\u200b微球", CHINESE),
    ("树脂·微球", CHINESE),
    ("使用SIR-Spheres治疗", SPHERES),
    ("钇Y90微球", YTTRIUM),
    ("本品スフィアは", JAPANESE),
    ("ｽﾌｨｱ", JAPANESE),
    ("ス・フィア", JAPANESE),
    ("SIR-スフィアー", JAPANESE),
    ("ใช้ลิพิโอดอลรักษา", THAI),
    ("ប្រើលីព្យូដុលដើម្បី", KHMER),
    ("ကလစ်ပီယိုဒေါသည်", BURMESE),
    ("리피오돌을", KOREAN),
    (normalize("NFD", "비리피오돌은"), KOREAN),
    ("SIR-Spheres는", SPHERES),
    ("وليبيودول", ARABIC),
    ("باللِيبيودول", ARABIC),
    ("لـيـبـيـودول", ARABIC),
    ("بـSIR-Spheres", SPHERES),
    ("בליפיודול", HEBREW),
    ("לִיפְּיוֹדוֹל", HEBREW),
    ("ЛИПИОДОЛ", RUSSIAN),
    ("ΛΙΠΙΌΔΟΛΟΣ", GREEK),
    (normalize("NFD", "λιπιόδολος"), GREEK),
    ("यह लिपियोडोल है", HINDI),
    # between the parts, where no space is beside it
    ("SIR/Spheres", SPHERES),
    ("SIR / Spheres", SPHERES),
    ("SIR:Spheres", SPHERES),
    ("SIR.Spheres", SPHERES),
    ("SIR’Spheres", SPHERES),
    ("SIR…Spheres", SPHERES),
    ("SIR|Spheres", SPHERES),
    ("SIR+Spheres", SPHERES),
    ("SIR~Spheres", SPHERES),
    ("SIR\\Spheres", SPHERES),
    ("SIR,Spheres", SPHERES),
    ("SIR🙂Spheres", SPHERES),
    ("Y.90", YTTRIUM),
    ("Y/90", YTTRIUM),
    ("S.I.R.-Spheres", SPHERES),
    ("S.I.R.-S.p.h.e.r.e.s", SPHERES),
    ("S.I.R. Spheres", SPHERES),
    ("S. I. R. Spheres", SPHERES),
    ("S/I/R/S/p/h/e/r/e/s", SPHERES),
    ("S·I·R·S·p·h·e·r·e·s", SPHERES),
    # inflected, and in compounds
    ("SIR-Sphere", SPHERES),
    ("SIR-Sphere’s", SPHERES),
    ("SIR-Spheren", SPHERES),
    ("SIR-Sphère", SPHERES),
    ("SIR-Sphères", SPHERES),
    ("d’SIR-Sphères", SPHERES),
    ("SIR-Spherestherapie", SPHERES),
    ("SIR-Spheres-Therapie", SPHERES),
    ("SIRSpheresbehandlungen", SPHERES),
    ("Leber-SIR-Spheres-Patienten", SPHERES),
    ("Theraspheres", THERA),
    ("Theraspherebehandlung", THERA),
    ("Theraspherenpatienten", THERA),
    ("GROSSTHERME", GERMAN),
    # what looks like it
    ("ЅІR-Spheres", SPHERES),
    ("ЅΙR-Ѕрһеrеѕ", SPHERES),
    ("ꓢꓲꓣ-Spheres", SPHERES),
    ("ꜱɪʀ-ꜱᴘʜᴇʀᴇꜱ", SPHERES),
    ("SlR-Spheres", SPHERES),
    ("S1R-Spheres", SPHERES),
    ("TheraSрнеrе", THERA),
    ("Ƭħɇɍⱥsphere", THERA),
    ("🅢🅘🅡-Spheres", SPHERES),
    ("Липиoдол", RUSSIAN),
    # accents and strokes on any letter
    ("SIR-Spheres\u0308", SPHERES),
    ("S\u0336I\u0336R\u0336-\u0336Spheres", SPHERES),
    ("S\u0301IR-Spheres", SPHERES),
    ("SIR\u0327-Spheres", SPHERES),
    ("SIR-Spheres\xad\u0301", SPHERES),
    ("S" + "\u0316\u0301" * 40 + "IR-Spheres", SPHERES),
    # turned around
    ("\u202eserehpS-RIS", SPHERES),
    ("\u202eserehpS-RIS\u202c", SPHERES),
    ("SIR-\u202eserehpS\u202c", SPHERES),
    ("\u202ese\u202er\u202cehpS-RIS\u202c", SPHERES),
    ("\u202eserehp\u202dS\u202c-RIS\u202c", SPHERES),
    ("\u202eѕеrеһрЅ-RIЅ\u202c", SPHERES),
    # in two paragraphs
    (f"SIR-{SEAM}Spheres", SPHERES),
    (f"SIR-Sphe{SEAM}res", SPHERES),
    (f"{SEAM}SIR{SEAM}{SEAM}Spheres{SEAM}", SPHERES),
    (f"Thera-{SEAM}Sphere", THERA),
]

INNOCENT = [
    # glued on
    "SIR-Spheresx",
    "XSIR-Spheres",
    "SIR-Spheres1",
    "SIR-Spheresque",
    "SIR-Spherestherapiex",
    "1SIR-Spheres",
    "SIRx-Spheres",
    "SIR-xSpheres",
    "IR-Spheres",
    "éSIR-Spheres",
    "SIR-Sphe\xadresx",
    "SIR-Spheres\u200dx",
    "SIR-Spheresя",
    "SIR-SpheresTMx",
    "SIR-SpheresTMS",
    "SIRTMX-Spheres",
    "SIR-Spheresß",
    "SIR-Spheresα",
    "SIR-Spheresﬁ",
    "Y-900",
    "Y-90Y",
    "Y-9",
    "XY-90",
    "Y90er",
    "Липиодола",
    # parted by punctuation, words or a break
    "Sir. Spheres",
    "SIR, Spheres",
    "SIR (Spheres)",
    "SIR(Spheres)",
    "SIR: Spheres",
    "SIR. Spheres",
    "SIR | Spheres",
    "SIR ’ Spheres",
    "SIR=Spheres",
    "SIR & Spheres",
    "SIR and Spheres",
    "SIR • Spheres",
    "SIR%20Spheres",
    "Spheres SIR",
    "SIR-Spheres½",
    "SIR。Spheres",
    f"SIR-{BREAK}Spheres",
    f"SIR{BREAK}{BREAK}Spheres",
    "Y, 90",
    "Y,90",
    "Y-9.0",
    "Y. 90",
    f"Y{SEAM}90",
    f"SIR-{SEAM}x{SEAM}Spheres",
    f"SIR.{SEAM}Spheres",
    f"SIR-{SEAM}{BREAK}Spheres",
    "Y=90",
    "Y(90)",
    "90Y",
    "⁹⁰Y",
    "90-Y",
    "5-FU, FA",
    "5-FU",
    "FU/FA",
    "Lugol",
    "Gel",
    "Gel-",
    # other letters
    "Grosther",
    "树脂的微球",
    "树脂，微球",
    "树脂：微球",
    "脂微球",
    "スフィ",
    "スブィア",
    "スフィア\u3099",
    "ลิพิโอดอล้",
    "ลิพิโอดอ",
    "លីព្យូដុល្",
    "लिपियोडोली",
    "리피오도",
    "리피오돎",
    "ليبيود",
    "Λιπιόδολο",
    # nothing at all
    "",
    " ",
    "®",
    "\u200b",
    "-",
    "(R)",
]


def names_in(text: str, names: Names = NAMES) -> list[str]:
    return [mention.name for mention in names.find(text)]


@pytest.mark.parametrize(("text", "name"), DISGUISED)
def test_a_name_is_found_in_disguise(text, name):
    assert name in names_in(text)
    assert name in names_in(f"The {text}, as it is used.")
    assert name in names_in(f"{text} {text}")


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_no_name_is_left_alone(text):
    assert names_in(text) == []
    assert names_in(f"The {text}, as it is used.") == []


def test_a_raised_number_before_its_letter_is_found_in_the_order_written():
    names = Names([("90Y", 1)])
    assert names_in("⁹⁰Y", names) == names_in("90-Y", names) == names_in("⁹⁰ Y", names) == ["90Y"]
    assert names_in("⁹⁹⁰Y", names) == names_in("Y⁹⁰", names) == []


def test_a_footnote_inside_a_name_hides_nothing():
    names = Names([("SIR-Spheres Y-90", 1), ("SIR-Spheres 2", 2)])
    assert names_in("SIR-Spheres¹ Y-90", names) == ["SIR-Spheres Y-90"]
    assert names_in("SIR-Spheres² ³ Y-90", names) == ["SIR-Spheres Y-90", "SIR-Spheres 2"]
    assert names_in("SIR-Spheres 1 Y-90", names) == []


@pytest.mark.parametrize(("name", "text"), [("Thérasphère", "THERASPHERE"), ("Ångel", "/angel/")])
def test_latin_accents_may_be_left_out_as_in_capitals_and_addresses(name, text):
    assert names_in(text, Names([(name, 1)])) == [name]


@pytest.mark.parametrize(
    "name", ["SIR-Spheres®", "SIR-Spheres™", "“SIR-Spheres”", " SIR-Spheres. ", "(SIR-Spheres)"]
)
def test_signs_around_a_name_as_given_are_not_asked_for(name):
    assert names_in("Use SIR-Spheres here", Names([(name, 1)])) == [name]


def test_a_name_that_ends_in_tm_is_a_name_like_others():
    names = Names([("ATM-Gel", 1)])
    assert names_in("atm gel, ATMGel", names) == ["ATM-Gel"]
    assert names_in("a gel", names) == []


def test_names_stand_in_order_of_appearance_each_once():
    text = "TheraSphere, then SIR-Spheres, then therasphere and Y-90; SIR-Spheres again"
    assert NAMES.find(text) == [NameMatch(THERA, 1), NameMatch(SPHERES, 0), NameMatch(YTTRIUM, 2)]


def test_the_longest_of_a_product_s_names_counts():
    names = Names([("SIR-Spheres", 1), ("SIR-Spheres Y-90 resin microspheres", 1), ("Y-90", 1)])
    text = "SIR-Spheres Y-90 resin microspheres"
    assert names_in(text, names) == [text]
    assert names_in(f"SIR-Spheres, {text}", names) == ["SIR-Spheres", text]
    assert names_in("SIR-Spheres Y-90 resin", names) == ["SIR-Spheres", "Y-90"]


def test_another_product_s_name_inside_a_longer_one_is_found_too():
    names = Names([("SIR-Spheres Plus", 1), ("SIR-Spheres", 2), ("Plus", 3)])
    assert names.find("SIR-Spheres Plus") == [
        NameMatch("SIR-Spheres Plus", 1),
        NameMatch("SIR-Spheres", 2),
        NameMatch("Plus", 3),
    ]


def test_names_that_overlap_are_both_found():
    names = Names([("Alpha Beta", 1), ("Beta Gamma", 2), ("Beta Gamma", 3)])
    assert names.find("alpha beta gamma") == [
        NameMatch("Alpha Beta", 1),
        NameMatch("Beta Gamma", 2),
        NameMatch("Beta Gamma", 3),
    ]


def test_a_name_that_products_share_is_found_for_each():
    names = Names([("Gel", 2), ("GEL", 1)])
    assert names.find("gel") == [NameMatch("Gel", 2), NameMatch("GEL", 1)]


def test_two_spellings_of_one_product_s_name_count_as_the_first():
    assert names_in("sir spheres", Names([("SIR-Spheres", 1), ("SIR Spheres", 1)])) == ["SIR-Spheres"]


@pytest.mark.parametrize("name", ["", " ", "-", "®", "™(R)", "+", "…", "\u200b", "\u0308", BREAK])
def test_a_name_without_letter_or_digit_is_refused(name):
    with pytest.raises(ValueError, match="neither letter nor digit"):
        Names([("SIR-Spheres", 1), (name, 2)])


def test_without_names_nothing_is_found():
    assert Names([]).find("SIR-Spheres") == []


SPACES = st.sampled_from(
    [" ", "\xa0", "\u202f", "\n", "-", "\u2011", "–", "_", "®", "™", " (R) ", "", "\u200b", "¹", "*"]
)
UNSEEN = st.sampled_from(["", "", "", "\xad", "\u200d", "\u2060", "\ufe0f", "\ufeff", "\u200e", "\U000e0101"])
FORMS = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
CASES = st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase])


@st.composite
def disguises(draw, name):
    """Return `name` in letters of any case and Unicode form, with anything soft between and within."""
    form = draw(FORMS)
    parts = [normalize(form, draw(CASES)(part)) for part in name.replace("-", " ").split()]
    written = parts[0] + "".join(draw(SPACES) + part for part in parts[1:])
    return "".join(letter + draw(UNSEEN) for letter in written)


@given(
    st.data(),
    st.sampled_from([SPHERES, THERA, YTTRIUM, GERMAN, CHINESE, KOREAN, RUSSIAN]),
    st.text(),
    st.text(),
)
def test_any_disguise_is_found_between_any_words(data, name, before, after):
    assert name in names_in(f"{before} {data.draw(disguises(name))} {after}")


@given(st.text())
def test_no_text_is_too_odd(text):
    assert isinstance(NAMES.find(text), list)


@given(st.text(), st.text(), st.sampled_from([SPHERES, GERMAN, KOREAN, "SIR\u0307-Spheres", "ΆΪ\u0345"]))
def test_canonical_forms_of_a_text_name_the_same(before, after, name):
    names = Names([(name, 1), (SPHERES, 2)])
    text = before + name + after
    assert names.find(normalize("NFC", text)) == names.find(normalize("NFD", text)) == names.find(text)


@given(st.text(min_size=1))
def test_every_name_is_found_as_it_is_written_and_in_capitals(name):
    try:
        names = Names([(name, 1)])
    except ValueError:
        return
    assert names_in(name, names) == [name]
    assert names_in(f"x {name} x", names) == [name]


def test_a_text_that_names_many_products_is_searched_for_all(monkeypatch):
    names = [("SIR-Spheres", 1), ("TheraSphere", 2), ("Lipiodol", 3)]
    text = "Lipiodol, SIR-Spheres and TheraSphere"
    few = Names(names).find(text)
    monkeypatch.setattr("therapies.matching.product_names.FEW", 0)
    assert Names(names).find(text) == few == [NameMatch(*names[place]) for place in (2, 0, 1)]


def test_an_end_of_a_turn_that_never_began_turns_nothing():
    assert turn("\u202cSIR-\u202eserehpS\u202c\u202c") == "SIR-Spheres"


def test_tm_by_itself_is_a_word():
    assert comparable("tm") == "tm"
    assert comparable("The TM of SIRtm") == f"the tm of sir{ASIDE_OPENS}tm{ASIDE_CLOSES}"
