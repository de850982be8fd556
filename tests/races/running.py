"""The rounds of each kind, counted."""

from collections import Counter
from collections.abc import Collection

from .kinds import KINDS, Kind
from .pair import Pair, pair
from .world import World

COLUMNS = ("rounds", "doubled", "errors", "unlabelled", "told")


def run(database: str, rounds: int, names: Collection[str] | None = None) -> int:
    """Run `rounds` of the kinds called `names`, all without; return 1 where something was amiss, else 0."""
    print(f"{'kind':<44}" + "".join(f"{name:>11}" for name in COLUMNS), flush=True)
    amiss = 0
    with pair(database) as two:
        world = World()
        for name, kind in KINDS.items():
            if names and name not in names:
                continue
            count = _count(kind, world, two, rounds)
            print(f"{name:<44}" + "".join(f"{count[column]:>11}" for column in COLUMNS), flush=True)
            amiss += count["doubled"] + count["errors"] + count["unlabelled"]
    return int(amiss > 0)


def _count(kind: Kind, world: World, two: Pair, rounds: int) -> Counter[str]:
    count: Counter[str] = Counter()
    for number in range(rounds):
        race = kind(world, number)
        answers = two.act(*race.acts)
        failed = [answer.error or "500" for answer in answers if answer.error or answer.status >= 500]
        if failed and not count["errors"]:
            print(failed[0], flush=True)
        found = race.judge(answers)
        count += Counter(rounds=1, errors=len(failed), **found)
        count["told"] += any("already" in answer.said or "no decision" in answer.said for answer in answers)
    return count
