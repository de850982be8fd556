"""Measure how many pages a second the site serves, on this machine alone; takes some minutes.

`python -m tests.load`: needs `wrk`. Prints a table; status 1 where a figure is not met, 2 without `wrk`.
The site, its demo and a larger one are made in a folder of their own, and go with it.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from tests.benchmarks.figures import Figure
from tests.browser.server import free_port

from .servers import make_demo, manage, running

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
SECONDS, ROUNDS, CONNECTIONS = 3, 5, 4
SERVERS = ("gunicorn", "granian")
CHOSEN = "gunicorn"  # why: docs/operations.md, "The server"
STATIC = "load.html"
NOTHING_KEPT = {"PAGE_CACHE_MEGABYTES": "0"}


def main(folder: Path) -> int:
    """Measure all, print it, and return the status."""
    port = str(free_port())  # where the demo's site stands: pages are kept at their own host alone
    demo, large = prepare(folder, port)
    figures = [*compare_servers(demo, port), *compare_sizes(demo, large, port)]
    for one in figures:
        mark = "" if one.is_met else "NOT MET"
        print(f"{one.name:<52}{one.value:>10.2f} {one.unit:<6}{one.demand:<14}{mark}")
    return int(not all(one.is_met for one in figures))


def prepare(folder: Path, port: str) -> tuple[Path, Path]:
    """Return the folders of a demo site and of one grown to 10,000 pages."""
    demo, large = folder / "demo", folder / "large"
    demo.mkdir()
    make_demo(demo, port)
    shutil.copytree(demo, large)
    manage(large, port, "-m", "tests.load.large_site")
    return demo, large


def compare_servers(demo: Path, port: str) -> Iterator[Figure]:
    """Give what each server makes of a cold, a cached and a static page, and of a bare application."""
    found = {server: rates_of(server, demo, port) for server in SERVERS}
    for server, rates in found.items():
        yield from (Figure(f"{server}: {name}", each, "/s") for name, each in rates.items())
        is_ours = server == CHOSEN
        against_static, of_304 = rates["cached"] / rates["static"], rates["304"] / rates["cached"]
        yield Figure(f"{server}: cached against static", against_static, "x", 0.8 if is_ours else None, True)
        yield Figure(f"{server}: cached against bare", rates["cached"] / rates["bare"], "x")
        yield Figure(f"{server}: 304 against cached", of_304, "x", 1.1 if is_ours else None, True)
    gunicorn, granian = (found[server] for server in SERVERS)
    for name in ("cold", "cached", "static"):
        yield Figure(f"granian against gunicorn, {name}", granian[name] / gunicorn[name], "x")


def rates_of(server: str, demo: Path, port: str) -> dict[str, float]:
    """Return the rates of one server by name, each the best of several; what is compared, in turns."""
    body = demo / "static" / STATIC  # files are looked for when a server starts
    with running(server, demo, PORT=port) as address:
        page, tag = visit(f"{address}{TREATMENT}")
        body.write_bytes(page)
    with running(server, demo, PORT=port) as address:
        url = f"{address}{TREATMENT}"
        visit(url)
        known, static = f"If-None-Match: {tag}", f"{address}/static/{STATIC}"
        asked = {"cached": (url,), "304": (url, known), "static": (static,)}
        rates = in_turns({name: partial(rate, *words) for name, words in asked.items()})
    with running(server, demo, PORT=port, **NOTHING_KEPT) as address:
        visit(f"{address}{TREATMENT}")
        rates |= in_turns({"cold": partial(rate, f"{address}{TREATMENT}")})
    with running(server, demo, "tests.load.bare", PORT=port, LOAD_BODY=str(body)) as address:
        rates |= in_turns({"bare": partial(rate, f"{address}/")})
    return rates


def in_turns(measures: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Return the best of each measure, taken in turns: a slow one tells what else the machine did."""
    found = dict.fromkeys(measures, 0.0)
    for _round in range(ROUNDS):
        for name, measure in measures.items():
            found[name] = max(found[name], measure())
    return found


def compare_sizes(demo: Path, large: Path, port: str) -> Iterator[Figure]:
    """Give what 10,000 pages in 30 regions leave of the demo's rates."""
    for name, variables in (("cold", NOTHING_KEPT), ("cached", {})):
        few, many = (partial(rate_of_site, folder, port, variables) for folder in (demo, large))
        rates = in_turns({"few": few, "many": many})
        yield Figure(f"10,000 pages against the demo, {name}", rates["many"] / rates["few"], "x", 0.9, True)


def rate_of_site(folder: Path, port: str, variables: dict[str, str]) -> float:
    """Return how many treatment pages a second the site in `folder` answers."""
    with running(CHOSEN, folder, PORT=port, **variables) as address:
        visit(f"{address}{TREATMENT}")
        return rate(f"{address}{TREATMENT}")


def visit(url: str) -> tuple[bytes, str]:
    """Return the page at `url` and its ETag."""
    with urlopen(Request(url)) as answer:  # noqa: S310 - our own
        return answer.read(), answer.headers.get("ETag", "")


def rate(url: str, *headers: str) -> float:
    """Return how many requests a second are answered at `url`. Raises RuntimeError where some fail."""
    asked = [word for header in headers for word in ("-H", header)]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *asked, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(f"{url} was answered with errors.\n{told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(found[1]) if found else 0.0


if __name__ == "__main__":
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt-get install wrk")
        sys.exit(2)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(Path(folder)))
