"""How mails leave follows the environment."""

import pytest

from tests.config.test_settings import SECRETS, manage

SHOW = (
    "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.MAIL_DELIVERY_BACKEND, s.EMAIL_HOST, "
    "s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL, s.SERVER_EMAIL, sep='|')"
)
STORED, SMTP = "jobs.mail_backend.StoringBackend", "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("settings", "given", "expected"),
    [
        (
            "production",
            {},
            [SMTP, "localhost", "25", "", "False", "webmaster@localhost", "webmaster@localhost"],
        ),
        (
            "production",
            {
                "EMAIL_URL": "submission://me:secret@mail.example.com",
                "DEFAULT_FROM_EMAIL": "Site <site@example.com>",
                "SERVER_EMAIL": "server@example.com",
            },
            [SMTP, "mail.example.com", "587", "me", "True", "Site <site@example.com>", "server@example.com"],
        ),
        ("dev", {}, [CONSOLE, "localhost", "25", "", "False", "webmaster@localhost", "webmaster@localhost"]),
        (
            "dev",
            {"EMAIL_URL": "smtp://mail.example.com:2525"},
            [SMTP, "mail.example.com", "2525", "", "False", "webmaster@localhost", "webmaster@localhost"],
        ),
    ],
)
def test_mails_are_stored_and_leave_by(settings, given, expected, tmp_path):
    secrets = SECRETS if settings == "production" else {}
    shown = manage(
        "shell", "--no-imports", "-c", SHOW, settings=settings, tmp_path=tmp_path, **secrets, **given
    )
    assert shown.stdout.strip().split("|") == [STORED, *expected], shown.stderr


def test_an_address_of_no_kind_is_named(tmp_path):
    checked = manage("check", settings="dev", tmp_path=tmp_path, EMAIL_URL="pigeon://loft")
    assert checked.returncode != 0
    assert "jobs.E002" in checked.stderr or "EMAIL_URL" in checked.stderr
