"""A world in which one thing is due, and what moves its clock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from wagtail.models import Page

from home.models import StandardPage
from review.models import Approval

MONDAY = date(2027, 2, 1)


def person(username: str):
    """Return a person of the demo."""
    return get_user_model().objects.get(username=username)


@pytest.fixture
def clock_at(db) -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Monday morning; a test moves it on."""
    with time_machine.travel(datetime.combine(MONDAY, time(8)), tick=False) as travelled:
        yield travelled


def go_to(clock, day: date) -> None:
    """Have it be the morning of `day`."""
    clock.move_to(datetime.combine(day, time(8)))


def later(days: int) -> date:
    """Return the day so many days after the Monday."""
    return MONDAY + timedelta(days=days)


@pytest.fixture
def review_due(english: StandardPage, clock_at) -> Approval:
    """The only approval there is: that of the European page, to be reviewed 40 days after the Monday."""
    Approval.objects.exclude(page=english.pk).delete()
    Approval.objects.filter(page=english.pk).update(review_by=later(40))
    return Approval.objects.get(revision=Page.objects.get(pk=english.pk).live_revision_id)
