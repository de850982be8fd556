"""For which teams people's approvals stand: each person for one team, each team once.

Whoever belongs to two teams stands for either, so the question is that of a maximum matching in a
bipartite graph; the paths that augment it are looked for as in Kuhn's algorithm.
"""

from collections.abc import Collection, Mapping
from typing import TypeVar

Person = TypeVar("Person", bound=int | str)


def assign(people: Mapping[Person, Collection[str]]) -> dict[Person, str]:
    """Return a team for as many of `people` (with the teams of each) as can have one of their own.

    Whoever comes first keeps having one, if need be another than before.
    """
    taken: dict[str, Person] = {}
    for person in people:
        _place(person, people, taken, set())
    return {person: team for team, person in taken.items()}


def _place(
    person: Person, people: Mapping[Person, Collection[str]], taken: dict[str, Person], tried: set[str]
) -> bool:
    """Give `person` a team, if need be one that its present holder gives up for another."""
    for team in people[person]:
        if team in tried:
            continue
        tried.add(team)
        if team not in taken or _place(taken[team], people, taken, tried):
            taken[team] = person
            return True
    return False
