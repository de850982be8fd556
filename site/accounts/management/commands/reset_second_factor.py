"""Takes somebody's second factors away, so that they can add new ones: for whoever has lost theirs."""

import logging
from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

logger = logging.getLogger("accounts")


class Command(BaseCommand):
    """Removes the second factors of one person."""

    help = "Remove a person's second factors. Make sure who asks for it, and not by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person's user name."""
        parser.add_argument("username")

    def handle(self, username: str, **options: Any) -> None:
        """Remove them and say so. Raises CommandError where nobody has that name."""
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody is called “{username}”.")
        count, _rows = Authenticator.objects.filter(user_id=user.pk).delete()
        logger.warning("accounts.factors_reset: person %s", user.pk)
        self.stdout.write(
            f"{count} removed. The next sign-in asks for a new second factor where one is needed."
        )
