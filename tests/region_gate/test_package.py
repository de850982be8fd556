"""The package asks for what it imports and takes along what lies in its folders."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

from packaging.requirements import Requirement

PACKAGE = Path(__file__).parents[2] / "region_gate"
PROJECT = tomllib.loads((PACKAGE / "pyproject.toml").read_text())
# Of Django's and Wagtail's own requirements, which they re-export.
THROUGH_WAGTAIL = {"draftjs_exporter", "django_filters", "openpyxl", "modelcluster", "treebeard", "taggit"}


def imported() -> set[str]:
    """Return the top-level modules that the package imports from elsewhere."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"region_gate"} - THROUGH_WAGTAIL


def test_the_package_asks_for_what_it_imports_and_no_more():
    asked = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    names = {name.lower() for module in imported() for name in packages_distributions()[module]}
    assert {requirement.name for requirement in asked} == names
    assert all(requirement.specifier.contains(version(requirement.name)) for requirement in asked)


def test_the_wheel_takes_everything_along():
    taken = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["include"]
    ours = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.is_file()}
    left = {
        str(path)
        for path in ours
        if path.suffix not in (".py", ".pyc") and path.parts[0] not in taken and str(path) not in taken
    }
    assert left == {"pyproject.toml"}


def test_the_changelog_has_this_version():
    changes = (PACKAGE / "CHANGELOG.md").read_text()
    assert re.search(r"^## (.+)$", changes, re.MULTILINE).group(1) == PROJECT["project"]["version"]


def test_the_licence_is_the_projects():
    assert (PACKAGE / "LICENSE").read_bytes() == (PACKAGE.parent / "LICENSE").read_bytes()
