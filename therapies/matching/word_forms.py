"""The forms that a name's words take in English, German and French: inflected, or first in a compound.

Closed lists: what else is written onto a name makes another word, and at most a near name.
"""

from functools import lru_cache
from itertools import product

from .look_alikes import alike

# Plurals, genitives, and adjectives' endings.
ENDINGS = ("", "s", "es", "e", "n", "en", "er", "ern", "em", "ens")
LINKS = ("", "s", "n", "en", "es")  # of German compounds
PARTS = """
    angiographie anreicherung anwender anwendung anwendungen applikation arzt arzte aufnahme
    ausbildung behandelt behandelte behandelten behandlung behandlungen bindung chemoembolisation
    daten depot dosierung dosis eingriff einsatz embolisation embolisierung emulsion emulsionen erfahrung
    erfahrungen ergebnis ergebnisse forschung gabe gemisch gruppe hersteller implantat
    implantation indikation indikationen infusion injektion kandidat kandidaten katheter klinik klinisch
    kontrast kosten kugel kugeln kurs lieferung losung markiert markierung markt menge methode mikrosphare
    mikrospharen mischung nachsorge nebenwirkung nebenwirkungen operation partikel patient patienten
    patientin patientinnen patients praparat preis produkt produkte programm radioembolisation register
    risiken risiko schulung sicherheit speicherung spharen spritze studie studien system systeme team
    technik therapie therapien therapies therapy treated treatment tropfen verabreichung verfahren
    versorgung verteilung vertrieb verwendet verwendung vorbereitung vorrat wirkung zentren zentrum zufuhr
    zulassung
""".split()  # noqa: SIM905 - a list of words is read as one
TAILS = frozenset(
    alike("".join(parts))
    for parts in [*((end,) for end in ENDINGS if end), *product(LINKS, PARTS, ("", "s", "e", "n", "en"))]
)
MAX_TAIL = max(map(len, TAILS))
# A shorter name takes no ending but an s: what else begins with it is likely a word of its own.
INFLECTED = 5
SHORTEST = 3


@lru_cache(maxsize=1 << 15)
def heads(token: str) -> tuple[str, ...]:
    """Return what is left of a `token` that ends like a form of a word, for each such ending."""
    cuts = range(max(SHORTEST, len(token) - MAX_TAIL), len(token))
    return tuple(token[:cut] for cut in cuts if token[cut:] in TAILS)


def takes(name: str, tail: str) -> bool:
    """Say whether a name, its parts joined, is inflected by `tail`."""
    return len(name) >= INFLECTED or (tail == "s" and len(name) >= SHORTEST)


def forms_of(words: list[str]) -> list[str]:
    """Return the words of a name joined, as they are and with one or all of them in another number.

    The last one's plural is left to `heads`, as texts write more than that onto it; but not the one in
    x, which French has after a u alone.
    """
    singular = [_singular(word) for word in words]
    plural = [word + "s" if _is_inflected(word) else word for word in words[:-1]]
    changed = [[*words[:place], one, *words[place + 1 :]] for place, one in enumerate(singular)]
    changed += [[*words[:place], one, *words[place + 1 :]] for place, one in enumerate(plural)]
    changed += [[*words[:-1], words[-1] + "x"]] if words and words[-1].endswith("u") else []
    return ["".join(form) for form in [words, singular, *changed]]


def _singular(word: str) -> str:
    if not _is_inflected(word) or word.endswith("ss"):
        return word
    return word[:-1] if word.endswith(("s", "en")) else word


def _is_inflected(word: str) -> bool:
    return len(word) >= INFLECTED and word.isalpha()
