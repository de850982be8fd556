"""Locks for changes in the admin: one decision at a time, each seeing the ones before."""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.db import Error, models
from django.dispatch import Signal
from django.http import HttpRequest
from django.urls import ResolverMatch
from wagtail.models import DraftStateMixin, Page

from region_gate.models import Edition

from .models import RegionHomePage

# Sent with `request` and `kwargs`, its view's, once nobody else can decide until it is answered.
# Receivers raise RefusedError for what has been decided in the meantime.
decision_begins = Signal()

# What decides nothing, and must not wait: previews, signs of life, and people's own affairs.
UNDECIDING = {
    *("preview_on_add", "preview_on_edit", "ping", "release", "wagtailadmin_block_preview"),
    *("wagtailadmin_account", "wagtailadmin_dismissibles"),
    *("wagtailadmin_password_reset", "wagtailadmin_password_reset_confirm"),
}
SAVING = {"action-save", "action-save-draft"}  # the buttons of an editor that send nothing on
# PostgreSQL's: deadlock, serialization, lock not available, not unique; then SQLite's.
COLLISIONS = {"40P01", "40001", "55P03", "23505"} | {
    *("SQLITE_BUSY", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"),
}


def hold(request: HttpRequest, view: Callable[..., Any], kwargs: Mapping[str, Any]) -> None:
    """Make `request`, a change by `view`, wait for other changes of the same thing; needs a transaction.

    What decides about anything that visitors see waits for every other such decision, and has its
    turn before it reads anything. The draft of a page or snippet waits for changes of that one only.
    """
    match = request.resolver_match
    if match is None or match.url_name in UNDECIDING:
        return
    model, number = _changed(match, view, kwargs)
    if not _is_draft(request, match, model, number):
        Edition.lock()
        decision_begins.send(type(request), request=request, kwargs=kwargs)
    if model and number:
        hold_row(model, number)


def hold_row(model: type[models.Model], number: Any) -> None:
    """Lock the row of `model` with the key `number` until the transaction ends."""
    rows = model._base_manager.select_for_update(of=("self",), no_key=True)
    rows.filter(pk=number).values_list("pk").first()


def is_collision(error: Error) -> bool:
    """Say whether the database refused a change because of another one at the same time."""
    cause = error.__cause__
    codes = {getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)}
    return not COLLISIONS.isdisjoint(codes)


def _changed(
    match: ResolverMatch, view: Callable[..., Any], kwargs: Mapping[str, Any]
) -> tuple[type[models.Model] | None, Any]:
    """Return the model and the key of what the view changes; None where there is none."""
    if "page_id" in kwargs or match.app_name == "wagtailadmin_pages":
        return Page, kwargs.get("page_id")
    model = getattr(view, "view_initkwargs", {}).get("model")
    if isinstance(model, str):  # which Wagtail takes as well
        model = apps.get_model(model)
    return model, unquote(str(kwargs["pk"])) if "pk" in kwargs else None


def _is_draft(
    request: HttpRequest, match: ResolverMatch, model: type[models.Model] | None, number: Any
) -> bool:
    """Say whether `request` only saves the draft of something that is there already."""
    if match.url_name != "edit" or not model or not issubclass(model, DraftStateMixin):
        return False
    if any(name.startswith("action-") for name in request.POST.keys() - SAVING):
        return False
    # Whatever is saved of a region's home page makes a new edition.
    return not (issubclass(model, Page) and RegionHomePage.objects.filter(pk=number).exists())
