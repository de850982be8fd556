"""When a label is in force: the rule in Python and the rule in SQL are one rule."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.db.models import QuerySet

from therapies.models import Label, Product
from therapies.models.in_force import Force, Status, force_of, in_force_between, is_in_force

DAY = date(2026, 6, 1)
DAYS = (None, -2, -1, 0, 1, 2)


def day(number: int | None) -> date | None:
    return None if number is None else DAY + timedelta(number)


def dated(
    live: bool = True, status: str = "approved", first: int | None = 0, end: int | None = None
) -> SimpleNamespace:
    return SimpleNamespace(live=live, status=status, effective_from=day(first), withdrawn_on=day(end))


@pytest.mark.parametrize(
    ("label", "force"),
    [
        (dated(), Force.IN_FORCE),
        (dated(first=-1, end=1), Force.IN_FORCE),
        (dated(status="withdrawn", first=-1, end=1), Force.IN_FORCE),
        (dated(first=-1, end=0), Force.ENDED),
        (dated(status="withdrawn", first=-2, end=-1), Force.ENDED),
        (dated(first=None, end=-1), Force.ENDED),
        (dated(first=1), Force.BEGINS),
        (dated(first=1, end=2), Force.BEGINS),
        (dated(first=1, end=1), Force.NEVER),
        (dated(first=2, end=1), Force.NEVER),
        (dated(first=None), Force.NEVER),
        (dated(status="under review"), Force.NOT_APPROVED),
        (dated(status="not approved"), Force.NOT_APPROVED),
        (dated(live=False), Force.DRAFT),
        (dated(live=False, status="not approved"), Force.DRAFT),
    ],
)
def test_how_a_label_stands(label, force):
    assert force_of(label, DAY) is force


@pytest.fixture
def grid(ca) -> dict[int, Label]:
    """Labels of every status, live and not, with every first day and end around the day."""
    Label.objects.all().delete()
    known = {"product": Product.objects.get(), "region": ca}
    QuerySet(Label).bulk_create(
        Label(**known, live=live, status=status, effective_from=day(first), withdrawn_on=day(end))
        for live, status, first, end in product((True, False), Status, DAYS, DAYS)
    )
    return Label.objects.in_bulk()


def numbers(labels) -> set[int]:
    return {label.pk for label in labels}


def test_the_database_finds_the_labels_that_are_in_force(db, grid):
    expected = numbers(label for label in grid.values() if is_in_force(label, DAY))
    assert numbers(Label.objects.in_force(DAY)) == expected
    assert expected


def test_the_database_finds_the_labels_that_would_be_in_force(db, grid):
    found = numbers(Label.objects.in_force_once_published(DAY))
    assert any(not grid[number].live for number in found)
    for label in grid.values():
        label.live = True
    assert found == numbers(label for label in grid.values() if is_in_force(label, DAY))


def test_the_database_finds_the_labels_that_have_ended(db, grid):
    expected = numbers(label for label in grid.values() if force_of(label, DAY) is Force.ENDED)
    assert numbers(Label.objects.ended(DAY)) == expected
    assert expected


@pytest.mark.parametrize(("start", "end"), [(0, 0), (1, 0), (0, 1), (-2, 3), (1, 2), (-1, None), (3, None)])
def test_the_database_finds_the_labels_in_force_on_one_of_several_days(db, grid, start, end):
    days = [day(number) for number in range(start, 10 if end is None else end)]
    expected = numbers(label for label in grid.values() if any(is_in_force(label, on) for on in days))
    assert numbers(Label.objects.filter(in_force_between(day(start), day(end)))) == expected
