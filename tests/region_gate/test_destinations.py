"""Where links lead, by tables: plain addresses beside hostile ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region_gate.links.destinations import (
    MAX_URL_LENGTH,
    Destination,
    DestinationKind,
    Reason,
    Viewpoint,
    classify,
)
from region_gate.links.regions import Address, Regions, RegionSpec
from tests.region_gate.world import CASES, HOST, HOSTILE_ADDRESSES, INERT_ADDRESSES, REGIONS, US_PAGE


def outcome(destination: Destination) -> str:
    """Say in a few words what a destination comes to."""
    if destination.is_blocked:
        return f"block {destination.reason}"
    if destination.kind is DestinationKind.THIRD_PARTY:
        return f"third-party {destination.host}"
    return f"{destination.kind} {destination.region}".strip()


def seen_from(page_url: str, href: str) -> str:
    return outcome(classify(href, page_url=page_url, regions=REGIONS))


@pytest.mark.parametrize("case", CASES["addresses"], ids=lambda case: case["href"])
def test_a_given_address_leads_where_expected(case):
    found = classify(case["href"], page_url=CASES["page"], regions=REGIONS)
    expected, _, where = case["expected"].partition(" ")
    if expected == "pass":
        assert found.kind in (DestinationKind.SAME_REGION, DestinationKind.NEUTRAL, DestinationKind.CONTACT)
    elif expected == "block":
        assert found.is_blocked
    else:
        assert (found.kind, where) == (expected, found.region if expected == "cross-region" else found.host)


SAME = "same region us"
EU = "cross-region eu"
EVIL = "third-party evil.test"
SCHEME = f"block {Reason.SCHEME}"
UNREADABLE = f"block {Reason.UNREADABLE}"
AMBIGUOUS = f"block {Reason.AMBIGUOUS}"


@pytest.mark.parametrize("case", HOSTILE_ADDRESSES, ids=lambda case: ascii(case["href"]))
def test_a_link_on_an_american_page_leads_to(case):
    assert seen_from(US_PAGE, case["href"]) == case["expected"]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://\ud800.test/", UNREADABLE),
        (f"/us/{'x' * MAX_URL_LENGTH}", f"block {Reason.TOO_LONG}"),
        (f"https://evil.test/{'x' * MAX_URL_LENGTH}", f"block {Reason.TOO_LONG}"),
        (f"/us/{'ü' * (MAX_URL_LENGTH // 6)}", f"block {Reason.TOO_LONG}"),
    ],
)
def test_an_address_that_no_page_can_hold_leads_nowhere(href, expected):
    assert seen_from(US_PAGE, href) == expected


@pytest.mark.parametrize(("href", "is_inert"), INERT_ADDRESSES, ids=ascii)
def test_an_address_of_a_script_that_does_nothing_is_inert(href, is_inert):
    found = classify(href, page_url=US_PAGE, regions=REGIONS)
    assert (found.kind is DestinationKind.INERT) is is_inert
    assert found.is_blocked or is_inert or not found.url.startswith(("javascript:", "vbscript:", "data:"))


@pytest.mark.parametrize("filling", ["a", "&", "%", "%26", "ü"])
def test_an_address_as_long_as_may_be_leads_where_it_leads(filling):
    start = "https://evil.test/?"
    spelt = {"ü": "%C3%BC"}.get(filling, filling)
    href = start + filling * ((MAX_URL_LENGTH - len(start)) // len(spelt))
    assert seen_from(US_PAGE, href) == "third-party evil.test"


@pytest.mark.parametrize("page", ["https://www.example.com/", "https://www.example.com/leaving/?x"])
@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/us/", "neutral us"),
        ("/eu/", "neutral eu"),
        ("https://jp.example.com/", "neutral jp"),
        ("/about/", "neutral"),
        ("https://evil.test/", EVIL),
        ("javascript:x", SCHEME),
    ],
)
def test_from_a_neutral_page_only_third_parties_are_crossings(page, href, expected):
    assert seen_from(page, href) == expected


@pytest.mark.parametrize(
    ("page", "href", "expected"),
    [
        ("https://jp.example.com/x/", "/us/", "same region jp"),
        ("https://jp.example.com/x/", "https://www.example.com/jp/", "same region jp"),
        ("https://jp.example.com/x/", "https://www.example.com/us/", "cross-region us"),
        ("https://jp.example.com/x/", "https://www.example.com/", "neutral"),
        ("http://www.example.com/us/", "https:evil.test", AMBIGUOUS),
        ("http://www.example.com/us/", "http:evil.test", AMBIGUOUS),
        ("http://www.example.com/us/", "//evil.test", EVIL),
        ("https://www.example.com/us/..%2feu/", "x/", "same region eu"),
        ("https://WWW.example.com.:443/US/", "/us/", "same region us"),
        ("https://unknown.test/us/", "/x/", "neutral"),
        ("https://unknown.test/us/", "https://www.example.com/us/", "neutral us"),
    ],
)
def test_links_are_read_from_where_they_stand(page, href, expected):
    assert seen_from(page, href) == expected


def test_a_page_on_an_unknown_host_of_ours_has_the_default_host_s_regions():
    local = Regions(
        (
            RegionSpec("us", "US", (Address("localhost", "/us/"),)),
            RegionSpec("eu", "EU", (Address("localhost", "/eu/"),)),
        ),
        default_host="localhost",
    )
    here = Viewpoint.at("http://127.0.0.1:8000/us/", local)
    assert here.region == "us"
    assert outcome(here.classify("/eu/")) == EU
    assert outcome(here.classify("/us/x/")) == SAME
    assert outcome(here.classify("http://127.0.0.1:8001/us/")) == "third-party 127.0.0.1:8001"
    assert outcome(here.classify("http://localhost/eu/")) == EU


def test_a_destination_keeps_the_standard_s_spelling():
    found = classify("HTTPS://Ünï.test:443/a b?q=\u00fc#f", page_url=US_PAGE, regions=REGIONS)
    assert found.url == "https://xn--n-nga1b.test/a%20b?q=%C3%BC#f"
    assert found.readable_host == "ünï.test"
    assert classify("//evil.test", page_url=US_PAGE, regions=REGIONS).readable_host == "evil.test"


def test_a_region_may_be_given_to_a_page_that_stands_for_it():
    notice = Viewpoint.at(f"https://{HOST}/leaving/", REGIONS, region="us")
    assert outcome(notice.classify("/eu/")) == EU


def test_a_page_without_a_readable_address_is_refused():
    with pytest.raises(ValueError, match="Invalid"):
        Viewpoint.at("not an address", REGIONS)


SCHEMES = st.sampled_from(["https:", "HTTP:", "h\tttps:", "\x00https:", "ht\ntp:", " https:"])
SLASHES = st.text("/\\", min_size=2, max_size=5)
SPRINKLES = st.text("\t\n\r", max_size=3)
USERS = st.sampled_from(
    ["", "u@", "u:p@", "www.example.com@", "www.example.com:443@", "%2f@", "@@", "a:b:c@"]
)
ODD_HOSTS = st.sampled_from(
    ["evil.test", "EVIL.test", "evil.test.", "e\u00advil.test", "\uff45vil.test", "evil。test", "%65vil.test"]
)
ENDS = st.sampled_from(
    ["", "/", "\\", "?", "#", "/us/", "\\@www.example.com/us/", "?@www.example.com", "#/us/"]
)


@given(SCHEMES | st.just(""), SLASHES, SPRINKLES, USERS, ODD_HOSTS, ENDS)
def test_no_address_built_from_the_grammar_escapes(scheme, slashes, sprinkles, user, host, end):
    """Whatever the spelling, the host is evil.test by construction."""
    href = f"{scheme}{sprinkles}{slashes}{user}{host}{end}"
    assert seen_from(US_PAGE, href) == EVIL


UPWARDS = st.lists(st.sampled_from(["..", "%2e%2e", ".%2E", "x/..", ".", "%2e"]), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)
CODES = st.sampled_from(["eu", "EU", "%65u", "e%55", "de/eu", "De/%45U"])
SEPARATORS = st.sampled_from(["/", "\\", "//", "/./", "%2f"])


@given(UPWARDS, CODES, SEPARATORS, st.sampled_from(["", "?x", "#x", "/", "/us/", "%2f"]))
def test_no_path_into_another_region_escapes(upwards, code, separator, end):
    """Whatever the spelling, the path goes up to the root and down into eu by construction."""
    assert seen_from(US_PAGE, f"/us/../{upwards}{separator}{code}{end}") == EU


@given(st.text())
def test_every_text_has_a_destination(href):
    found = classify(href, page_url=US_PAGE, regions=REGIONS)
    assert found.is_blocked or found.url
    assert found.url == found.url.strip()


@pytest.mark.parametrize(
    ("href", "kind", "reason"),
    [
        ("https://evil.test/", DestinationKind.BLOCKED, Reason.NO_WORDS),
        ("/eu/", DestinationKind.CROSS_REGION, Reason.NONE),
        ("/us/about/", DestinationKind.SAME_REGION, Reason.NONE),
        ("ftp://evil.test/", DestinationKind.BLOCKED, Reason.SCHEME),
    ],
)
def test_a_crossing_without_approved_words_is_blocked(href, kind, reason):
    without = frozenset({DestinationKind.THIRD_PARTY})
    found = Viewpoint.at(US_PAGE, REGIONS, wordless=without).classify(href)
    assert (found.kind, found.reason) == (kind, reason)
