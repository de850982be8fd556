"""What is wrong with a setting is said at the start."""

import pytest
from django.core.checks import run_checks


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("JOBS_KEPT_DAYS", 0, "jobs.E001"),
        ("MAILS_KEPT_DAYS", "30", "jobs.E001"),
        ("MAILS_KEPT_DAYS", True, "jobs.E001"),
        ("MAIL_DELIVERY_BACKEND", "jobs.mail_backend.StoringBackend", "jobs.E002"),
        ("MAIL_DELIVERY_BACKEND", "nowhere.Backend", "jobs.E002"),
        ("DEFAULT_FROM_EMAIL", "nobody", "jobs.E003"),
        ("SERVER_EMAIL", "", "jobs.E003"),
    ],
)
def test_a_setting_that_cannot_be(db, settings, name, value, number):
    setattr(settings, name, value)
    assert number in [found.id for found in run_checks()]


def test_the_settings_as_they_are(db):
    assert [found for found in run_checks() if (found.id or "").startswith("jobs.")] == []
