"""Processes die in the midst of approvals, and eight people approve at once: nothing is half done."""

import signal

import pytest

from .site import Site

PEOPLE = 8

# Sends a page for review, and dies as soon as that is committed.
SENDS_AND_DIES = """
import os, signal
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test.utils import override_settings
from home.models import StandardPage

editor = get_user_model().objects.get(username="eu-editor")
page = StandardPage.objects.get(url_path="/regions/eu/about/")
with override_settings(EMAIL_BACKEND="jobs.mail_backend.StoringBackend"), transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
"""
TO_SEND = """
from django_tasks_db.models import DBTaskResult
from jobs.models import StoredMail

waiting = DBTaskResult.objects.ready().filter(mail__isnull=False).values("mail")
for mail in StoredMail.objects.filter(pk__in=waiting):
    print(*mail.recipients)
"""


@pytest.mark.parametrize("rounds", [pytest.param(10, marks=pytest.mark.short), 90])
@pytest.mark.parametrize("kind", ["on_postgres", "on_sqlite"])
def test_nothing_is_half_done(kind: str, rounds: int, request):
    site: Site = request.getfixturevalue(kind)
    site.run("-m", "tests.faults.killing", str(rounds), str(PEOPLE))
    assert "All is as it was made." in site.manage("check_record")


@pytest.mark.short
def test_what_is_sent_for_review_has_its_mails_whoever_dies_then(on_sqlite: Site):
    died = on_sqlite.tried("manage.py", "shell", "--no-imports", "-c", SENDS_AND_DIES)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert "eu-legal@example.com" in on_sqlite.manage("shell", "--no-imports", "-c", TO_SEND)
