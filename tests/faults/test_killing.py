"""Processes die in the midst of approvals, and eight people approve at once: nothing is half done."""

import subprocess
import sys

import pytest

from ..browser.server import ROOT
from .site import Site

PEOPLE = 8


@pytest.mark.parametrize("rounds", [pytest.param(10, marks=pytest.mark.short), 90])
@pytest.mark.parametrize("kind", ["on_postgres", "on_sqlite"])
def test_nothing_is_half_done(kind: str, rounds: int, request):
    site: Site = request.getfixturevalue(kind)
    command = [sys.executable, "-m", "tests.faults.killing", str(rounds), str(PEOPLE)]
    done = subprocess.run(
        command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    assert "All is as it was made." in site.manage("check_record")
