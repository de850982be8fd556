"""Mails in the database: kept, sent again, settled."""

from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from .models import StoredMail
from .stored_messages import stored
from .tasks import deliver

MAX_SUBJECT = 255


def keep(message: EmailMessage) -> StoredMail:
    """Store `message` and have the worker send it."""
    content = stored(message)
    recipients = [str(one) for one in message.recipients()]
    mail = StoredMail(subject=str(message.subject)[:MAX_SUBJECT], recipients=recipients, message=content)
    mail.save()
    _enqueue(mail)
    return mail


@transaction.atomic
def send_again(key: int) -> bool:
    """Have the worker try anew to send the mail `key`; say whether it was undeliverable."""
    mail = _undeliverable(key)
    if mail:
        _enqueue(mail)
    return mail is not None


@transaction.atomic
def settle(key: int) -> bool:
    """Note that the mail `key` need not be sent any more; say whether it was undeliverable."""
    mail = _undeliverable(key)
    if mail:
        mail.is_settled = True
        mail.save(update_fields=["is_settled"])
    return mail is not None


def _undeliverable(key: int) -> StoredMail | None:
    """Return the mail `key`, held against whoever decides about it too; None unless it was given up."""
    return StoredMail.objects.select_for_update(of=("self",)).undeliverable().filter(pk=key).first()


def _enqueue(mail: StoredMail) -> None:
    given_up = mail.task_id
    mail.task_id = deliver.enqueue(mail.pk).id
    mail.save(update_fields=["task"])
    if given_up:
        DBTaskResult.objects.filter(pk=given_up).delete()
