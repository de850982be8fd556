"""Recognise errors over what only the admin's own scripts send: rich text, decisions, ids of things."""

import re
import sys
from collections.abc import Collection, Iterator
from json import JSONDecodeError
from traceback import walk_tb

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import OperationalError
from django.db.models import QuerySet
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.dismissibles import DismissiblesView
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

MAX_DEPTH = 200  # of the JSON that our pages send
TOO_MANY_DIGITS = re.compile(r"Exceeds the limit \(\d+ digits\) for integer string conversion\b")
# Of a decision with which something else was sent than the values of its form.
NO_VALUES = re.compile(r"on_action\(\) (?:argument after \*\* must be a mapping|got multiple values for)")
# What reads rich text and tables as the editor sends them, and which hints somebody has put away.
READERS = {
    BaseTypedTableBlock.value_from_datadict.__code__,
    ContentstateConverter.to_database_format.__code__,
    DismissiblesView.patch.__code__,
}


def is_of_a_post(error: BaseException | None, sent: Collection[str]) -> bool:
    """Say whether `error` comes of one of the values `sent`."""
    match error:
        case ObjectDoesNotExist():
            return any(value in sent for value in _looked_up(error))
        case JSONDecodeError() if error.doc in sent:
            return True
        case ValidationError(code="invalid", params={"value": str(value)}) if value in sent:
            return True
        case RecursionError() if any(map(_is_too_deep, sent)):
            return True
        case TypeError() if NO_VALUES.search(str(error)):
            return bool(sent)
        case ValueError() if TOO_MANY_DIGITS.match(str(error)):
            return any(len(value) > sys.get_int_max_str_digits() for value in sent)
    return error is not None and _is_of_a_reader(error)


def _is_of_a_reader(error: BaseException) -> bool:
    """Say whether what reads only what was sent broke over it, and not over a database that is away."""
    is_away = isinstance(error, OperationalError)
    return not is_away and any(frame.f_code in READERS for frame, _line in walk_tb(error.__traceback__))


def _looked_up(error: BaseException) -> Iterator[str]:
    """Give the values by which what was not found was asked for."""
    for frame, _line in walk_tb(error.__traceback__):
        if frame.f_code is QuerySet.get.__code__:
            yield from map(str, frame.f_locals["kwargs"].values())


def _is_too_deep(value: str) -> bool:
    """Say whether `value` may be JSON that nests deeper than ours."""
    return value.lstrip()[:1] in ("[", "{") and value.count("[") + value.count("{") > MAX_DEPTH
