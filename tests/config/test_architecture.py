"""That the documents tell of this house: every module in the glossary, every path in the tree."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("home", "region_gate", "therapies", "site")
WHERE = ["README.md", "region_gate/README.md", "docs/*.md", ".github/*.md"]
DOCUMENTS = [path for where in WHERE for path in sorted(ROOT.glob(where))]

# What these call theirs in every project.
DJANGO = {"apps", "checks", "conf", "exceptions", "forms", "middleware", "models", "signals", "urls", "views"}
WAGTAIL = {"blocks", "hooks", "permissions", "viewset", "viewsets", "wagtail_hooks", "widgets"}
PROJECT = {"__init__", "base", "dev", "production", "test", "wsgi"}
STANDARD = DJANGO | WAGTAIL | PROJECT

FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
FIGURE = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
DRAWN = re.compile(rf"(?<!\S)(?:{'|'.join(ROOMS)})/[\w./]+\.\w+")
VARIABLE = re.compile(r"\benv(?:iron)?\.\w+\(\s*\"(\w+)\"")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)")
SUFFIXES = (".css", ".html", ".js", ".json", ".md", ".png", ".py", ".toml", ".txt", ".yaml", ".yml")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")


def modules() -> list[str]:
    """Return the production modules that carry a name of ours, as paths from the root."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    ours = (path for path in found if path.stem not in STANDARD and "migrations" not in path.parts)
    return sorted(str(path.relative_to(ROOT)) for path in ours)


def glossary() -> list[list[str]]:
    """Return the rows of the glossary: word, meaning, where."""
    text = (ROOT / "docs/architecture.md").read_text()
    part = text.partition("\n## Glossary\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return [row for row in rows if row[0] not in ("word", "---")]


def is_path(code: str, document: Path) -> bool:
    """Say whether `code` reads as a path, not as an address or a piece of code."""
    first, slash, _rest = code.partition("/")
    begins_here = slash and any((place / first).exists() for place in (ROOT, document.parent))
    return bool(PATH.fullmatch(code)) and (begins_here or code.endswith(SUFFIXES))


def lost_paths(document: Path) -> list[str]:
    """Return the paths and links of `document`, its figures too, that lead nowhere; code in it is no claim.

    A path is read from the root or from the document's own folder.
    """
    whole = document.read_text()
    text = FENCED.sub("", whole)
    drawn = [path for figure in FIGURE.findall(whole) for path in DRAWN.findall(figure)]
    named = [*drawn, *(code for code in CODE.findall(text) if is_path(code, document))]
    lost = [code for code in named if not ((ROOT / code).exists() or (document.parent / code).exists())]
    return lost + [link for link, _anchor in LINK.findall(text) if not (document.parent / link).exists()]


def anchors_of(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as forges make them."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", document.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_module_is_in_the_glossary():
    named = {code for row in glossary() for code in CODE.findall(row[2])}
    commands = set(re.findall(r"`manage\.py (\w+)", (ROOT / "docs/reference.md").read_text()))
    missing = [
        module
        for module in modules()
        if module not in named and not ("commands" in module and Path(module).stem in commands)
    ]
    assert missing == []


def test_each_word_of_the_glossary_has_one_meaning():
    words = Counter(word.lower() for row in glossary() for word in row[0].split(", "))
    assert [word for word, times in words.items() if times > 1] == []


def test_the_glossary_names_what_its_modules_have():
    """Each name in a row is a function, class or constant of one of the row's modules."""
    assert [(row[0], name) for row in glossary() for name in names_without_module(row)] == []


def names_without_module(row: list[str]) -> list[str]:
    codes = CODE.findall(row[2])
    source = "\n".join((ROOT / code).read_text() for code in codes if "/" in code)
    defined = set(re.findall(r"^(?:def |class )?(\w+)(?=[(:\[]| = |: .* = )", source, re.MULTILINE))
    return [code for code in codes if "/" not in code and code not in defined]


def test_every_variable_that_the_settings_read_is_in_the_reference():
    sources = [*(ROOT / "site/config/settings").glob("*.py"), ROOT / "site/config/gunicorn.py"]
    read = {name for path in sources for name in VARIABLE.findall(path.read_text())} - {"PYTEST_XDIST_WORKER"}
    assert "SECRET_KEY" in read
    assert read - set(CODE.findall((ROOT / "docs/reference.md").read_text())) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_in_a_document_leads_somewhere(document):
    assert lost_paths(document) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_anchor_in_a_document_is_a_heading(document):
    links = LINK.findall(document.read_text())
    targets = [(document.parent / target if target else document, anchor) for target, anchor in links]
    assert [anchor for path, anchor in targets if anchor and anchor not in anchors_of(path)] == []


def test_the_root_stays_small():
    """At most nineteen entries, besides what git ignores."""
    ignored = set((ROOT / ".gitignore").read_text().replace("/", "").split())
    entries = [path.name for path in ROOT.iterdir() if path.name not in {".git", *ignored}]
    assert len(entries) <= 19, sorted(entries)


@pytest.mark.parametrize("name", ["architecture", "operations", "reference"])
def test_no_table_says_a_thing_twice(name):
    text = (ROOT / f"docs/{name}.md").read_text()
    tables = [part.splitlines() for part in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]
    assert tables
    assert [row for rows in tables for row, count in said_in(rows[2:]).items() if count > 1] == []


def said_in(rows: list[str]) -> Counter[str]:
    """Return how often each thing is the subject of one of a table's `rows`."""
    return Counter(row.split(" | ")[0] for row in rows)


def test_no_line_of_a_document_stands_twice():
    for document in DOCUMENTS:
        lines = Counter(line for line in FENCED.sub("", document.read_text()).splitlines() if len(line) > 60)
        assert [line for line, count in lines.items() if count > 1] == [], document


def test_operations_names_commands_and_variables_that_there_are():
    text = (ROOT / "docs/operations.md").read_text()
    given = "".join((ROOT / "deploy" / name).read_text() for name in ("install.sh", "compose.yaml"))
    known = {*CODE.findall((ROOT / "docs/reference.md").read_text()), "WAGTAILSEARCH_BACKENDS"}
    named = set(re.findall(r"manage\.(?:py|sh) ([a-z]\w+)", text))
    spoken_of = {code for code in CODE.findall(text) if re.fullmatch(r"[a-z]+(_[a-z]+)+", code)}
    assert named | spoken_of - {"db_default", "pg_dump"} <= set(get_commands())
    variables = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", text)) - {"NEW_DATABASE_URL"}
    assert {name for name in variables - known if name not in given} == set()
