"""docs/upgrading.md tells the truth: all that it names is there, and it names all that is private."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/upgrading.md"
APPS = ("home", "therapies", "region_gate", "site")
QUOTED = re.compile(r"`([^`]+)`")
LIBRARIES = {
    *(
        "allauth",
        "csp",
        "django",
        "django_redis",
        "django_tasks",
        "django_tasks_db",
        "gunicorn",
        "modelcluster",
        "openpyxl",
        "redirects",
        "redis",
    ),
    *("selectolax", "treebeard", "wagtail", "whitenoise"),
}
NAME = re.compile(rf"(?:{'|'.join(sorted(LIBRARIES))})(?:\.\w+)+")
PRIVATE = re.compile(r"_[a-z]\w*")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
# Of Django's, documented in spite of their names; and of Python's own.
DOCUMENTED = {"_meta", "_state", "_base_manager", "_default_manager", "_replace"}


class Row(NamedTuple):
    """A place that depends on something undocumented."""

    ours: str
    theirs: str
    why: str
    breaks: str
    tests: str


@cache
def rows() -> list[Row]:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    return [Row(*(cell.strip() for cell in line.strip("|").split(" | "))) for line in lines]


def quoted(column: str) -> list[str]:
    return [name for row in rows() for name in QUOTED.findall(getattr(row, column))]


def sources() -> Iterator[Path]:
    for folder in APPS:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def test_there_are_rows():
    assert len(rows()) > 50
    assert all(all(row) for row in rows())


@pytest.mark.parametrize("path", sorted({name for name in quoted("ours") if "/" in name}))
def test_every_file_of_ours_is_there(path):
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("name", sorted({name for name in quoted("theirs") if NAME.fullmatch(name)}))
def test_every_name_of_theirs_is_there(name):
    module, rest = import_module(name.partition(".")[0]), name.split(".")[1:]
    found = module
    for at, part in enumerate(rest, start=1):
        if not hasattr(found, part):
            import_module(".".join(name.split(".")[: at + 1]))
        found = getattr(found, part)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.ours[:40]} {row.theirs[:40]}")
def test_every_row_names_tests_that_are_there(row):
    named = QUOTED.findall(row.tests)
    assert named
    for path, name in (TEST.fullmatch(one).groups() for one in named):
        assert name in functions_in(path)


@cache
def functions_in(path: str) -> set[str]:
    return {
        node.name for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, ast.FunctionDef)
    }


def test_every_private_name_of_theirs_has_a_row():
    trees = {path.relative_to(ROOT): ast.parse(path.read_text()) for path in sources()}
    ours = {name for tree in trees.values() for name in defined_in(tree)} | DOCUMENTED
    told = PAGE.read_text()
    untold = {
        f"{path}: {name}"
        for path, tree in trees.items()
        for name in private_names_in(tree)
        if name not in ours and name not in told
    }
    assert untold == set()


def private_names_in(tree: ast.AST) -> Iterator[str]:
    """Give what is asked for by a private name, as attribute, import or text."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name):
                yield from filter(PRIVATE.fullmatch, [name])
            case ast.ImportFrom(names=names):
                yield from filter(PRIVATE.fullmatch, (one.name for one in names))
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr" | "hasattr"), args=[_, ast.Constant(name), *_]
            ):
                yield from filter(PRIVATE.fullmatch, [str(name)])


def defined_in(tree: ast.AST) -> set[str]:
    """Return the names that a module makes for itself: not what its classes take over from theirs."""
    made, taken_over = set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, value=ast.Call(func=ast.Name(id="super"))):
                taken_over.add(name)
            case ast.FunctionDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                made.add(name)
            case ast.Attribute(attr=name, value=ast.Name(id="self" | "request"), ctx=ast.Store()):
                made.add(name)
    return made - taken_over
