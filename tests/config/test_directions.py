"""Who may import whom: import-linter holds it, and does notice what breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ["home", "therapies", "region_gate", "site", "pyproject.toml"]
CORE = [
    "links.addresses",
    "links.regions",
    "links.policies",
    "links.destinations",
    "links.signing",
    "html.rewriting",
]
MATCHING = ["normalisation", "product_names", "prefilter", "html_text"]


def lint_imports(house: Path) -> subprocess.CompletedProcess:
    lint = Path(sys.executable).with_name("lint-imports")
    path = {"PYTHONPATH": f"{house}{os.pathsep}{house / 'site'}"}
    return subprocess.run(
        [lint, "--no-cache"],
        cwd=house,
        env={**os.environ, **path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path) -> Path:
    """A copy of the house, to break things in."""
    for part in HOUSE:
        source, copy = ROOT / part, tmp_path / part
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__"))
        else:
            shutil.copy(source, copy)
    return tmp_path


def test_the_house_holds(house):
    assert lint_imports(house).returncode == 0


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("home/navigation.py", "review.models"),
        ("home/navigation.py", "therapies.models"),
        ("home/navigation.py", "config.gate"),
        ("region_gate/views.py", "home.models"),
        ("region_gate/views.py", "therapies.models"),
        ("region_gate/views.py", "config.gate"),
        ("region_gate/links/destinations.py", "wagtail"),
        ("region_gate/links/destinations.py", "region_gate.models"),
        ("therapies/models/topic.py", "redirecting.models"),
        ("therapies/models/topic.py", "config.gate"),
        ("therapies/models/topic.py", "review.models"),
        ("therapies/matching/product_names.py", "therapies.models"),
        ("therapies/matching/html_text.py", "wagtail"),
        ("site/review/forms.py", "config.gate"),
        ("site/config/errors.py", "demo.people"),
    ],
)
def test_a_planted_violation_is_found(house, room, forbidden):
    planted = house / room
    planted.write_text(f"{planted.read_text()}\nimport {forbidden}  # planted\n")
    found = lint_imports(house)
    assert found.returncode != 0
    assert forbidden in found.stdout


@pytest.mark.parametrize(
    "module",
    [*(f"region_gate.{part}" for part in CORE), *(f"therapies.matching.{part}" for part in MATCHING)],
)
def test_a_pure_core_loads_no_model(module):
    models = "{'django.db.models', 'wagtail'}"
    probe = f"import sys, {module}; print(*{models} & set(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == ""
