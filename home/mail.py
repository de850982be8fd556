"""Mails to people of the site: who is in a team and can be written to, and each in their language."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from .access import editors_name, legal_name
from .models import Region


def legal_people(region: Region) -> Any:
    """Return the people of the legal team of `region` who can be written to."""
    return people_of([legal_name(region.code)])


def editors_people(region: Region) -> Any:
    """Return the editors of `region` who can be written to."""
    return people_of([editors_name(region.code)])


def both_teams(region: Region) -> Any:
    """Return the people of both teams of `region` who can be written to."""
    return people_of([editors_name(region.code), legal_name(region.code)])


def people_of(groups: Iterable[str]) -> Any:
    """Return the people of `groups` who can be written to."""
    return reachable_people().filter(groups__name__in=[*groups]).distinct()


def administrators() -> Any:
    """Return the administrators who can be written to."""
    return reachable_people().filter(is_superuser=True)


def reachable_people() -> Any:
    """Return all people who can be written to."""
    return get_user_model()._default_manager.filter(is_active=True).exclude(email="").order_by("pk")


def language_of(person: Any) -> str:
    """Return the language that `person` reads the admin in."""
    return str(UserProfile.get_for_user(person).get_preferred_language())


def write(person: Any, template: str, given: dict[str, Any]) -> None:
    """Send `person` what `template` makes of `given`, in their language; its first line is the subject."""
    write_to(person.email, language_of(person), template, given)


def write_to(address: str, language: str, template: str, given: dict[str, Any]) -> None:
    """Send to `address` what `template` makes of `given` in `language`; its first line is the subject."""
    with override(language):
        text = render_to_string(template, given).strip()
    subject, _line, body = text.partition("\n")
    send_mail(subject, body.strip(), [address])
