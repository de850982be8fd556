"""Guarding publication: finding 500 names in a page, and as the page grows."""

from collections.abc import Callable, Iterator
from itertools import cycle, islice, product

from django.db.models import QuerySet
from django.utils import timezone

from tests.therapies.guard_table import NOTHING, REFUSED, Case, cases, outcome_of
from therapies.guard.label_check import named_in
from therapies.matching.html_text import BREAK, words_of
from therapies.matching.near_names import NearNames
from therapies.matching.product_names import Names
from therapies.models import Product, TherapyPage

from .figures import Figure, seconds, seconds_each

PAGE_SIZE = 50_000  # characters
GROWN = 10  # times as large
NAMES = 500
SENTENCES = (
    "Standard chemotherapy regimens for mCRC include combinations of 5-fluorouracil/folinic acid.",
    "The microspheres are injected through a catheter in the groin – and travel through the arteries.",
    "Therasphere® Y-90 resin microspheres target the tumour’s own vessels, and do little other damage.",
    "In patients just diagnosed with non-operable metastases, it can extend the time¹ before growth.",
)
CHINESE = "微球经导管注入肝动脉，停留在肿瘤周围的细小血管中，释放高剂量辐射。"
# Every name is one of each. Many begin as common words do, which therefore have to be followed.
FIRST = "A In The Thera Sir Ther Mi Pat Can Re Ex Tu Li On Vec Lipio Dia Lu Zen Be"
SECOND = "sphere dol bead cath gel"
LAST = ("", " Plus", "-Y-90", "® Beads", " resin microspheres")
# What makes a naive search go back over and over: text of beginnings, of signs, of accents, and HTML that
# is never closed.
BEGINNINGS = (
    *("a ", "a" * 19 + " ", "1¹", "¹ ", "a\ufffa", "\ufffaa\ufffb", "aa-¹", "sir spheres⁹⁰ "),
    *("tm", "\u0316\u0301"),
)
UNCLOSED = (
    "<p>a",
    "<div>a</div>",
    "<b>",
    "<sup>a",
    "<script></script>",
    "<svg><style>",
    "<iframe srcdoc=",
    "<noscript>",
)


def figures() -> Iterator[Figure]:
    """Give all figures about guarding."""
    known = [(name, number) for number, name in enumerate(_names())]
    names = Names(known)
    page, grown = _page(PAGE_SIZE), _page(GROWN * PAGE_SIZE)
    small, large = seconds_each(lambda: [names.find(page) for _ in range(GROWN)], lambda: names.find(grown))
    yield Figure(f"find {NAMES} names in 50 kB", small / GROWN * 1000, "ms", 5)
    yield Figure(f"  cost of a character, {GROWN} times as many", large / small, "x", 1.2)
    chinese = (CHINESE * PAGE_SIZE)[: PAGE_SIZE // len("微".encode())]
    yield Figure("  50 kB of Chinese", seconds(lambda: names.find(chinese)) * 1000, "ms", 5)
    inflected = page.replace("Therasphere®", "ТhеrаSрhеrеs", 10).replace(
        "Therasphere®", "Theraspherenbehandlung"
    )
    yield Figure(
        "  50 kB, inflected and in two scripts", seconds(lambda: names.find(inflected)) * 1000, "ms", 5
    )
    near = NearNames(known)
    yield Figure(
        "  what resembles a name in 50 kB", seconds(lambda: near.find(page), repeats=5) * 1000, "ms", 500
    )
    html = "".join(f"<p>{line}<sup>1</sup></p>\n" for line in page.split(BREAK))
    yield Figure("words of 50 kB of HTML", seconds(lambda: words_of(html)) * 1000, "ms")
    begun = Names([("a" * 20 + "b", 1), ("1" * 12 + "x", 2), ("SIR-Spheres Y-90", 3)])
    growth = max(_growth(begun.find, piece, 500) for piece in BEGINNINGS)
    yield Figure(f"  beginnings, cost of a letter, {GROWN} times as many", growth, "x", 1.5)
    growth = max(_growth(words_of, piece, 300 * len(piece)) for piece in UNCLOSED)
    yield Figure(f"  unclosed HTML, of an element, {GROWN} times as many", growth, "x", 2)
    yield from _table_figures()
    yield Figure(f"prepare {NAMES} names", seconds(lambda: Names(known), repeats=5) * 1000, "ms")


def _table_figures() -> Iterator[Figure]:
    """Give what of the table of disguises and innocent sentences is told rightly."""
    planted, innocent = ([case for case in cases() if case.outcome == kind] for kind in (REFUSED, NOTHING))
    found, alarms = _refused(planted), _refused(innocent)
    yield Figure(f"  disguises found, of {len(planted)} planted", found, "texts", len(planted), at_least=True)
    yield Figure(f"  false alarms in {len(innocent)} innocent texts", alarms, "texts", 0)


def _refused(told: list[Case]) -> int:
    return sum(outcome_of(case.text) == REFUSED for case in told)


def page_figures() -> Iterator[Figure]:
    """Give what it takes to guard a page of 50 kB, its names found anew and its products in the database."""
    QuerySet(Product).bulk_create(
        Product(name=name, maker="Sirtex", live=True, first_published_at=timezone.now()) for name in _names()
    )
    lines = _page(PAGE_SIZE).split(BREAK)
    page = TherapyPage(title="Guarded", slug="guarded", intro="".join(f"<p>{line}</p>" for line in lines))
    taken = seconds(lambda: named_in(page), repeats=50, rounds=20)
    yield Figure(f"guard a page of 50 kB, {NAMES} names", taken * 1000, "ms", 5)
    Product.objects.filter(name__in=_names()).delete()


def _growth(work: Callable[[str], object], piece: str, size: int) -> float:
    """Return how much more a letter of `piece` over and over costs where there is more of it."""
    text, grown = ((piece * size * GROWN)[: size * times] for times in (1, GROWN))
    small, large = seconds_each(lambda: [work(text) for _ in range(GROWN)], lambda: work(grown), repeats=7)
    return large / small


def _names() -> list[str]:
    return ["".join(parts) for parts in product(FIRST.split(), SECOND.split(), LAST)]


def _page(size: int) -> str:
    """Return `size` characters of paragraphs of one sentence each."""
    longest = max(map(len, SENTENCES))
    return BREAK.join(islice(cycle(SENTENCES), 2 * size // longest))[:size]
