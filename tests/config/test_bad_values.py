"""Which errors come of what was sent, and which are ours."""

import pytest
from django.core.paginator import EmptyPage
from django.db import DataError
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError

from config.bad_values import is_senders_fault

HUGE = "99999999999999999999"


@pytest.mark.parametrize(
    ("address", "error"),
    [
        (f"/x/{HUGE}/", OverflowError()),
        ("/x/?p=2147483648", DataError()),
        ("/x/?q=%00", ValueError("A string literal cannot contain NUL (0x00) characters.")),
        ("/x/?q=%00", DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")),
        ("/x/?day=0001-01-01", OverflowError("date value out of range")),
        ("/x/?day=9999-12-31", OverflowError("date value out of range")),
        ("/x/?id=abc", ValueError("Field 'id' expected a number but got 'abc'.")),
        ("/x/?p=abc", ValueError("invalid literal for int() with base 10: 'abc'")),
        ("/x/?next=abc", NoReverseMatch("Reverse for 'abc' not found.")),
        ("/x/", MultiValueDictKeyError("p")),
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
        ("/x/?id=abc", ValueError("Field 'id' expected a number but got 'xyz'.")),
        ("/x/?id=abc", TypeError("'abc'")),
        ("/x/", None),
    ],
)
def test_whatever_else_breaks_is_ours(address, error):
    assert not is_senders_fault(error, RequestFactory().get(address))


def test_a_form_that_was_sent_counts_as_well():
    request = RequestFactory().post("/x/", {"ids": "a\0b"})
    assert is_senders_fault(ValueError("embedded null byte"), request)
