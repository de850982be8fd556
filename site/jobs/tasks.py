"""What the worker is given to do, as tasks of Django's framework."""

from django.core.mail import get_connection
from django.utils import timezone
from django_tasks import task

from . import conf, registry
from .models import StoredMail
from .stored_messages import restored


@task(backend="worker")
def run_job(name: str) -> str:
    """Do the job called `name`; return what came of it, in words."""
    return registry.job_named(name).run()


@task(backend="worker", queue_name=registry.MAIL)
def deliver(key: int) -> None:
    """Send the mail `key`, unless it has been.

    That it was sent is written down as soon as the server has taken it. A worker that dies in between
    has it sent again, under the same Message-ID: SMTP knows no way to ask.
    """
    mail = StoredMail.objects.get(pk=key)
    if mail.sent_at is None:
        get_connection(conf.delivery_backend()).send_messages([restored(mail.message)])
        StoredMail.objects.filter(pk=key).update(sent_at=timezone.now())
