"""Refuse to delete what is live, and people who have approved something."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from home.exceptions import RefusedError, named
from therapies.models import Product

from . import publication_rules
from .models import Approval, TeamApproval


def check(thing: Any) -> None:
    """Raise RefusedError where a person would delete what is live, or what live pages stand below."""
    if not publication_rules.is_guarded():
        return
    if found := _live_in(thing):
        raise RefusedError(
            _(
                "What is live is not deleted: %(things)s. Take it down first with “Unpublish”, which the "
                "record keeps; then delete it."
            )
            % {"things": named(found)}
        )
    if isinstance(thing, Product) and thing.first_published_at:
        words = _("“%(product)s” has been published, and its names are watched for good: it is not deleted.")
        raise RefusedError(words % {"product": thing})


def check_person(person: Any) -> None:
    """Raise RefusedError where the person to be deleted has approved something or asked for changes."""
    decided = TaskState.objects.filter(finished_by=person.pk)
    approved = (kind.objects.filter(approved_by=person.pk) for kind in (Approval, TeamApproval))
    if decided.exists() or any(found.exists() for found in approved):
        words = _(
            "“%(person)s” has decided in reviews, and who did so is kept. Make the account inactive instead."
        )
        raise RefusedError(words % {"person": person})


def _live_in(thing: Any) -> list[Any]:
    """Return `thing` if it is live, and the live pages below it."""
    if isinstance(thing, Page):
        return list(Page.objects.descendant_of(thing, inclusive=True).live().order_by("path"))
    return [thing] if thing.live else []
