"""The install script, in a clean directory; `.ci/run` has it install packages and migrate, too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "deploy/install.sh"
ENVIRONMENT = """
DJANGO_SETTINGS_MODULE='config.settings.production'
SECRET_KEY='a key with $HOME and "quotes" that is long enough to pass: 0123456789'
RECORD_SIGNING_KEY='b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDI'
SITE_URL='https://www.example.com'
DATA_DIR='{data}'
"""


def install(
    target: Path, *steps: str, script: Path = ROOT / SCRIPT, **variables: str
) -> subprocess.CompletedProcess:
    """Run the script with nothing in its environment but what is given."""
    return subprocess.run(
        [str(script), str(target), *steps],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def target(tmp_path) -> Path:
    """A directory to install to, with an environment and one release, which borrows the tests' packages."""
    target = tmp_path / "site"
    assert install(target, "code", RELEASE="one").returncode == 0
    (target / "environment").write_text(ENVIRONMENT.format(data=tmp_path / "kept"))
    lend_packages(target, "one")
    return target


def lend_packages(target: Path, name: str) -> None:
    python = target / "releases" / name / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)


def test_a_clean_directory_gets_a_site_ready_to_run(target, tmp_path):
    done = install(target, "static", "check", "switch", RELEASE="one")
    assert done.returncode == 0, done.stderr
    assert (target / "current").readlink() == Path("releases/one")
    assert (tmp_path / "kept/static/staticfiles.json").exists()


def test_a_rollback_leads_back_from_the_release_s_own_folder(target):
    install(target, "code", RELEASE="two")
    for name in ("one", "two", "two", "one"):
        script = target / "releases" / name / SCRIPT
        assert install(target, "code", "switch", script=script).returncode == 0
        assert (target / "current").readlink() == Path("releases", name)
    assert {each.name for each in (target / "releases").iterdir()} == {"one", "two"}


def test_what_the_check_refuses_does_not_run(target):
    install(target, "switch", RELEASE="one")
    install(target, "code", RELEASE="two")
    lend_packages(target, "two")
    done = install(target, "check", "switch", RELEASE="two", ENVIRONMENT="/nowhere")
    assert done.returncode != 0
    assert "does not start without" in done.stderr
    assert (target / "current").readlink() == Path("releases/one")


@pytest.mark.parametrize("words", [[], ["--help"], ["there", "reboot"]])
def test_what_it_does_not_know_it_explains(words, tmp_path):
    asked = [str(ROOT / SCRIPT), *words]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "TARGET [STEP...]" in done.stderr
    assert "(default python3).\n" in done.stderr
