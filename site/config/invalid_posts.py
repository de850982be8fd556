"""Recognise errors over what only the admin's own scripts send: rich text, decisions, ids of things."""

import re
import sys
from collections.abc import Collection, Iterator
from json import JSONDecodeError
from traceback import walk_tb

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

MAX_DEPTH = 200  # of the JSON that our pages send
TOO_MANY_DIGITS = re.compile(r"Exceeds the limit \(\d+ digits\) for integer string conversion\b")
# Of a decision with which something else was sent than the values of its form.
NO_VALUES = re.compile(r"on_action\(\) (?:argument after \*\* must be a mapping|got multiple values for)")
CONVERTER = ContentstateConverter.to_database_format.__code__  # reads rich text as the editor sends it


def is_of_a_post(error: BaseException | None, sent: Collection[str]) -> bool:
    """Say whether `error` comes of one of the values `sent`."""
    match error:
        case ObjectDoesNotExist():
            return any(value in sent for value in _looked_up(error))
        case JSONDecodeError() if error.doc in sent:
            return True
        case RecursionError():
            return any(map(_is_too_deep, sent))
        case TypeError() if NO_VALUES.search(str(error)):
            return bool(sent)
        case ValueError() if TOO_MANY_DIGITS.match(str(error)):
            return any(len(value) > sys.get_int_max_str_digits() for value in sent)
    return error is not None and _is_of_rich_text(error)


def _is_of_rich_text(error: BaseException) -> bool:
    return any(frame.f_code is CONVERTER for frame, _line in walk_tb(error.__traceback__))


def _looked_up(error: BaseException) -> Iterator[str]:
    """Give the values by which what was not found was asked for."""
    for frame, _line in walk_tb(error.__traceback__):
        if frame.f_code is QuerySet.get.__code__:
            yield from map(str, frame.f_locals["kwargs"].values())


def _is_too_deep(value: str) -> bool:
    """Say whether `value` may be JSON that nests deeper than ours."""
    return value.lstrip()[:1] in ("[", "{") and value.count("[") + value.count("{") > MAX_DEPTH
