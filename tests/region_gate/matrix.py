"""Run the gate's own suite on each version of Python, Wagtail and Django, against the wheel; `make matrix`.

For each cell a fresh environment with the wheel, and the tests copied to where nothing else of ours can be
imported: all of the made-up site's, and those modules here that need no other. First, the wheel must hold
every file of the package's folder. The environment variable
PYTHONS names the interpreters, separated by spaces; without it, those on the path and of pyenv are taken.
Downloads packages. Ends with status 1 if a cell fails.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
UV = Path(sys.executable).with_name("uv")
AT_ONCE = int(os.environ.get("JOBS", "2"))  # cells
TOOLS = ["pytest", "pytest-django", "hypothesis", "time-machine"]
# Of the modules here, those that need neither the site nor its content.
ALONE = [
    *("alternatives", "authoring", "checks", "contact_schemes", "decoding", "descriptions", "destinations"),
    *("form_notes", "headers", "jobs", "link_notes", "meta_refresh", "placeholders", "progress"),
    *("sitemap_documents",),
    *("notice_differences", "notice_history", "policies", "regions", "signing", "speculation_rules"),
    *("spellings", "spreadsheets", "survey", "templatetags", "word_diff", "xml_pages"),
]
TABLES = [
    "__init__.py",
    "no_urls.py",
    "world.py",
    "gate_cases.json",
    "hostile_addresses.json",
    "hostile_html.json",
    "inert_addresses.json",
]


class Cell(NamedTuple):
    """The versions of Python, Wagtail and Django that are tried together."""

    python: str
    wagtail: str
    django: str


CELLS = [
    Cell("3.11", "7.4", "5.2"),
    Cell("3.11", "8.0", "5.2"),
    Cell("3.12", "8.0", "6.0"),
    Cell("3.13", "8.0", "6.0"),
]


def main() -> int:
    """Print the table, a row when its cell is done; return how many cells failed."""
    print("| Python | Wagtail | Django | result |\n| --- | --- | --- | --- |", flush=True)
    interpreters, failed = dict(_interpreters()), 0
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(AT_ONCE) as pool:
        wheel = _build(Path(place))

        def tried(cell: Cell) -> tuple[str, bool]:
            python = interpreters.get(cell.python)
            folder = Path(place, "-".join(cell))
            return _try(cell, python, wheel, folder) if python else ("not run", True)

        for cell, (said, is_good) in zip(CELLS, pool.map(tried, CELLS), strict=True):
            failed += not is_good
            print(f"| {' | '.join(cell)} | {said} |", flush=True)
    return failed


def _interpreters() -> Iterator[tuple[str, str]]:
    """Give the interpreters that run, by their version."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = [shutil.which(f"python{cell.python}") for cell in CELLS]
    named = os.environ.get("PYTHONS", "").split()
    for python in named or [*filter(None, found), *map(str, pyenv.glob("versions/*/bin/python"))]:
        said = _run([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], Path.cwd())
        if said.returncode == 0:
            yield said.stdout.strip(), python


def _build(place: Path) -> Path:
    built = _run([UV, "build", "--wheel", "--out-dir", place, ROOT / "region_gate"], place)
    wheels = [*place.glob("*.whl")]
    if not wheels:
        raise SystemExit(built.stdout + built.stderr)
    held = {*ZipFile(wheels[0]).namelist()}
    if missing := {*_shipped()} - held:
        raise SystemExit(f"Not in the wheel: {', '.join(sorted(missing))}")
    print(f"The wheel holds {len(held)} files, and of the package's folder all.\n", file=sys.stderr)
    return wheels[0]


def _shipped() -> Iterator[str]:
    """Give the files of the package's folder that whoever installs it must get, the README's among them."""
    for path in (ROOT / "region_gate").rglob("*"):
        if path.is_file() and path.suffix != ".pyc" and path.name != "pyproject.toml":
            yield str(path.relative_to(ROOT))


def _try(cell: Cell, python: str, wheel: Path, place: Path) -> tuple[str, bool]:
    """Install and test in `place`; return the result in words, and whether all is well."""
    tests = place / "tests/region_gate"
    shutil.copytree(HERE / "project", place / "project", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "project/conftest.py", place)
    tests.mkdir(parents=True)
    (tests.parent / "__init__.py").touch()
    for name in (*TABLES, *(f"test_{module}.py" for module in ALONE)):
        shutil.copy(HERE / name, tests)
    own = place / "venv/bin/python"
    wanted = [wheel, f"wagtail=={cell.wagtail}.*", f"django=={cell.django}.*", *TOOLS]
    pytest = [own, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds=project.settings"]
    for command in (
        [UV, "venv", "-q", "--python", python, place / "venv"],
        [UV, "pip", "install", "-q", "--python", own, *wanted],
        [*pytest, "-c", "project/pytest.ini", "--rootdir=.", "-o", "python_files=visit_*.py test_*.py", "."],
    ):
        ran = _run(command, place)
        if ran.returncode:
            print(ran.stdout[-4000:] + ran.stderr[-4000:], file=sys.stderr)
            return "failed", False
    return ran.stdout.strip().splitlines()[-1].partition(" in ")[0], True


def _run(command: list[object], place: Path) -> subprocess.CompletedProcess[str]:
    free = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=place, env=free, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
