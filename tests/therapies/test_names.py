"""Product names are found however they are disguised, and only where they stand as whole words."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from therapies.names import Names
from therapies.wording import words_of

SIR, THERA, SHORT, FOREIGN, SLASH = range(1, 6)
NAMES = Names(
    [
        ("SIR-Spheres", SIR),
        ("SIR-Spheres Y-90 resin microspheres", SIR),
        ("TheraSphere", THERA),
        ("Y-90", SHORT),
        ("释倍灵", FOREIGN),
        ("ซีร์สเฟียร์", FOREIGN),
        ("시르스피어", FOREIGN),
        ("سير-سفيرز", FOREIGN),
        ("Σφαίρες", FOREIGN),
        ("5-FU/FA", SLASH),
        ("Ménage", SLASH),
    ]
)

FOUND = {
    SIR: [
        "SIR-Spheres",
        "sir-spheres",
        "SIR-SPHERES",
        "Sir-Spheres",
        "SIR Spheres",
        "SIRSpheres",
        "sirspheres",
        "SIR - Spheres",
        "SIR  Spheres",
        "SIR\tSpheres",
        "SIR\nSpheres",
        "SIR-\nSpheres",
        "SIR\r\nSpheres",
        "SIR\u00a0Spheres",
        "SIR\u202fSpheres",
        "SIR\u2009Spheres",
        "SIR\u3000Spheres",
        "SIR\u2011Spheres",
        "SIR\u2010Spheres",
        "SIR–Spheres",
        "SIR—Spheres",
        "SIR\u2212Spheres",
        "SIR\ufe63Spheres",
        "SIR－Spheres",
        "SIR_Spheres",
        "sir_spheres",
        "SIR--Spheres",
        "SIR-\u00adSpheres",
        "SI\u00adR-Sphe\u00adres",
        "SIR-Sphe\u200bres",
        "SIR\u200d-\u200cSpheres",
        "SIR-\u2060Spheres",
        "\ufeffSIR-Spheres",
        "SIR-Sph\u200eeres",
        "\u202aSIR-Spheres\u202c",
        "SIR-Spheres\ufe0f",
        "SIR\u034f-Spheres",
        "SIR®-Spheres®",
        "SIR-Spheres®",
        "SIR-Spheres™",
        "SIR-Spheres ®",
        "SIR-Spheres\u2120",
        "SIR-Spheres(R)",
        "SIR-Spheres (TM)",
        "SIR(tm)-Spheres",
        "SIR-SpheresTM",
        "SIR-Spheres©",
        "ＳＩＲ－Ｓｐｈｅｒｅｓ",
        "𝐒𝐈𝐑-𝐒𝐩𝐡𝐞𝐫𝐞𝐬",
        "ⓈⒾⓇ-Spheres",
        "SIR-Spheres¹",
        "SIR-Spheres¹²",
        "SIR-Spheres₁",
        "SIR-Spheres.",
        "(SIR-Spheres)",
        "“SIR-Spheres”",
        "SIR-Spheres,",
        "SIR-Spheres’s",
        "SIR-Spheres'",
        "SIR-Spheres/TheraSphere",
        "SIR-Spheres-Mikrosphären",
        "non-SIR-Spheres",
        "anti‑SIR‑Spheres",
        "SIR-Spheres: what now",
        "sir-spheres-y-90",
        "/eu/sir-spheres/",
        "sir_spheres_leaflet.pdf",
        "https://example.com/SIR-Spheres?x",
        "#SIRSpheres",
        "使用SIR-Spheres微球",
        "SIR-Spheresの治療",
        "SIR-Spheres를",
        "SIR-Spheresเป็น",
        "SIR-Spheres Y-90 resin microspheres",
        "SIR\u2011Spheres® Y\u201190 Resin Microspheres",
        "SIR-Spheres Y90",
    ],
    THERA: ["TheraSphere", "Therasphere", "THERASPHERE", "Thera-Sphere", "Thera Sphere", "thera\u00adsphere"],
    SHORT: ["Y-90", "y90", "Y 90", "Y–90", "Y⁹⁰", "Y₉₀", "(Y-90)", "Y-90-"],
    FOREIGN: [
        "释倍灵",
        "使用释倍灵治疗",
        "释\u200b倍灵®",
        "ซีร์สเฟียร์",
        "ใช้ซีร์สเฟียร์รักษา",
        "시르스피어",
        "시르스피어를",
        "سير-سفيرز",
        "سير سفيرز",
        "σφαίρες",
        "ΣΦΑΊΡΕΣ",
    ],
    SLASH: ["5-FU/FA", "5‑fu/fa", "5 FU / FA", "Ménage", "Me\u0301nage", "MÉNAGE"],
}
NOT_FOUND = [
    "",
    "SIR",
    "Spheres",
    "Spheres SIR",
    "SIRT",
    "sir, spheres",
    "Sir. Spheres",
    "SIR; Spheres",
    "SIR: Spheres",
    "SIR! Spheres",
    "SIR? Spheres",
    "SIR (Spheres)",
    "SIR / Spheres",
    "SIR ¶ Spheres",
    "SIR “Spheres”",
    "SIR and Spheres",
    "SIR-Sphere",
    "SIR-Spheress",
    "SIR-Spheresx",
    "SIR-Spheres1",
    "SIR-Spheres90",
    "XSIR-Spheres",
    "1SIR-Spheres",
    "ASIRSpheres",
    "SIRSpheresA",
    "DESIR-Spheres",
    "SIR-Atmospheres",
    "S.I.R.-Spheres",
    "SIR-Spheres\u0301",
    "SÎR-Spheres",
    "SIR-Sphères",
    "the ra sphere",
    "Ther aSphere",
    "Thera, Sphere",
    "TheraSpheres",
    "XTheraSphere",
    "Y, 90",
    "Y.90",
    "Y: 90",
    "Y-900",
    "Y-9 0",
    "XY-90",
    "Y / 90",
    "5 FU FA",
    "5-FU-FA",
    "5-FU, FA",
    "15-FU/FA",
    "5-FU/FAX",
    "Menage",
    "释 ¶ 倍灵",
    "释倍",
    "倍灵释",
    "σφαίρ",
    "سفيرز",
    "microspheres",
    "resin microspheres",
]


def products(text: str) -> set[int]:
    return {mention.product for mention in NAMES.find(text)}


@pytest.mark.parametrize(("product", "text"), [(p, text) for p, texts in FOUND.items() for text in texts])
def test_a_disguised_name_is_found(product, text):
    assert product in products(text)
    assert product in products(f"Before it – {text} – after it.")


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_name_is_left_alone(text):
    assert products(text) == set()
    assert products(f"Before it, {text}, after it.") == set()


def test_the_tables_are_as_long_as_they_must_be():
    assert sum(map(len, FOUND.values())) >= 80
    assert len(NOT_FOUND) >= 40


def test_the_whole_name_counts_where_a_part_of_it_is_one_too():
    found = NAMES.find("SIR-Spheres Y-90 resin microspheres, and SIR-Spheres.")
    assert [mention.name for mention in found] == [
        "SIR-Spheres Y-90 resin microspheres",
        "Y-90",  # another product's, within
        "SIR-Spheres",
    ]


def test_two_products_of_one_name_are_both_found():
    shared = Names([("Alpha", 1), ("ALPHA", 2)])
    assert [mention.product for mention in shared.find("alpha")] == [1, 2]


@pytest.mark.parametrize("name", ["", " ", "®", "-", "(R)", "\u200b"])
def test_a_name_without_a_letter_or_digit_is_none(name):
    with pytest.raises(ValueError, match="holds no letter or digit"):
        Names([(name, 1)])


words = st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=1, max_size=8)
breaks = st.sampled_from([" ", ", ", ". ", "\n", " – ", " “", "” ", "; ", "\u00a0"])
unseen = st.sampled_from(["", "\u00ad", "\u200b", "\u2060", "\ufeff", "®", "™", "\u200e"])
hyphen = st.sampled_from(["-", " ", "", "\u2011", "–", "\u00a0", "_", "\n", " - "])
form = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
case = st.sampled_from([str.lower, str.upper, str.title, str])


@st.composite
def disguised(draw) -> str:
    first, second = ("".join(letter + draw(unseen) for letter in part) for part in ("SIR", "Spheres"))
    name = draw(case)(first + draw(hyphen) + second)
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), name)


@given(st.lists(words), disguised(), st.lists(words), breaks, breaks)
def test_a_name_between_words_is_found(before, name, after, left, right):
    text = " ".join(before) + left + name + right + " ".join(after)
    assert SIR in products(text)


wrap = st.sampled_from(["b", "i", "em", "a href='/'", "span", "sup", "sub"])


@given(st.integers(1, 10), wrap, st.sampled_from(["p", "li", "h2", "td", "div"]), disguised(), words)
def test_a_name_across_inline_tags_is_found(cut, tag, block, name, word):
    marked = f"{name[:cut]}<{tag}>{name[cut:]}</{tag.split()[0]}>"
    inline = marked if tag not in ("sup", "sub") else f"<{tag}>{name}</{tag}>"
    html = f"<{block}>{word} {inline}, {word}</{block}>"
    assert SIR in products(words_of(html)), html


@given(st.text())
@example("\ud7ff")
@example("İ")
def test_any_text_can_be_read(text):
    NAMES.find(text)
    words_of(text)


@given(st.text(), form)
def test_the_unicode_form_makes_no_difference(text, form):
    assert SIR in products(unicodedata.normalize(form, f", {text} , SIR-Spheres, "))
