"""Values that no field, column or calendar takes, and the errors that mean no more than that.

Forms refuse them in words. Where a view reads a parameter of the address without a form, as many of
Wagtail's do, the database or Python does, with an error that would be a fault of ours for any other value.
"""

import re
from collections.abc import Iterator

from django.core.paginator import InvalidPage
from django.db import DataError
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError

MAX_INTEGER = 2**31 - 1  # of the smallest column that keeps a number
NUMBER = re.compile(r"\d+")
EDGE_OF_TIME = re.compile(r"(?:0000|0001|9999)-")  # years that another time zone puts outside of the calendar

# Whoever sent the request left out what our pages send, or asked for a page of a list that there is not.
ALWAYS = (MultiValueDictKeyError, InvalidPage)
# Only a number or a day that nothing takes brings these about; they do not quote it.
OUT_OF_RANGE = (OverflowError, DataError)
# These quote the value that they could not read.
QUOTING = (ValueError, NoReverseMatch)


def is_senders_fault(error: BaseException | None, request: HttpRequest) -> bool:
    """Say whether `error` comes of what was sent with `request`, and would not of what our pages send."""
    if isinstance(error, ALWAYS):
        return True
    if isinstance(error, OUT_OF_RANGE) and any(map(_is_out_of_range, _values(request))):
        return True
    return isinstance(error, QUOTING) and any(
        _is_no_text(value) or repr(value) in str(error) for value in _values(request) if value
    )


def _is_out_of_range(value: str) -> bool:
    """Say whether a column of numbers or the calendar of some time zone has no place for `value`."""
    numbers = (number.lstrip("0") for number in NUMBER.findall(value))
    is_large = any(len(number) > 10 or int(number or 0) > MAX_INTEGER for number in numbers)
    return is_large or bool(EDGE_OF_TIME.match(value)) or _is_no_text(value)


def _is_no_text(value: str) -> bool:
    """Say whether PostgreSQL or UTF-8 cannot hold `value`: a NUL, or half a pair of UTF-16."""
    return "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)


def _values(request: HttpRequest) -> Iterator[str]:
    """Give the parts of the address, and the values in the query and in the form."""
    yield from request.path_info.split("/")
    for sent in (request.GET, request.POST):
        for _name, values in sent.lists():
            yield from values
