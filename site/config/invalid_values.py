"""Recognise errors that mean no more than a value that no field, column or calendar takes.

Forms refuse them in words. Where a view reads a parameter of the address without a form, as many of
Wagtail's do, the database or Python does, with an error that would be a fault of ours for any other value.
"""

import re
from collections.abc import Iterator
from itertools import chain
from traceback import walk_tb

from django.core.paginator import InvalidPage
from django.db import DataError, IntegrityError
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import parse_header_parameters

from .invalid_posts import is_of_a_post

MAX_INTEGER = 2**31 - 1  # of the smallest column that keeps a number
NUMBER = re.compile(r"\d+")
EDGE_OF_TIME = re.compile(r"(?:0000|0001|9999)-")  # years that another time zone puts outside of the calendar

PAGE_NUMBERS = ("p", "page")
NEXT = "next"  # the parameter in which Wagtail's views are told where to go on
# What Django and Python say of a value that is no number or day, and what all but PostgreSQL say of a NUL.
UNREADABLE = re.compile(
    r"Field '\w+' expected a number but got (.+)\.\Z"
    r"|invalid literal for int\(\) with base \d+: (.+)\Z"
    r"|could not convert string to float: (.+)\Z"
    r"|Invalid isoformat string: (.+)\Z",
    re.DOTALL,
)
# Of an address that takes a number, and was given something else.
NO_NUMBER = re.compile(r"Reverse for '[\w:]+' with arguments '\((.+),\)' not found\. .*\[0-9\]\+", re.DOTALL)
NUL = re.compile(r"\bNUL\b|\bnull (?:byte|character)")
MISMATCH = "datatype mismatch"  # what SQLite says of a number that is larger than any of its own


def is_senders_fault(error: BaseException | None, request: HttpRequest) -> bool:
    """Say whether `error` comes of what was sent with `request`, and would not of what our pages send."""
    return is_of_a_post(error, set(_sent(request))) or _is_of_a_value(error, request)


def _is_of_a_value(error: BaseException | None, request: HttpRequest) -> bool:
    match error:
        case MultiValueDictKeyError():
            return not any(error.args[0] == repr(name) for name in chain(request.GET, request.POST))
        case InvalidPage():
            return any(name in request.GET for name in PAGE_NUMBERS)
        case OverflowError() | DataError() | IntegrityError() if _tells_of_range(error):
            return any(map(_is_out_of_range, (*request.path_info.split("/"), *_sent(request))))
        case NoReverseMatch() if found := NO_NUMBER.match(str(error)):
            return found[1] in map(repr, _sent(request))
        case NoReverseMatch():
            sent = request.POST.get(NEXT) or request.GET.get(NEXT)
            return bool(sent) and str(error).startswith(f"Reverse for {sent!r} not found.")
        case ValueError() if _tells_of_no_text(error):
            return any(map(_is_no_text, (*request.path_info.split("/"), *_sent(request))))
        case ValueError() if found := UNREADABLE.match(str(error)):
            return found[found.lastindex or 0] in map(repr, (*_varying(request), *_sent(request)))
    return error is not None and _is_of_a_header(error)


def _is_of_a_header(error: BaseException) -> bool:
    """Say whether `error` was raised by what reads the parameters of a header, which is always sent."""
    code = parse_header_parameters.__code__
    return any(frame.f_code is code for frame, _line in walk_tb(error.__traceback__))


def _tells_of_range(error: BaseException) -> bool:
    """Say whether `error` may be about a number or a day, which it does not quote."""
    return not isinstance(error, IntegrityError) or str(error) == MISMATCH


def _is_out_of_range(value: str) -> bool:
    """Say whether a column of numbers or the calendar of some time zone has no place for `value`."""
    numbers = (number.lstrip("0") for number in NUMBER.findall(value))
    is_large = any(len(number) > 10 or int(number or 0) > MAX_INTEGER for number in numbers)
    return is_large or bool(EDGE_OF_TIME.match(value)) or _is_no_text(value)


def _tells_of_no_text(error: ValueError) -> bool:
    return isinstance(error, UnicodeEncodeError) or bool(NUL.search(str(error)))


def _is_no_text(value: str) -> bool:
    """Say whether PostgreSQL or UTF-8 cannot hold `value`: a NUL, or half a pair of UTF-16."""
    return "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)


def _varying(request: HttpRequest) -> Iterator[str]:
    """Give the parts of the address that its route leaves open."""
    if match := request.resolver_match:
        yield from map(str, (*match.args, *match.kwargs.values()))


def _sent(request: HttpRequest) -> Iterator[str]:
    """Give the values in the query and in the form."""
    for _name, values in chain(request.GET.lists(), request.POST.lists()):
        yield from values
