"""A page of the European region, and what its people do with it."""

import pytest
from django.test import Client
from django.urls import reverse

from home.models import StandardPage
from tests.conftest import approval, signed_in
from tests.home.test_access import form


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live page that names no product."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def us_legal(db) -> Client:
    """A browser in which another region's legal reviewer is signed in."""
    return signed_in("us-legal")


def fresh(page: StandardPage) -> StandardPage:
    """Return `page` as it is stored now."""
    return StandardPage.objects.get(pk=page.pk)


def edit(page: StandardPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def loaded(thing) -> dict[str, str]:
    """Return what the form says of the draft on which it was opened."""
    draft = type(thing).objects.get(pk=thing.pk).latest_revision
    if draft is None:
        return {}
    return {"loaded_revision_id": str(draft.pk), "loaded_revision_created_at": draft.created_at.isoformat()}


def write(client: Client, page: StandardPage, title: str = "About Sirtex", **more: str):
    """Save a draft as the editor's form does, loaded just before."""
    return client.post(edit(page), form(title, **{"slug": page.slug, **loaded(page), **more}))


def submit(client: Client, page: StandardPage, title: str = "About Sirtex"):
    """Save a draft and send it to legal."""
    return write(client, page, title, **{"action-submit": "1"})


def waiting(page: StandardPage):
    """Return the step in which `page` waits for legal."""
    return fresh(page).current_workflow_task_state


def screen(page: StandardPage) -> str:
    """Return the address of the reviewer's screen."""
    return reverse("review", args=[waiting(page).pk])


def approve(client: Client, page: StandardPage, code: str = "EU-2026-001", **more: str):
    """Approve what waits, on the reviewer's screen."""
    values = {f"approve-{name}": value for name, value in approval(code, **more).items()}
    return client.post(screen(page), {**values, "approve": "1"})
