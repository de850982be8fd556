"""Normalise text, so that all spellings of a name become one, and cut it where a name may begin or end.

Source: Unicode Standard, sections 5.21 (default-ignorable characters) and 23.8 (interlinear
annotation), Annexes 15 (normalisation forms) and 29 (words).
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from unicodedata import category, combining, decimal, decomposition, normalize

from .look_alikes import LATIN

# Between two of these stands what is set aside: a raised footnote number, a reading above a word.
ASIDE_OPENS, ASIDE_CLOSES = "\ufffa", "\ufffb"
# Parts two texts so that no name spans both. It is doubled because a single separator, pasted
# from elsewhere, must not hide a name.
BREAK = "\u2029\u2029"
# Parts two neighbours, such as paragraphs: a long name may be split over both.
SEAM = "\u2028\u2028"

# The characters that are told apart below, with their general categories; the rest are letters and
# signs that stand for themselves.
LOOKED_AT = [*range(0x80, 0x3400), *range(0xA000, 0xAC00), *range(0xFB00, 0x10000), *range(0x1F100, 0x1F200)]
CATEGORIES = {code: category(chr(code)) for code in LOOKED_AT}


def _class_of(codes: Iterable[int]) -> str:
    """Return `codes`, in order, as they stand in a pattern's square brackets."""
    runs = groupby(enumerate(codes), lambda place: place[1] - place[0])
    ends = ([code for _place, code in run] for _step, run in runs)
    return "".join(f"{re.escape(chr(run[0]))}-{re.escape(chr(run[-1]))}" for run in ends)


def _is_set_aside(code: int) -> bool:
    """Say whether this is a raised, lowered or circled character, or an accent on nothing."""
    return decomposition(chr(code)).startswith(("<super>", "<sub>", "<circle>", "<compat> 0020 "))


MARKS = _class_of(code for code, kind in CATEGORIES.items() if kind.startswith("M"))
DASHES = _class_of(code for code, kind in CATEGORIES.items() if kind == "Pd")
RAISED = _class_of(filter(_is_set_aside, LOOKED_AT))
SET_ASIDE = re.compile(f"[{RAISED}]+")

# Scripts that put no space between words, or write other words onto a name: particles in Korean,
# "and" or "the" in Arabic and Hebrew. A name matches anywhere inside a run of their letters.
UNSPACED = (
    "\u05d0-\u05f4\u0600-\u06ff\u0750-\u077f\u0870-\u08ff"  # Hebrew, Arabic
    "\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Thai, Lao, Burmese
    "\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9df"  # Khmer, Tai, Balinese, Javanese
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"  # radicals, iteration marks
    "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# What may stand between the parts of a name, or right beside it: spaces, controls, dashes, middle
# dots, the signs of registration and of footnotes, what Word leaves of a soft hyphen, what stands
# for a lost character, icons.
SOFT = (
    rf"\s\x00-\x1f\x7f-\x9f_\-{DASHES}\u2212\u2043\u02d7\u2796\u2500\u2501"
    r"·‧⋅∙・®©℗*⁎∗†‡¬\ufffc\ufffd\ue000-\uf8ff"
)
WORD = rf"[^\W_{UNSPACED}]"
LETTER = rf"[^\W\d_{UNSPACED}]"
DASH = rf"[\-{DASHES}]?"
# What may stand between the parts too where no space is beside it: any other sign but brackets, quotation
# marks, and what words without spaces are parted by. Between two digits it is a number's own.
HARD = rf"\w{SOFT}()\[\]{{}}=%+\"“”„«»‹›\u3000-\u303f{ASIDE_OPENS}{ASIDE_CLOSES}{MARKS}"
GLUE = rf"[^,;{HARD}]"
GLUED = re.compile(
    rf"[^{HARD}](?:(?<![,;])(?:(?<={WORD}.)|(?<={WORD}[\-{DASHES}].))"
    rf"(?:(?<!\d.)|(?!{GLUE}{{0,2}}{DASH}\d)){GLUE}{{0,2}}(?={DASH}{WORD})"
    rf"|(?<={LETTER}[,;])(?={LETTER})"
    rf"|(?<={WORD}\s/)(?=\s{WORD})"
    r"|(?<=\b\w\.)(?=\s\w\b)|(?:(?<=\w\.\s\w\.)|(?<=\w\.\w\.))(?=\s\w))"  # S. I. R.
)
PLUS = re.compile(rf"\+(?<={WORD}\+)(?={WORD})")  # which may be the end of a name
# Words in plain letters come first because they are the most, and the quickest to see. What parts most
# words is passed over together with the token before it.
TOKEN = re.compile(
    r"([a-z0-9]++(?![^\x00-\x7f])"
    rf"|[{UNSPACED}][{MARKS}]*+|{WORD}++(?:[{MARKS}]++{WORD}*+)*+"
    rf"|\u2029\u2029++|\u2028\u2028++|[^{SOFT}])[ \-]*+"
)

# Default-ignorable characters, the anchor of an annotation, and the points and strokes that Arabic
# and Hebrew are written with or without.
IGNORED = re.compile(
    "[\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufff9\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u0640\u064b-\u0652\u0670\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]+"
)
# The space without width parts words (Annex 29); fillers and the empty Braille cell look blank.
ONE_FOR_ANOTHER = {
    **dict.fromkeys(map(ord, "\u200b\u115f\u1160\u3164\uffa0\u2800"), " "),
    **dict.fromkeys(map(ord, "‘’‛′ʹʻʼʽꞋꞌ"), "'"),
    **dict.fromkeys(map(ord, "⁄∕⧸"), "/"),
    **{code: str(decimal(chr(code))) for code, kind in CATEGORIES.items() if kind == "Nd"},
    ord("ı"): "i",
}
# Accents and strokes over any letter, and as many more as anybody cares to pile on one.
ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# What folding leaves alone but for its case; all else is folded run by run.
PLAIN = (
    "\x00-\x7f©®ß\u05d0-\u05ea"
    "\u0621\u0627-\u063f\u0641-\u064a\u0904-\u0928\u092a-\u0930\u0932-\u0933\u0935-\u0939"
    "\u0e01-\u0e32\u0e34-\u0e3a\u0e40-\u0e4e–—“”„•\u2028\u2029\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u30fc"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\ufffa\ufffb"
)
# Spelled so that the search for its first character is a quick one, and so that no raised sign is cut.
RUN_LENGTH = 32
RUN = re.compile(f"[^{PLAIN}][^{PLAIN}]{{0,{RUN_LENGTH - 1}}}[{RAISED}]{{0,3}}")
# (R) and (TM) in letters, and raised ones, Canada's MC and MD (marque de commerce, déposée) among them.
# Two patterns, as each is quick to search for its first character.
SIGN = re.compile(rf"\([\s{ASIDE_OPENS}]*(?:r|c|tm|sm)[\s{ASIDE_CLOSES}]*\)")
RAISED_SIGN = re.compile(rf"{ASIDE_OPENS}\s*(?:r|c|tm|sm|mc|md|mr)\s*{ASIDE_CLOSES}")
LONG_VOWEL_FOR_DASH = re.compile("(?<=[a-z0-9])ー(?=[a-z0-9])")  # one key on a Japanese keyboard
# Only from where "tmtm" begins, or each "tm" in it would be tried; its first letters come first, as
# they are quick to search for.
GLUED_TM = re.compile(rf"tm(?<!tmtm)(?:tm)*+(?![\w{MARKS}])")


def fold(text: str, runs: set[str] | None = None, *, by_look: bool = False) -> str:
    """Return `text` in the one spelling that its letters have here; what is raised is set aside.

    The pieces of it that are more than plain are added to `runs`. Where it goes `by_look`, letters
    become the Latin ones that they look like.
    """
    if text.isascii():
        folded = text.lower()
    else:
        folded = _fold_letters(text, set() if runs is None else runs, _look_run if by_look else _fold_run)
    return RAISED_SIGN.sub("®", SIGN.sub("®", folded))


def comparable(text: str, runs: set[str] | None = None, *, by_look: bool = False) -> str:
    """Return `text` as names are compared in it: folded, with "TM" set aside that addresses make of ™."""
    return GLUED_TM.sub(_set_aside, fold(text, runs, by_look=by_look))


def tokens_of(text: str) -> list[str]:
    """Return what a comparable `text` is made of: words, letters without spaces, punctuation, breaks."""
    tokens: list[str] = TOKEN.findall(text)
    return tokens


def unglued(text: str) -> str:
    """Return a comparable `text` with a dash for the signs that join two words without a space."""
    loose = GLUED.sub("-", text)
    return PLUS.sub(rf"{ASIDE_OPENS}\g<0>{ASIDE_CLOSES}", loose) if "+" in loose else loose


def is_spoken(token: str) -> bool:
    """Say whether a token has letters or digits."""
    return any(map(str.isalnum, token))


def without_accents(text: str) -> str:
    """Return `text` with its letters bare."""
    return normalize("NFC", ACCENTS.sub("", normalize("NFD", ACCENTS.sub("", text))))


def _fold_letters(text: str, runs: set[str], fold_piece: Callable[[str], str]) -> str:
    def fold_run(found: re.Match[str]) -> str:
        runs.add(found[0])
        return fold_piece(found[0])

    folded = normalize("NFC", _lower(RUN.sub(fold_run, text)))
    return LONG_VOWEL_FOR_DASH.sub("-", folded) if "ー" in folded else folded


def _lower(text: str) -> str:
    """Fold the case of what is plain, which is that of ASCII and of ß, quicker than all of Unicode's is."""
    text = text.replace("ß", "ss")
    return text.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


@lru_cache(maxsize=4096)
def _fold_run(run: str) -> str:
    seen = ACCENTS.sub("", IGNORED.sub("", run))
    if len(run) >= RUN_LENGTH and all(map(combining, seen)):
        return ""  # no text has so many accents on a letter, and to order them takes their square
    seen = normalize("NFC", seen)
    plain = normalize("NFKC", SET_ASIDE.sub(rf"{ASIDE_OPENS}\g<0>{ASIDE_CLOSES}", seen))
    return without_accents(IGNORED.sub("", plain.translate(ONE_FOR_ANOTHER))).casefold()


@lru_cache(maxsize=4096)
def _look_run(run: str) -> str:
    return _fold_run(without_accents(run).translate(LATIN))


def _set_aside(glued: re.Match[str]) -> str:
    before = glued.string[glued.start() - 1] if glued.start() else " "
    if before.isalnum() or category(before).startswith("M"):
        return f"{ASIDE_OPENS}{glued[0]}{ASIDE_CLOSES}"
    return glued[0]
