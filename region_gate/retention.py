"""What is kept although its time is over: every purge asks, and whoever keeps something answers.

    with transaction.atomic():
        purgeable(StoredMail.objects.over()).delete()

An app that keeps rows says which with `keep`, once for each model.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from region_gate.models import Edition

Row = TypeVar("Row", bound=Model)
Rule = Callable[[], Q | None]  # which rows are kept now; None for none

# What says in words what is kept, and by whom, for `manage.py check_record`.
notes: list[Callable[[], Iterable[str]]] = []

_rules: dict[type[Model], Rule] = {}


def keep(model: type[Model], rule: Rule) -> None:
    """Have no purge delete those rows of `model` that `rule` says."""
    _rules[model] = rule


def purgeable(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return those of `rows` that nobody keeps, to be deleted in the same transaction.

    Until that ends nobody begins to keep anything. Raises LookupError where nobody has said which rows of
    the model are kept, and TransactionManagementError outside a transaction.
    """
    rule = _rules[rows.model]
    Edition.lock()
    kept = rule()
    return rows if kept is None else rows.exclude(kept)
