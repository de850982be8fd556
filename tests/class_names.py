"""Class names that mean two things in production code: `python -m tests.class_names` lists them.

Django's own inner and fixed names are left out: `Meta`, `Command`, `Migration`, and app configs.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = ("home", "region_gate", "site", "therapies")
DJANGO_S = {"Meta", "Command", "Migration"}


def classes(source: str) -> Iterator[tuple[str, int]]:
    """Give the name and line of each class in `source`, nested ones included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and not _is_djangos(node.name):
            yield node.name, node.lineno


def _is_djangos(name: str) -> bool:
    return name in DJANGO_S or name.endswith("Config")


def doubles(files: Iterable[Path]) -> dict[str, list[str]]:
    """Return each name that stands for several classes in `files`, with the places of these."""
    places: dict[str, list[str]] = defaultdict(list)
    for file in sorted(files):
        for name, line in classes(file.read_text()):
            places[name].append(f"{file}:{line}")
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def production_files() -> list[Path]:
    """Return the modules that are installed, by their paths from the root."""
    found = (file for folder in PRODUCTION for file in (ROOT / folder).rglob("*.py"))
    return [file.relative_to(ROOT) for file in found]


if __name__ == "__main__":
    found = doubles(production_files())
    for name, places in found.items():
        print(name, *places, sep="\n  ")
    sys.exit(bool(found))
