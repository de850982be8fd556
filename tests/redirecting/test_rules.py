"""Rules as plain values: which one applies, and where it leads."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redirecting.addresses import HERE, origin
from redirecting.rules import Match, Rule, Rules

RULES = Rules.of(
    [
        Rule("/old", "/eu/new/"),
        Rule("/old?id=5", "/eu/five/"),
        Rule("/pre", "/eu/all/", Match.PREFIX),
        Rule("/pre/deep", "/eu/deep/", Match.PREFIX),
        Rule("/pre/deep/one", "/eu/one/"),
        Rule("^/news/(\\d+)$", "/eu/news-$1/", Match.REGEX),
        Rule("^/item\\?id=(\\d+)$", "/eu/item-$1/", Match.REGEX),
        Rule("^/first/(.*)$", "/eu/low/", Match.REGEX, priority=1),
        Rule("^/first/a$", "/eu/high/", Match.REGEX, priority=2),
        Rule("/far", "https://partner.example/"),
        Rule("/own", "https://www.example.com/eu/own/"),
        Rule("/self", "/self/"),
        Rule("/a", "/b/"),
        Rule("/b", "/c/"),
        Rule("/c", "/d/"),
        Rule("/x", "/y/"),
        Rule("/y", "https://www.example.com/x"),
        Rule("^/grow/(.*)$", "/grow/more/$1", Match.REGEX),
    ],
    ["https://www.example.com"],
)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/old", "/eu/new/"),
        ("/old/", "/eu/new/"),
        ("/OLD/", "/eu/new/"),
        ("/%6fld/", "/eu/new/"),
        ("/old/x/", None),
        ("/older/", None),
        ("/old/?utm=1", "/eu/new/?utm=1"),
        ("/old?id=5", "/eu/five/"),
        ("/old/?id=5", "/eu/five/"),
        ("/old?id=6", "/eu/new/?id=6"),
        ("/pre/", "/eu/all/"),
        ("/pre/x/y/", "/eu/all/"),
        ("/premium/", None),
        ("/pre-x/", None),
        ("/pre/deep/x/", "/eu/deep/"),
        ("/pre/deeper/", "/eu/all/"),
        ("/pre/deep/one/", "/eu/one/"),
        ("/news/12", "/eu/news-12/"),
        ("/news/12/?a=1", "/eu/news-12/?a=1"),
        ("/news/x/", None),
        ("/item/?id=7", "/eu/item-7/"),
        ("/item/?id=x", None),
        ("/first/a/", "/eu/high/"),
        ("/first/b/", "/eu/low/"),
        ("/far/?private=1", "https://partner.example/"),
        ("/self/", None),
        ("/", None),
        ("", None),
    ],
)
def test_an_address_leads_to(address, target):
    assert RULES.target(address) == target


@pytest.mark.parametrize(
    ("start", "targets", "is_loop"),
    [
        ("/a", ["/b/", "/c/", "/d/"], False),
        ("/far", ["https://partner.example/"], False),
        ("/own", ["https://www.example.com/eu/own/"], False),
        ("/x", ["/y/", "https://www.example.com/x"], True),
        ("/nowhere", [], False),
    ],
)
def test_a_chain_is_followed_to_its_end_and_a_circle_once(start, targets, is_loop):
    hops = RULES.follow(start)
    assert [hop.target for hop in hops] == targets
    assert RULES.is_loop(hops) is is_loop


def test_a_chain_without_end_is_followed_so_far_and_no_further():
    assert len(RULES.follow("/grow/x")) == 5
    assert len(RULES.follow("/grow/x", 2)) == 2


def test_a_chain_ends_at_a_page():
    assert [hop.target for hop in RULES.follow("/a", is_page=lambda path: path == "/c/")] == ["/b/", "/c/"]


@pytest.mark.parametrize(
    "bad",
    [
        Rule("^/(a+)+$", "/eu/", Match.REGEX),
        Rule("^/(a$", "/eu/", Match.REGEX),
        Rule("^/a$", "/eu/$2", Match.REGEX),
        Rule("^/(.*)$", "/$1", Match.REGEX),
        Rule("/a", "javascript:alert(1)"),
        Rule("/a", "//evil.test/"),
        Rule("/a", ""),
    ],
)
def test_a_bad_rule_leads_nowhere_and_is_logged(bad, caplog):
    with caplog.at_level(logging.WARNING):
        assert Rules.of([bad]).target("/a") is None
    assert "bad" in caplog.text


OPEN = [
    ("^/go/(.*)$", "https://evil.test/$1"),
    ("^/go/(.*)$", "https://evil.test/a?to=$1"),
    ("^/go/(.*)$", "https://evil.test/a#$1"),
    ("^/(go)/.*$", "http://evil.test/$1/"),
    ("^/go/(.*)$", "https://www.example.com.evil.test/$1"),
    ("^/go/(.*)$", "https://www.example.com:8443/$1"),
]
OURS = ["https://www.example.com"]


@pytest.mark.parametrize(("source", "target"), OPEN)
def test_no_visitor_chooses_the_page_of_another_host(source, target):
    rule = Rule(source, target, Match.REGEX)
    assert Rules.of([rule], OURS).target("/go/x") is None
    assert Rules.of([rule], OURS).rule_at("/go/x") == rule
    assert Rules.of([rule], OURS, lambda _address: True).target("/go/x")
    assert Rules.of([], OURS, lambda _address: True).having(rule).without(9).target("/go/x")


@pytest.mark.parametrize(
    ("source", "target", "match"),
    [
        ("^/go/(.*)$", "/eu/$1", Match.REGEX),
        ("^/go/(.*)$", "https://www.example.com/eu/$1", Match.REGEX),
        ("^/go/(.*)$", "http://www.example.com/eu/$1", Match.REGEX),
        ("^/go/(.*)$", "https://partner.test/", Match.REGEX),
        ("/go", "https://partner.test/", Match.PREFIX),
        ("/go/x", "https://partner.test/", Match.EXACT),
    ],
)
def test_visitors_choose_pages_of_ours_and_meet_one_page_elsewhere(source, target, match):
    found = Rules.of([Rule(source, target, match)], OURS).target("/go/x?a=b")
    assert found is not None
    assert "partner.test" not in found or found == "https://partner.test/"


def test_a_group_cannot_climb_out_of_what_was_let_through():
    rule = Rule("^/go/(.*)$", "https://partner.test/a/$1", Match.REGEX)
    rules = Rules.of([rule], OURS, lambda address: address.startswith("https://partner.test/a/"))
    assert rules.target("/go/x") == "https://partner.test/a/x"
    for climbing in ("../b", "%2e%2e/b", "x/../../b"):
        assert rules.target(f"/go/{climbing}") is None


def test_rules_are_values_that_others_are_made_from():
    more = RULES.having(Rule("/new", "/eu/", pk=7)).having(Rule("/p", "/eu/", Match.PREFIX, pk=8))
    assert more.target("/new") == "/eu/"
    assert more.target("/p/x") == "/eu/"
    assert more.without(7).target("/new") is None
    assert RULES.target("/new") is None
    assert len(list(more)) == len(list(RULES)) + 2


texts = st.text(alphabet=st.sampled_from("/\\.$1aeu:?#%2@()+*^ \tü"), max_size=12) | st.text(max_size=12)


@given(source=texts, target=texts, address=texts, match=st.sampled_from(Match))
def test_no_rule_can_break_and_no_path_leaves_the_site(source, target, address, match):
    found = Rules.of([Rule(source, target, match)]).target(address)
    if found is not None and target.startswith("/"):
        assert found.startswith("/")
        assert not found.startswith("//")
        assert origin(found) == HERE


@given(rest=texts)
def test_no_address_turns_a_group_into_another_host(rest):
    rules = Rules.of(
        [
            Rule("^/r/(.*)$", "/eu/$1", Match.REGEX),
            Rule("^/s(.*)$", "/e$1", Match.REGEX),
            Rule("^/t(.*)$", "https://example.com/$1", Match.REGEX),
        ],
        let_through=lambda _address: True,
    )
    for start in ("/r/", "/s", "/t"):
        found = rules.target(start + rest)
        assert found is None or origin(found) == ("https://example.com" if start == "/t" else HERE)
