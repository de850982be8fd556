"""The settings, each in a process of its own as a server would read them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import first_cases

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY": "x7Gq" * 16 + "!only-in-this-test",
    "RECORD_SIGNING_KEY": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDI",
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


def expected(tmp_path) -> dict[str, str]:
    """Return what production expects to be told, besides its secrets."""
    return {
        "ANCHOR_STORAGE_URL": "none",
        "CACHE_URL": "locmem://",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DEFAULT_FROM_EMAIL": "site@example.com",
        "EMAIL_URL": "smtp://mail.example.com:587/?tls=true",
        "SECURITY_CONTACT": "mailto:security@example.com",
        "TIMESTAMP_URL": "none",
        "TIME_ZONE": "Europe/Berlin",
        "TRUSTED_PROXIES": "10.0.0.0/8,unix",
    }


def deployed(tmp_path, **variables: str) -> subprocess.CompletedProcess:
    """Check production with all variables set, but for `variables`."""
    given = {**SECRETS, **expected(tmp_path), **variables}
    set_ones = {name: value for name, value in given.items() if value}
    return manage(
        *("check", "--deploy", "--fail-level", "WARNING"),
        settings="production",
        tmp_path=tmp_path,
        **set_ones,
    )


@pytest.mark.parametrize("missing", [["SECRET_KEY"], ["RECORD_SIGNING_KEY"], ["SECRET_KEY", "SITE_URL"]])
def test_production_refuses_to_start_without(missing, tmp_path):
    refused = deployed(tmp_path, **dict.fromkeys(missing, ""))
    assert refused.returncode != 0
    assert f"does not start without {' and '.join(missing)};" in refused.stderr


def test_production_passes_the_deployment_check_in_silence(tmp_path):
    checked = deployed(tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout == "System check identified no issues (0 silenced).\n"
    assert not checked.stderr


@first_cases(
    "name",
    [
        *("CACHE_URL", "DATABASE_URL", "DEFAULT_FROM_EMAIL", "EMAIL_URL", "SECURITY_CONTACT", "TIME_ZONE"),
        "TRUSTED_PROXIES",
    ],
    first=2,
)
def test_the_deployment_check_names_what_is_not_set_and_what_follows(tmp_path, name):
    checked = deployed(tmp_path, **{name: ""})
    assert checked.returncode != 0
    assert f"(config.W001) {name} is not set: " in checked.stderr
    assert checked.stderr.count("config.W001") == 1


@first_cases(
    ("variables", "told"),
    [
        ({"HSTS_INCLUDE_SUBDOMAINS": "0"}, "config.E006"),
        ({"HSTS_SECONDS": "3600"}, "config.E006"),
        ({"METRICS_BIND": "0.0.0.0:9100"}, "config.W002"),
        ({"METRICS_BIND": "[::]:9100"}, "config.W002"),
        ({"TRUSTED_PROXIES": "proxy"}, "accounts.E001"),
        ({"EMAIL_URL": "mail.example.com"}, "EMAIL_URL"),
        ({"DEFAULT_FROM_EMAIL": "the site"}, "DEFAULT_FROM_EMAIL"),
        ({"OIDC_ISSUER": "https://id.example.com"}, "accounts.E002"),
        ({"SESSION_IDLE_MINUTES": "0"}, "accounts.E003"),
        ({"SITE_URL": "http://www.example.com"}, "config.E003"),
        ({"ALLOWED_HOSTS": "*"}, "config.E007"),
        ({"CSRF_TRUSTED_ORIGINS": "www.example.com"}, "CSRF_TRUSTED_ORIGINS"),
    ],
    first=3,
)
def test_the_deployment_check_names_what_contradicts(tmp_path, variables, told):
    checked = deployed(tmp_path, **variables)
    assert checked.returncode != 0
    assert told in checked.stderr


@first_cases(
    ("name", "value"),
    [
        ("ACCESS_LOG", "perhaps"),
        ("CACHE_URL", "memory"),
        ("DATABASE_CONN_MAX_AGE", "long"),
        ("DATABASE_POOL", "2-8"),
        ("DATABASE_URL", "oracle"),
        ("HSTS_INCLUDE_SUBDOMAINS", "perhaps"),
        ("HSTS_PRELOAD", "perhaps"),
        ("HSTS_SECONDS", "a year"),
        ("LABEL_REVIEW_NOTICE_DAYS", "some"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "LOUD"),
        ("MEDIA_URL", "http://media.example.com/"),
        ("METRICS_BIND", "9100"),
        ("PORT", "http"),
        ("CDN", "ftp://cache"),
        ("CACHE_MAX_STALE", "long"),
        ("PAGE_CACHE", "perhaps"),
        ("PAGE_CACHE_MEGABYTES", "many"),
        ("MFA_REQUIRED", "perhaps"),
        ("SESSION_IDLE_MINUTES", "some"),
        ("SESSION_MAX_HOURS", "some"),
        ("OIDC_MFA_COUNTS", "perhaps"),
        ("JOBS_KEPT_DAYS", "some"),
        ("MAILS_KEPT_DAYS", "some"),
        ("REVIEW_FOUR_EYES", "perhaps"),
        ("REVIEW_MAX_DAYS", "many"),
        ("REVIEW_SHARED_TEAMS", "all"),
        ("SITE_LANGUAGES", "en,xx"),
        ("SITE_URL", "www.example.com"),
        ("STORAGE_URL", "ftp://files.example.com/uploads"),
    ],
    first=8,
)
def test_what_cannot_be_is_refused_by_name(tmp_path, name, value):
    variables = {**SECRETS, **expected(tmp_path), "DATA_DIR": str(tmp_path), "PYTHONPATH": "site"}
    if name == "PORT":
        del variables["SITE_URL"]
    refused = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=ROOT,
        env={**variables, name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert name in refused.stderr.splitlines()[-1]


@first_cases(
    "variables",
    [
        {"HSTS_PRELOAD": "0"},
        {"HSTS_PRELOAD": "0", "HSTS_INCLUDE_SUBDOMAINS": "0"},
        {"HSTS_PRELOAD": "0", "HSTS_INCLUDE_SUBDOMAINS": "0", "HSTS_SECONDS": "0"},
        {"METRICS_BIND": "10.0.0.7:9100", "LOG_LEVEL": "INFO", "LOG_FORMAT": "json", "ACCESS_LOG": "1"},
        {"STORAGE_URL": "s3:///uploads?region=eu-central-1", "MEDIA_URL": "https://media.example.com/"},
        {"SITE_LANGUAGES": "en,de,fr,ja,ar", "SENTRY_DSN": "https://key@errors.example.com/1"},
    ],
    first=2,
)
def test_what_is_chosen_is_not_reported(tmp_path, variables):
    checked = deployed(tmp_path, **variables)
    assert checked.returncode == 0, checked.stderr


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
