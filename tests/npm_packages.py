"""Programs that npm has, fetched below var/, at the versions that the tests know."""

import argparse
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = {"lighthouse": "12.2.3", "vnu-jar": "26.9.27"}


def folder_of(name: str) -> Path:
    """Return where the package called `name` lies, once it is fetched."""
    return _prefix(name) / "node_modules" / name


def fetch(name: str) -> bool:
    """Fetch the package called `name`, where it is missing; say whether it is there."""
    npm = shutil.which("npm")
    if npm and not folder_of(name).exists():
        words = ["--no-save", "--no-audit", "--no-fund", "--silent", f"{name}@{VERSIONS[name]}"]
        subprocess.run([npm, "install", "--prefix", str(_prefix(name)), *words], check=True)
    return folder_of(name).exists()


def _prefix(name: str) -> Path:
    return ROOT / "var" / f"{name}-{VERSIONS[name]}"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.npm_packages", description=__doc__)
    asked.add_argument("name", choices=VERSIONS)
    fetch(asked.parse_args().name)
