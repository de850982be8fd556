"""Write the table of look-alikes anew: `python -m tests.look_alikes`.

It takes the confusables (UTS #39) that ICU has, and needs its library (Debian: libicu72), which
neither the site nor its tests do.
"""

import ctypes
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from ctypes.util import find_library
from string import ascii_lowercase
from unicodedata import category, decimal, name, normalize

from therapies.matching.look_alikes import TABLE
from therapies.matching.normalisation import UNSPACED

SIZE = 256
# Letters that their own names call a Latin one: UTS #39 has no Latin letter for most of these.
SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])$")
CALLED = re.compile(
    "(?:LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH .*"
    "|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])"
    "|REGIONAL INDICATOR SYMBOL LETTER ([A-Z]))$"
)
# What people write for a Latin letter because it looks like one at a glance, though UTS #39 has another
# letter for it or none: converters to "fancy letters" offer these alphabets. Letters in brackets among them.
BY_EYE = {
    "a": "ΛДⲀᗩ",
    "b": "Ᏸ",
    "c": "¢ᑕ",
    "d": "∂Ꭰժ",
    "e": "ΣЄєɛεƐҽЭⲈᏋ",
    "f": "ʄᎦ",
    "g": "Ꮆ",
    "h": "ЂЋђɧҺᏥⲎի",
    "i": "ᎥᎨᏆⲒ",
    "j": "ʝ",
    "k": "ЖⲔ",
    "l": "Ꮭ",
    "m": "ᗰɱᎷⲘ",
    "n": "ПИηпղռᏁⲚ",
    "o": "ΘθᎾΦ",
    "p": "ᑭ℘ƥքᎵρⲢ",
    "q": "զ",
    "r": "ЯяᖇᏒɾ",
    "s": "ᔕᏕʂƧƨ",
    "t": "ᎿէŦⲦ",
    "u": "ЦᏬմ",
    "v": "ᐯᏉ",
    "w": "ЩШщшᏔωա",
    "x": "χ᙭",
    "y": "ԿվᎩ",
    "z": "ᏃՀ",
}
FIRST_IN_BRACKETS = 0x249C
# Scripts that are matched letter by letter, and those whose vowels are marks.
LEFT_ALONE = re.compile(
    f"[{UNSPACED}\u0900-\u0dff\u0f00-\u0fff\u3000-\u9fff\ua840-\uabff\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00011000-\U00011fff\U00020000-\U0010ffff]"
)


def skeletons() -> Callable[[str], str]:
    """Return ICU's function from a text to its skeleton."""
    library = find_library("icui18n") or sys.exit("ICU is not installed.")
    icu, version = ctypes.CDLL(library), library.rpartition(".")[2]
    opened, skeleton_of = icu[f"uspoof_open_{version}"], icu[f"uspoof_getSkeletonUTF8_{version}"]
    opened.restype = ctypes.c_void_p
    text, size, pointer = ctypes.c_char_p, ctypes.c_int32, ctypes.c_void_p
    skeleton_of.argtypes = [pointer, ctypes.c_uint32, text, size, text, size, pointer]
    checker, buffer = opened(ctypes.byref(ctypes.c_int(0))), ctypes.create_string_buffer(SIZE)

    def skeleton(letter: str) -> str:
        given = letter.encode()
        error = ctypes.byref(ctypes.c_int(0))
        length = skeleton_of(checker, 0, given, len(given), buffer, SIZE, error)
        return bare(buffer.raw[:length].decode())

    return skeleton


def bare(text: str) -> str:
    """Return `text` without marks on its letters."""
    return "".join(one for one in normalize("NFD", text) if not category(one).startswith("M"))


def letters() -> list[str]:
    """Return the characters that may look like a Latin letter, and that no other rule has turned into one."""
    scalars = (chr(code) for code in range(0x80, 0x20000) if not 0xD800 <= code < 0xE000)
    return [
        one
        for one in scalars
        if (one.isalnum() or CALLED.match(name(one, "")))
        and not LEFT_ALONE.match(one)
        and decimal(one, None) is None
        and bare(one) == one
        and not normalize("NFKC", one).isascii()
        and not one.casefold().isascii()
    ]


def table() -> dict[str, str]:
    """Return each Latin letter, or letters, with all that look like it."""
    skeleton, found = skeletons(), defaultdict[str, str](str)
    called = {one: SMALL_CAPITAL.match(name(one, "")) for one in letters()}
    small_capitals = {skeleton(one): match[1] for one, match in called.items() if match}
    for one in letters():
        alike = skeleton(one)
        if not (alike.isascii() and alike.isalnum()):
            by_name = called[one] or CALLED.match(name(one, ""))
            alike = small_capitals.get(alike) or (next(filter(None, by_name.groups())) if by_name else "")
        if alike:
            found[alike.casefold()] += one
    return with_those_by_eye(found)


def with_those_by_eye(found: Mapping[str, str]) -> dict[str, str]:
    """Return `found` with what looks like a Latin letter to people, each once."""
    eyed = {one: latin for latin, alike in BY_EYE.items() for one in alike}
    eyed |= {chr(FIRST_IN_BRACKETS + place): latin for place, latin in enumerate(ascii_lowercase)}
    kept = {latin: "".join(one for one in alike if one not in eyed) for latin, alike in found.items()}
    for one, latin in eyed.items():
        kept[latin] = kept.get(latin, "") + one
    return {latin: "".join(sorted(alike)) for latin, alike in sorted(kept.items()) if alike}


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table(), ensure_ascii=False, indent=0) + "\n")
