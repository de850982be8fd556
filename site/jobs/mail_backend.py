"""The e-mail backend of the site: it keeps what is to be sent, and the worker sends it."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from .mails import keep


class StoringBackend(BaseEmailBackend):
    """Stores mails in the transaction that sends them: all of it holds, or none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages; return how many."""
        messages = [message for message in email_messages if message.recipients()]
        with transaction.atomic():
            for message in messages:
                keep(message)
        return len(messages)
