"""A site of its own: a database, a cache and a folder that a test may break."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..browser.server import ROOT, serving
from .visitor import Visitor


@dataclass(frozen=True)
class Site:
    """Where the site keeps what it has."""

    folder: Path
    database: str
    cache: str = "locmem://"

    @property
    def variables(self) -> dict[str, str]:
        """Return what its processes are told."""
        return {
            "DATABASE_URL": self.database,
            "CACHE_URL": self.cache,
            "DATA_DIR": str(self.folder),
            "PAGE_CACHE": "1",
            "WEB_CONCURRENCY": "1",
        }

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of its processes."""
        paths = f"{ROOT}{os.pathsep}{ROOT / 'site'}"
        told = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": paths}
        return {**os.environ, **told, **self.variables}

    def manage(self, *command: str) -> str:
        """Run a command of the site, and return what it says. Raises AssertionError where it fails."""
        return self.run("manage.py", *command)

    def run(self, *asked: str) -> str:
        """Run Python on the site, and return what it says. Raises AssertionError where it fails."""
        done = self.tried(*asked)
        assert done.returncode == 0, done.stdout + done.stderr[-4000:]
        return done.stdout

    def tried(self, *asked: str) -> subprocess.CompletedProcess[str]:
        """Run Python on the site."""
        command = [sys.executable, *asked]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    @contextmanager
    def visited(self) -> Iterator[Visitor]:
        """Serve the site, and give somebody who visits it."""
        with (self.folder / "log").open("ab") as log, serving(stderr=log, **self.variables) as address:
            yield Visitor(address)
