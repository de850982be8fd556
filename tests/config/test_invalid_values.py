"""Which errors come of what was sent, and which are ours."""

import pytest
from django.core.paginator import EmptyPage
from django.db import DataError
from django.test import RequestFactory
from django.urls import NoReverseMatch, ResolverMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import parse_header_parameters

from config.invalid_values import is_senders_fault

HUGE = "99999999999999999999"


def address_error(value: str, pattern: str) -> NoReverseMatch:
    return NoReverseMatch(f"Reverse for 'a' with arguments '({value!r},)' not found. 1 pattern(s): {pattern}")


def number_error(value: str) -> ValueError:
    return ValueError(f"Field 'id' expected a number but got {value!r}.")


@pytest.mark.parametrize(
    ("address", "error"),
    [
        (f"/x/{HUGE}/", OverflowError()),
        ("/x/?p=2147483648", DataError()),
        ("/x/?q=%00", ValueError("A string literal cannot contain NUL (0x00) characters.")),
        ("/x/?q=%00", DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")),
        ("/x/?q=%00", ValueError("embedded null byte")),
        ("/x/?day=0001-01-01", OverflowError("date value out of range")),
        ("/x/?day=9999-12-31", OverflowError("date value out of range")),
        ("/x/?id=abc", number_error("abc")),
        ("/x/?id=%00", number_error("\0")),
        ("/x/?p=abc", ValueError("invalid literal for int() with base 10: 'abc'")),
        ("/x/?p=abc", ValueError("could not convert string to float: 'abc'")),
        ("/x/?day=abc", ValueError("Invalid isoformat string: 'abc'")),
        ("/x/?next=abc", NoReverseMatch("Reverse for 'abc' not found. 'abc' is not a valid view.")),
        ("/x/?parent_page_id=abc", address_error("abc", "[0-9]+")),
        ("/x/", MultiValueDictKeyError("'p'")),
        ("/x/?p=7", EmptyPage()),
    ],
)
def test_what_no_column_takes_is_the_senders_fault(address, error):
    assert is_senders_fault(error, RequestFactory().get(address))


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("/x/7/?p=2&q=abc&day=2026-01-01", OverflowError()),
        ("/x/2147483647/", DataError()),
        ("/x/?q=000000000000000001", OverflowError()),
        (f"/x/{HUGE}/", KeyError("p")),
        (f"/x/{HUGE}/", ValueError("not enough values to unpack")),
        ("/x/?q=%00", ValueError("not enough values to unpack")),
        ("/x/?q=eu", ValueError("'eu' is not what it should be")),
        ("/eu/", number_error("eu")),
        ("/x/?id=abc", number_error("xyz")),
        ("/x/?id=abc", TypeError("'abc'")),
        ("/eu/search/", NoReverseMatch("Reverse for 'search' not found.")),
        ("/x/?q=search", NoReverseMatch("Reverse for 'search' not found.")),
        ("/x/?next=search", NoReverseMatch("Reverse for 'search' with no arguments not found.")),
        ("/x/?region=eu", address_error("eu", "[a-z]")),
        ("/eu/", address_error("eu", "[0-9]+")),
        ("/x/?p=7", MultiValueDictKeyError("'p'")),
        ("/x/", EmptyPage()),
        ("/x/", None),
    ],
)
def test_whatever_else_breaks_is_ours(address, error):
    assert not is_senders_fault(error, RequestFactory().get(address))


def test_what_a_route_leaves_open_was_sent_and_what_it_spells_out_was_not():
    request = RequestFactory().get("/label/edit/abc/")
    request.resolver_match = ResolverMatch(print, (), {"pk": "abc"})
    assert is_senders_fault(number_error("abc"), request)
    assert not is_senders_fault(number_error("label"), request)


def test_a_form_that_was_sent_counts_as_well():
    request = RequestFactory().post("/x/", {"ids": "a\0b"})
    assert is_senders_fault(ValueError("embedded null byte"), request)


def test_whatever_the_parameters_of_a_header_break_is_the_senders_fault():
    with pytest.raises(TypeError) as raised:
        parse_header_parameters("text/html; x*=a; x*0=b")
    assert is_senders_fault(raised.value, RequestFactory().get("/x/"))
