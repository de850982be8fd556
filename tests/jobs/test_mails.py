"""Mails are stored first and sent by the worker: a server that is down loses none."""

from collections.abc import Iterator
from datetime import timedelta
from email.mime.image import MIMEImage

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import TaskResultStatus

from jobs import attempts, mails
from jobs.models import StoredMail
from jobs.registry import MAIL
from jobs.retries import MAIL_PAUSES
from jobs.stored_messages import restored, stored

from .conftest import at, work
from .smtp_server import SmtpServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings) -> Iterator[SmtpServer]:
    """A mail server on this machine, and the site's settings for it."""
    with SmtpServer() as server:
        settings.EMAIL_BACKEND = "jobs.mail_backend.StoringBackend"
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server


def send(to: str = "anna@example.com") -> int:
    return send_mail("Zur Freigabe", "Grüße", "site@example.com", [to])


def test_a_mail_waits_for_the_worker(server):
    assert send() == 1
    assert server.taken == []
    work(MAIL)
    assert [mail.recipients for mail in server.taken] == [["anna@example.com"]]
    assert "Subject: Zur Freigabe" in server.taken[0].text
    assert StoredMail.objects.get().sent_at


def test_what_the_review_writes_waits_for_the_worker(server, eu_home, django_capture_on_commit_callbacks):
    server.is_down = True
    writer = get_user_model().objects.get(username="eu-editor")
    with django_capture_on_commit_callbacks(execute=True):
        eu_home.save_revision(user=writer)
        eu_home.get_workflow().start(eu_home, writer)
    legal = get_user_model().objects.get(username="eu-legal").email
    assert [legal] in [mail.recipients for mail in StoredMail.objects.all()]
    work(MAIL)
    server.is_down = False
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        work(MAIL)
    assert [legal] in [mail.recipients for mail in server.taken]


def test_what_is_not_done_in_the_end_writes_no_mail(server):
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    work(MAIL)
    assert (server.taken, StoredMail.objects.count()) == ([], 0)


def test_a_server_that_is_down_is_asked_again(server):
    with time_machine.travel(at("2026-06-10T08:00"), tick=False) as clock:
        send()
        server.is_down = True
        assert work(MAIL) == 1
        clock.shift(timedelta(minutes=1))
        assert work(MAIL) == 1
        server.is_down = False
        clock.shift(timedelta(minutes=5))
        assert work(MAIL) == 1
        assert work(MAIL) == 0
    assert len(server.taken) == 1


def test_a_mail_keeps_its_number_and_date_however_often_it_is_tried():
    message = EmailMessage("S", "B", "a@example.com", ["b@example.com"])
    kept = stored(message)
    first, second = restored(kept).message(), restored(kept).message()
    assert first["Message-ID"] == second["Message-ID"] == kept["headers"]["Message-ID"]
    assert first["Date"] == second["Date"]


def test_a_server_that_is_down_for_days_is_told(server):
    with time_machine.travel(at("2026-06-10T08:00"), tick=False) as clock:
        send()
        server.is_down = True
        work(MAIL)
        for pause in MAIL_PAUSES:
            assert not StoredMail.objects.undeliverable().exists()
            clock.shift(pause)
            assert work(MAIL) == 1
    assert StoredMail.objects.undeliverable().count() == 1


def test_who_is_not_known_there_is_told_at_once(server):
    server.refused = {"anna@example.com"}
    send()
    work(MAIL)
    assert StoredMail.objects.undeliverable().get().task.status == TaskResultStatus.FAILED


def test_it_can_be_sent_again_once(server):
    server.refused = {"anna@example.com"}
    send()
    work(MAIL)
    server.refused = set()
    key = StoredMail.objects.get().pk
    assert mails.send_again(key)
    assert not mails.send_again(key)
    work(MAIL)
    assert len(server.taken) == 1
    assert not mails.send_again(key)


def test_it_can_be_settled(server):
    server.refused = {"anna@example.com"}
    send()
    work(MAIL)
    key = StoredMail.objects.get().pk
    assert mails.settle(key)
    assert not mails.settle(key)
    assert not mails.send_again(key)
    assert not StoredMail.objects.undeliverable().exists()


def test_a_worker_that_died_once_the_server_had_it_sends_it_not_again(server):
    """Unless it died before it could write that down: that, SMTP has no way to ask."""
    send()
    task = attempts.claim(MAIL, "dead/mail")
    task.task.call(*task.args_kwargs["args"])
    attempts.put_back(task)
    assert work(MAIL) == 1
    assert len(server.taken) == 1


def test_a_mail_that_cannot_be_is_refused_at_once(server):
    with pytest.raises(BadHeaderError):
        send_mail("A\nBcc: all@example.com", "B", "a@example.com", ["b@example.com"])
    assert StoredMail.objects.count() == 0


def test_alternatives_attachments_and_headers_survive():
    message = EmailMultiAlternatives(
        "S",
        "Text",
        "a@example.com",
        ["b@example.com"],
        bcc=["c@example.com"],
        cc=["d@example.com"],
        reply_to=["e@example.com"],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    message.attach("a.txt", "Grüße", "text/plain")
    message.attach("b.bin", b"\x00\xff", "application/octet-stream")
    message.attach(MIMEImage(b"GIF89a", "gif"))
    kept = stored(message)
    again = restored(kept)
    assert again.recipients() == message.recipients()
    made, given = again.message(), EmailMultiAlternatives.message(message)
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Reply-To"] == "e@example.com"
    assert [part.get_content_type() for part in made.walk()] == [
        part.get_content_type() for part in given.walk()
    ]
    payloads = [[part.get_payload(decode=True) for part in whole.walk()] for whole in (made, given)]
    assert payloads[0] == payloads[1]


def test_a_mail_to_nobody_is_no_mail(server):
    assert EmailMessage("S", "B", "a@example.com", []).send() == 0
    assert StoredMail.objects.count() == 0
