"""Who is told by e-mail that a release did not go live: who made it, and legal of its regions."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from home.access import legal_name

from ..mailing import written
from ..release_models import Release

TEMPLATE = "review/releases/failed.txt"


def tell_of_failure(release: Release) -> None:
    """Write to the release's people, each in their language."""
    with written():
        _write(release)


def recipients(release: Release) -> list[Any]:
    """Return the people who have to do with the release and have an address."""
    teams = [legal_name(code) for code in release.regions.values_list("code", flat=True)]
    theirs = Q(groups__name__in=teams) | Q(pk=release.created_by_id)
    people = get_user_model()._default_manager.filter(theirs, is_active=True)
    return list(people.exclude(email="").distinct().order_by("pk"))


def _write(release: Release) -> None:
    for person in recipients(release):
        with override(UserProfile.get_for_user(person).get_preferred_language()):
            subject = _("The release “%(release)s” did not go live") % {"release": release}
            text = render_to_string(TEMPLATE, {"release": release})
        send_mail(subject, text, None, [person.email])
