"""What starts the site: systemd, Docker, and the variables that both are given."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
EXAMPLE = DEPLOY / "environment.example"
ONLY_FOR_DEVELOPERS = {"DEBUG"}
SAID_BY_THE_UNITS = {"BIND", "PORT"}


def names_in(text: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, text, re.MULTILINE))


def documented() -> set[str]:
    """Return the variables that the reference's table of settings lists."""
    table = (ROOT / "docs/reference.md").read_text().partition("## Commands")[0]
    cells = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    return names_in(cells, r"`([A-Z_]+)`")


def test_the_example_lists_every_variable_of_production_and_no_other():
    listed = names_in(EXAMPLE.read_text(), r"^#?([A-Z_]+)='")
    assert listed == documented() - ONLY_FOR_DEVELOPERS - SAID_BY_THE_UNITS


def test_the_example_s_secret_is_left_to_fill_in():
    assert "\nSECRET_KEY=''\n" in EXAMPLE.read_text()


@pytest.mark.parametrize("name", [".gitignore", "deploy/Dockerfile.dockerignore"])
def test_the_filled_in_variables_stay_out_of(name):
    assert "deploy/environment" in (ROOT / name).read_text().splitlines()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path):
    for name in ("gunicorn", "python"):
        program = tmp_path / "site/current/.venv/bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch(0o755)
    units = [unit for unit in (DEPLOY / "systemd").iterdir() if unit.is_file()]
    for unit in units:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/srv/site", f"{tmp_path}/site"))
    asked = [unit.name.replace("@", "@8000") for unit in units]
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_worker_has_longer_to_end_than_it_takes():
    told = (DEPLOY / "systemd/site-worker.service").read_text()
    assert int(*names_in(told, r"^TimeoutStopSec=(\d+)")) > 20


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="docker-compose is not installed")
def test_compose_takes_its_file(tmp_path, monkeypatch):
    monkeypatch.setenv("POSTGRES_PASSWORD", "secret")
    for name in ("compose.yaml", "Dockerfile"):
        shutil.copy(DEPLOY / name, tmp_path)
    shutil.copy(EXAMPLE, tmp_path / "environment")
    command = ["docker-compose", "-f", str(tmp_path / "compose.yaml"), "config"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("network_mode: service:varnish") == 4
