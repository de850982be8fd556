"""Patterns: what may be written, and that none of it can hang."""

import re

import pytest

from redirecting.addresses import InvalidRuleError
from redirecting.patterns import MAX_ADDRESS_LENGTH, compile_pattern, match
from tests.benchmarks.redirecting import SLOWEST


@pytest.mark.parametrize(
    ("pattern", "address", "groups"),
    [
        ("^/eu/old/(.*)$", "/eu/old/a/b", ("a/b",)),
        ("^/EU/(\\d{4})/([^/]+)/?$", "/eu/2016/trial/", ("2016", "trial")),
        ("^/(us|eu)/news(/.*)?$", "/us/news", ("us", None)),
        ("^/a\\.html\\?id=([0-9]{1,3})$", "/a.html?id=12", ("12",)),
        ("^/(?:old|older)/([a-z\\-]+?)$", "/older/some-page", ("some-page",)),
        ("^/price/\\$$", "/price/$", ()),
    ],
)
def test_a_plain_pattern_matches_whole_addresses(pattern, address, groups):
    found = match(compile_pattern(pattern), address)
    assert found is not None
    assert found.groups() == groups
    assert match(compile_pattern(pattern), f"/x{address}") is None


CATASTROPHIC = [
    "^/(a+)+$",
    "^/(a*)*b$",
    "^/(a|a)*$",
    "^/(a|aa)+$",
    "^/((a+))+$",
    "^/(?:a+){2,}$",
    "^/(a?){40}a$",
    "^/(.*)(.*)(.*)x$",
    "^/.*.*.*.*x$",
    "^/a*+$",
    "^/" + "a?" * 30 + "a" * 30 + "$",
    "^/" + "(a|a)" * 30 + "$",
    "^/.{0,900}.{0,900}.{0,900}x$",
]


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_a_pattern_that_could_hang_is_refused(pattern):
    with pytest.raises(InvalidRuleError):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "/eu/old",
        "^/eu/old",
        "/eu/old$",
        "^eu/old$",
        "^/a\\$",
        "^/(a$",
        "^/a)$",
        "^/[a$",
        "^/[z-a]$",
        "^/a|^/b$",
        "^/a$|^/b$",
        "^/a^b$",
        "^/*$*$",
        "^/(*)$",
        "^/(?=a)a$",
        "^/(?P<n>a)$",
        "^/(?i)a$",
        "^/(a)\\1$",
        "^/\\Aa$",
        "^/a{5,2}$",
        "^/[a--b]$",
        "^/[a&&b]$",
        "^/über$",
    ],
)
def test_what_is_not_known_to_be_harmless_is_refused(pattern):
    with pytest.raises(InvalidRuleError):
        compile_pattern(pattern)


@pytest.mark.parametrize(("pattern", "letter"), SLOWEST)
def test_the_slowest_patterns_that_are_allowed_come_to_an_end(pattern, letter):
    assert match(compile_pattern(pattern), "/" + letter * (MAX_ADDRESS_LENGTH - 2) + "#") is None


def test_an_address_that_is_too_long_matches_nothing():
    assert match(re.compile(".*"), "/" + "a" * MAX_ADDRESS_LENGTH) is None
