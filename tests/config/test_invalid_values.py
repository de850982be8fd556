"""Which errors come of what was sent, and which are ours."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage
from django.db import DataError, IntegrityError, OperationalError
from django.test import RequestFactory
from django.urls import NoReverseMatch, ResolverMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import parse_header_parameters
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from config.invalid_values import is_senders_fault
from home.models import Region

HUGE = "99999999999999999999"


def address_error(value: str, pattern: str) -> NoReverseMatch:
    return NoReverseMatch(f"Reverse for 'a' with arguments '({value!r},)' not found. 1 pattern(s): {pattern}")


def number_error(value: str) -> ValueError:
    return ValueError(f"Field 'id' expected a number but got {value!r}.")


def no_key(value: str) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        Region._meta.pk.to_python(value)
    return raised.value


def too_long() -> ValueError:
    return ValueError("Exceeds the limit (4300 digits) for integer string conversion: it has more")


@pytest.mark.parametrize(
    ("address", "error"),
    [
        (f"/x/{HUGE}/", OverflowError()),
        ("/x/?p=2147483648", DataError()),
        ("/x/?q=%00", ValueError("A string literal cannot contain NUL (0x00) characters.")),
        ("/x/?q=%00", DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")),
        ("/x/?q=%00", ValueError("embedded null byte")),
        (f"/x/?position={HUGE}", IntegrityError("datatype mismatch")),
        (
            f"/x/?p={'9' * 5000}",
            too_long(),
        ),
        ("/x/?a=1", TypeError("Review.on_action() argument after ** must be a mapping, not int")),
        ("/x/?a=" + "[" * 1000, RecursionError()),
        ("/x/?day=0001-01-01", OverflowError("date value out of range")),
        ("/x/?day=9999-12-31", OverflowError("date value out of range")),
        ("/x/?id=abc", number_error("abc")),
        ("/x/?id=%00", number_error("\0")),
        ("/x/?p=abc", ValueError("invalid literal for int() with base 10: 'abc'")),
        ("/x/?p=abc", ValueError("could not convert string to float: 'abc'")),
        ("/x/?texts-0-id=abc", no_key("abc")),
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
        (f"/x/?position={HUGE}", IntegrityError("UNIQUE constraint failed")),
        ("/x/?position=7", IntegrityError("datatype mismatch")),
        ("/x/?p=7", too_long()),
        ("/x/?a=1", TypeError("f() argument after ** must be a mapping, not int")),
        ("/x/?a=[1]&b=" + "x" * 1000, RecursionError()),
        (f"/x/{HUGE}/", KeyError("p")),
        (f"/x/{HUGE}/", ValueError("not enough values to unpack")),
        ("/x/?q=%00", ValueError("not enough values to unpack")),
        ("/x/?q=eu", ValueError("'eu' is not what it should be")),
        ("/eu/", number_error("eu")),
        ("/x/?id=abc", number_error("xyz")),
        ("/x/?id=abc", TypeError("'abc'")),
        ("/x/?id=abc", no_key("xyz")),
        ("/x/?id=abc", ValidationError("abc")),
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


@pytest.mark.parametrize(("looked_up", "is_theirs"), [(HUGE, True), (7, True), (8, False)])
def test_what_is_not_there_is_the_senders_fault_where_its_id_was_sent(db, looked_up, is_theirs):
    with pytest.raises(Region.DoesNotExist) as raised:
        Region.objects.filter(code="?").get(pk=looked_up)
    assert is_senders_fault(raised.value, RequestFactory().post("/x/", {"a": HUGE, "b": "7"})) is is_theirs


@pytest.mark.parametrize("text", ["x", "[]", '{"blocks":1}', '{"blocks":[{"text":1}]}', "[" * 100_000])
def test_rich_text_that_is_none_is_the_senders_fault(text):
    with pytest.raises(Exception) as raised:  # noqa: PT011 - of whatever kind
        ContentstateConverter([]).to_database_format(text)
    assert is_senders_fault(raised.value, RequestFactory().post("/x/", {"intro": text}))


@pytest.mark.parametrize(("text", "is_theirs"), [("[1", True), ("[2", False)])
def test_json_that_is_none_is_the_senders_fault_where_it_was_sent(text, is_theirs):
    with pytest.raises(ValueError, match="Expecting") as raised:
        json.loads(text)
    assert is_senders_fault(raised.value, RequestFactory().post("/x/", {"a": "[1"})) is is_theirs


def test_a_database_that_is_away_is_nobodys_fault(monkeypatch):
    def away(*told: object) -> None:
        raise OperationalError

    monkeypatch.setattr("wagtail.admin.rich_text.converters.contentstate.json.loads", away)
    with pytest.raises(OperationalError) as raised:
        ContentstateConverter([]).to_database_format("{}")
    assert not is_senders_fault(raised.value, RequestFactory().post("/x/", {"intro": "{}"}))
