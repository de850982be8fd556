"""A release of the European region, its people, and parts with approved drafts."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from home.models import StandardPage
from region_gate import clock
from review.models import PageReview, Release
from review.releases import parts
from tests.conftest import TOPIC, approval
from therapies.models import Label, TherapyPage

numbers = count(1)


def person(name: str) -> Any:
    """Return the person of the demo called `name`."""
    return get_user_model().objects.get(username=name)


@pytest.fixture
def second_legal(db):
    """A second person of the European legal team."""
    found = get_user_model().objects.create_user("eu-legal-2", "eu-legal-2@example.com", "x")
    found.groups.add(Group.objects.get(name="eu legal"))
    return found


@pytest.fixture
def release(eu) -> Release:
    """An empty release of the European region, without a date."""
    return made(eu)


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live page that names no product."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def label(eu) -> Label:
    """The European label, in force."""
    return Label.objects.filter(region=eu, live=True).order_by("pk").first()


@pytest.fixture
def naming(eu_home) -> TherapyPage:
    """A live page that names the label's product."""
    return TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)


def made(*regions, by: str = "eu-legal", at=None) -> Release:
    """Return an empty release of `regions`."""
    release = Release.objects.create(
        name="New indication", reason="So.", created_by=person(by), goes_live_at=at
    )
    release.regions.set(regions)
    return release


def fresh(thing: Any) -> Any:
    """Return `thing` as it is stored now."""
    return type(thing)._base_manager.get(pk=thing.pk)


def send(thing: Any, by: str = "eu-editor") -> Any:
    """Have `by` write what `thing` says now as a draft and send it; return the step in which it waits."""
    writer = person(by)
    thing.save_revision(user=writer)
    fresh(thing).get_workflow().start(fresh(thing), writer)
    return fresh(thing).current_workflow_task_state


def approve(step: Any, by: str = "eu-legal") -> None:
    """Have `by` approve what waits in `step`; a page with a new code."""
    task = step.task.specific
    given = approval(f"REL-{next(numbers)}") if isinstance(task, PageReview) else {"comment": ""}
    task.on_action(step, person(by), "approve", **given)


def add_approved(release: Release, thing: Any, by: str = "eu-editor", approver: str = "eu-legal") -> Any:
    """Make what `thing` says now a part of the release, and have it approved."""
    thing.save_revision(user=person(by))
    item = parts.add(release, fresh(thing), person(by))
    step = send(thing, by)
    approve(step, approver)
    item.refresh_from_db()
    return item


def due(release: Release) -> None:
    """Have the moment of the release come."""
    Release.objects.filter(pk=release.pk).update(goes_live_at=timezone.now() - timedelta(minutes=1))


def tomorrow():
    return clock.today() + timedelta(days=1)
