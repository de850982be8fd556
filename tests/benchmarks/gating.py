"""Gating a page: against BeautifulSoup, against a bare parser, and as pages and policies grow."""

from collections.abc import Callable, Iterator
from itertools import count

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from region_gate.html import rewriting
from region_gate.html.link_sources import READERS
from region_gate.html.rewriting import Gate, gate_links
from region_gate.links import destinations
from region_gate.links.destinations import MAX_URL_LENGTH, Viewpoint
from region_gate.links.policies import Decision, Policies, PolicyRule
from region_gate.links.regions import Address, Regions, RegionSpec
from region_gate.links.signing import Keys
from region_gate.page_sentences import page_words

from .figures import Figure, seconds_each

HOST = "www.example.com"
ATTRIBUTES = {"href", "xlink:href", "action", "formaction", "src", "srcdoc", "data", "ping", "codebase"}
KEYS = Keys("a secret for benchmarks")
PAGE_SIZE = 40_000  # characters
LINKS = 80
RUN = 10  # calls timed together, so that both sides are met in their stride
WORDS = "Standard chemotherapy regimens include combinations, which may be given alone. "
BLOCK = (
    '<section class="section"><h2 id="part-{n}">Part {n}</h2><p><b>One.</b> {text}</p>'
    '<ul class="list"><li><i>See</i> <a class="link" href="{href}">number {n}</a>.</li></ul></section>\n'
)
MARKUP = 180  # characters of a block besides its text
numbers = count()


def figures() -> Iterator[Figure]:
    """Give all figures about gating."""
    gate = _gate(regions=4, policies=10)
    yield from _against_others(gate)
    yield _growth_with_links(gate)
    yield _growth_with_length(gate)
    yield _growth_with_policies()


def page(links: int = LINKS, size: int = PAGE_SIZE, stamp: int | None = None) -> str:
    """Return a page of about `size` characters with `links` ways out, never seen before but for `stamp`.

    It has as many elements for its length and its links as the demo's treatment page.
    """
    stamp = next(numbers) if stamp is None else stamp
    text = WORDS * max(1, (size // links - MARKUP) // len(WORDS))
    blocks = "".join(BLOCK.format(n=n, text=text, href=_href(n, stamp)) for n in range(links))
    return f"<!DOCTYPE html><html lang=en><head><title>A page</title></head><body>{blocks}</body></html>"


def _href(n: int, stamp: int) -> str:
    """Return one of the usual kinds of address: half of them cross."""
    kinds = (
        f"/r0/page-{stamp}-{n}/",
        f"https://site-{n}.test/article-{stamp}/",
        f"/r1/page-{stamp}-{n}/",
        f"#part-{stamp}-{n}",
    )
    return kinds[n % len(kinds)]


def _gate(*, regions: int, policies: int) -> Gate:
    places = [(f"r{n}", f"/r{n}/") for n in range(regions)]
    known = Regions(
        tuple(
            RegionSpec(code, code, (Address(HOST, prefix, "en"), Address(HOST, f"/de{prefix}", "de")))
            for code, prefix in places
        ),
        frozenset({HOST}),
    )
    decided = Policies(PolicyRule(Decision.EXEMPT, f"partner-{n}.test", "/a/") for n in range(policies))
    return Gate(
        Viewpoint.at(f"https://{HOST}/r0/page/", known, decided), "/leaving/", KEYS, words=page_words("en")
    )


def forget_links() -> None:
    """Have every link be one that the gate has not seen."""
    destinations._seen.cache_clear()
    rewriting._seen_address.cache_clear()


def _unseen(gate: Gate, links: int = LINKS, size: int = PAGE_SIZE, most: int = 150) -> Callable[[], str]:
    """Return what gates a page whose links nobody has seen, the at most `most` pages made beforehand."""
    pages = iter([page(links, size) for _ in range(most)])
    return lambda: gate_links(next(pages), gate)


def _with_soup(html: str, gate: Gate) -> str:
    """Do the same work over BeautifulSoup: look at every place that may lead away, gate what does."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(list(READERS)):
        for attribute in ATTRIBUTES.intersection(element.attrs):
            destination = gate.viewpoint.classify(element[attribute])
            if destination.is_crossing:
                element[attribute] = gate.address(destination)
                element["data-crossing"] = destination.kind
    return str(soup)


def _bare(html: str) -> str:
    return LexborHTMLParser(html).html or ""


def _against_others(gate: Gate) -> Iterator[Figure]:
    """Compare in turn, so that the machine's moods meet all alike."""
    same = page(stamp=-1)
    gate_links(same, gate)
    unseen, bare = seconds_each(_unseen(gate), lambda: _bare(same), repeats=50)
    yield Figure("gate 40 kB, 80 links never seen", unseen * 1000, "ms")
    yield Figure("  times a bare parse and serialise", unseen / bare, "x", 8)
    yield _against_soup(_unseen(gate), gate, 12)
    seen, bare = seconds_each(lambda: gate_links(same, gate), lambda: _bare(same), repeats=50)
    yield Figure("gate 40 kB, 80 links seen before", seen * 1000, "ms")
    yield Figure("  times a bare parse and serialise", seen / bare, "x", 3)
    yield _against_soup(lambda: gate_links(same, gate), gate, 30)


def _against_soup(gating: Callable[[], str], gate: Gate, limit: float) -> Figure:
    """Compare with BeautifulSoup over Python's html.parser, its usual one and the quicker."""
    html = page()
    soup, ours = seconds_each(lambda: _with_soup(html, gate), gating, repeats=15, times=RUN)
    return Figure("  times faster than BeautifulSoup", soup / ours, "x", limit, at_least=True)


def _growth_with_links(gate: Gate) -> Figure:
    """Compare the cost of a link among 10 with that among 10,000, on pages with as much text for each."""
    size = PAGE_SIZE // LINKS
    few = _unseen(gate, 10, 10 * size, most=500)
    many = _unseen(gate, 10_000, 10_000 * size, most=5)
    of_few, of_many = seconds_each(lambda: [few() for _ in range(100)], many, repeats=5)
    cost = (of_many / 10_000) / (of_few / 1_000)
    return Figure("cost of a link, 10,000 against 10 on a page", cost, "x", 1.3)


def _growth_with_length(gate: Gate) -> Figure:
    """Compare the cost of a character in links of 4,000, half of them quoted, with that in short ones."""
    short, long = (_nothing_but_links(length) for length in (60, MAX_URL_LENGTH))
    of_short, of_long = seconds_each(
        lambda: gate_links(next(short), gate), lambda: gate_links(next(long), gate)
    )
    return Figure("a character in links of 4,000 against those of 60", of_long / of_short, "x", 1.3)


def _nothing_but_links(length: int) -> Iterator[str]:
    """Give pages never seen before of 240,000 characters, all of them in third parties' addresses."""
    for stamp in numbers:
        hrefs = [f"https://site-{n}.test/?{stamp}" for n in range(240_000 // length)]
        links = (f'<a href="{(href + "&=" * length)[:length]}">L</a>' for href in hrefs)
        yield f"<!DOCTYPE html><html lang=en><title>A page</title><body>{''.join(links)}</body></html>"


def _growth_with_policies() -> Figure:
    small, large = _gate(regions=4, policies=10), _gate(regions=30, policies=1000)
    few, many = seconds_each(_unseen(small), _unseen(large))
    forget_links()
    return Figure("30 regions, 1,000 policies against 4 and 10", many / few, "x", 1.2)
