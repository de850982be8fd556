"""The settings, each in a process of its own as a server would read them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY": "x7Gq" * 16 + "!only-in-this-test",
    "SITE_URL": "https://www.example.com",
}


def manage(*words: str, settings: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess:
    """Run manage.py with nothing in its environment but what is given."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *words],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": f"config.settings.{settings}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", SECRETS)
def test_production_refuses_to_start_without(missing, tmp_path):
    present = {name: value for name, value in SECRETS.items() if name != missing}
    refused = manage("check", settings="production", tmp_path=tmp_path, **present)
    assert refused.returncode != 0
    assert missing in refused.stderr


def test_production_passes_the_deployment_check_in_silence(tmp_path):
    checked = manage(
        "check", "--deploy", "--fail-level", "DEBUG", settings="production", tmp_path=tmp_path, **SECRETS
    )
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout == "System check identified no issues (0 silenced).\n"
    assert not checked.stderr


def test_production_refuses_the_demo(tmp_path):
    refused = manage("demo", settings="production", tmp_path=tmp_path, **SECRETS)
    assert refused.returncode != 0
    assert "not with these settings" in refused.stderr


def test_each_machine_makes_a_secret_of_its_own_and_keeps_it(tmp_path):
    for _ in range(2):
        assert manage("check", settings="dev", tmp_path=tmp_path).returncode == 0
    kept = tmp_path / "secret-key"
    assert len(kept.read_text()) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600


def test_static_files_are_collected_hashed_and_compressed(tmp_path):
    collected = manage("collectstatic", "--noinput", settings="production", tmp_path=tmp_path, **SECRETS)
    assert collected.returncode == 0, collected.stderr
    assert list((tmp_path / "static" / "css").glob("base.*.css.br"))


def test_the_database_and_the_cache_follow_the_environment(tmp_path):
    shown = manage(
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings as s;"
        "print(s.DATABASES['default']['ENGINE'], s.CACHES['default']['BACKEND'])",
        settings="production",
        tmp_path=tmp_path,
        DATABASE_URL="postgres://site@db.example.com/site",
        CACHE_URL="redis://cache.example.com/1",
        **SECRETS,
    )
    assert shown.stdout.split() == [
        "django.db.backends.postgresql",
        "django_redis.cache.RedisCache",
    ]
