"""For which teams approvals stand."""

import pytest

from review.teams import assign


@pytest.mark.parametrize(
    ("people", "teams"),
    [
        ({}, 0),
        ({"a": []}, 0),
        ({"a": ["eu"]}, 1),
        ({"a": ["eu", "us"]}, 1),  # each person once
        ({"a": ["eu"], "b": ["eu"]}, 1),  # each team once
        ({"a": ["eu"], "b": ["us"]}, 2),
        ({"a": ["eu", "us"], "b": ["eu"]}, 2),  # the first gives way to the second
        ({"a": ["eu", "us"], "b": ["eu", "us"], "c": ["eu", "us"]}, 2),
        ({"a": ["eu", "us"], "b": ["us", "ca"], "c": ["eu"]}, 3),
    ],
)
def test_as_many_teams_as_there_are_people_to_stand_for_them(people, teams):
    found = assign(people)
    assert len(found) == len({*found.values()}) == teams
    assert all(team in people[person] for person, team in found.items())


def test_whoever_came_first_is_never_left_out_for_another():
    people = {"a": ["eu", "us"], "b": ["eu"], "c": ["us"]}
    assert [*assign(people)].count("c") == 0
    assert assign(people) == {"a": "us", "b": "eu"}
