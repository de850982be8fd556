"""Which region an address is in."""

import pytest

from region_gate.links.regions import Address, Regions, RegionSpec, plain_host, segments

EU = RegionSpec("eu", "Europe", (Address("www.example.com", "/eu/", "en"), Address("eu.example.com", "/")))
DE = RegionSpec(
    "de-only",
    "Germany",
    (Address("www.example.com", "/eu/germany/"),),
    (Address("www.example.com", "/files/7/"),),
)
REGIONS = Regions((EU, DE), frozenset({"www.example.com", "WWW2.Example.com."}), "www.example.com")


@pytest.mark.parametrize(
    ("host", "path", "code"),
    [
        ("www.example.com", "/", None),
        ("www.example.com", "/eu/", "eu"),
        ("www.example.com", "/eu", "eu"),
        ("www.example.com", "/EU/x/", "eu"),
        ("www.example.com", "/europe/", None),
        ("www.example.com", "/xeu/", None),
        ("www.example.com", "/eu.html", None),
        ("www.example.com", "/eu/germany/x/", "de-only"),
        ("www.example.com", "/eu/germany-x/", "eu"),
        ("www.example.com", "/us/..%2feu/", "eu"),
        ("www.example.com", "/us/%2e%2e%2Feu", "eu"),
        ("www.example.com", "/%65%75/", "eu"),
        ("www.example.com", "/%2565u/", None),
        ("www.example.com", "//eu//x", "eu"),
        ("www.example.com", "/%2feu/", "eu"),
        ("www.example.com", "/./eu/", "eu"),
        ("www.example.com", "/eu/..%2f", None),
        ("www.example.com", "/files/7/a", "de-only"),
        ("www.example.com", "/files/007/a", "de-only"),
        ("www.example.com", f"/files/{'0' * 5000}7/a", "de-only"),
        ("www.example.com", "/files/%D9%A7/a", "de-only"),
        ("www.example.com", "/files/\N{FULLWIDTH DIGIT SEVEN}/a", "de-only"),
        ("www.example.com", "/files/%37/a", "de-only"),
        ("www.example.com", "/files/70/a", None),
        ("www.example.com", "/files/0/a", None),
        ("www.example.com", "/files/\N{SUPERSCRIPT SEVEN}/a", None),
        ("eu.example.com", "/", "eu"),
        ("eu.example.com", "/us/", "eu"),
        ("www2.example.com", "/eu/", None),
        ("evil.test", "/eu/", None),
    ],
)
def test_an_address_is_in_the_region_with_the_longest_prefix(host, path, code):
    assert REGIONS.region_at(host, path) == code


def test_the_hosts_of_the_regions_and_the_further_ones_are_ours():
    ours = ["www.example.com", "eu.example.com", "www2.example.com"]
    assert all(map(REGIONS.is_own, ours))
    assert not REGIONS.is_own("evil.test")


def test_a_region_is_found_by_its_code():
    assert REGIONS.get("eu") == EU
    assert REGIONS.get("xx") is None


def test_an_unknown_host_of_a_page_is_known_as_the_default_one():
    assert REGIONS.known_as("127.0.0.1:8000") == "www.example.com"
    assert REGIONS.known_as("eu.example.com") == "eu.example.com"
    assert Regions().known_as("127.0.0.1:8000") == "127.0.0.1:8000"


def test_a_region_has_a_home_in_a_language_or_else_its_first():
    assert EU.home("en") == EU.addresses[0]
    assert EU.home("") == EU.addresses[1]
    assert EU.home("fr") == EU.addresses[0]
    assert RegionSpec("xx", "Nowhere").home("en") is None


def test_two_regions_cannot_own_one_address():
    twin = RegionSpec("twin", "Twin", (Address("WWW.example.com", "/EU/"),))
    with pytest.raises(ValueError, match="claimed by 'eu' and by 'twin'"):
        Regions((EU, twin))


@pytest.mark.parametrize("prefix", ["", "eu", "/eu", "eu/"])
def test_a_prefix_starts_and_ends_in_a_slash(prefix):
    with pytest.raises(ValueError, match="must start and end in a slash"):
        Address("www.example.com", prefix)


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("WWW.Example.com", "www.example.com"),
        ("www.example.com.", "www.example.com"),
        ("www.example.com.:8443", "www.example.com:8443"),
        ("[::1]:8000", "[::1]:8000"),
    ],
)
def test_a_host_has_one_plain_form(host, plain):
    assert plain_host(host) == plain


def test_segments_are_decoded_once_and_resolved():
    assert segments("/A/%2E%2e/b//./c%2Fd/%252f/") == ("b", "c", "d", "%2f")
    assert segments("/../../x") == ("x",)
