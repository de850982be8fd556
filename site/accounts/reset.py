"""The message with which people choose a new password, sent by the worker."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.forms import PasswordResetForm
from django_tasks import task

TEMPLATES = "wagtailadmin/account/password_reset/"


def people_with(email: str) -> list[int]:
    """Return the keys of the people who have `email` and a password to choose anew."""
    return [person.pk for person in PasswordResetForm().get_users(email)]


@task(backend="worker")
def send_reset(people: list[int], host: str, is_secure: bool) -> None:
    """Write to those with the keys `people`, each with a link to the admin at `host`.

    The task names nobody else: of an address that nobody has, nothing is kept.
    """
    for person in get_user_model()._default_manager.filter(pk__in=people):
        form = ResetFormOf(person)
        if form.is_valid():
            form.save(
                domain_override=host,
                use_https=is_secure,
                subject_template_name=f"{TEMPLATES}email_subject.txt",
                email_template_name=f"{TEMPLATES}email.txt",
            )


class ResetFormOf(PasswordResetForm):
    """Django's, as one person has filled it in."""

    def __init__(self, person: Any) -> None:
        """Fill in the address of `person`."""
        super().__init__({"email": person.email})
        self.person = person

    def get_users(self, email: str) -> Iterable[Any]:
        """Return this person alone, if they still may choose a password by this address."""
        return [one for one in super().get_users(email) if one.pk == self.person.pk]
