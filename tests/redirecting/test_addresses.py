"""Addresses as rules hold them, hostile spellings beside plain ones."""

import pytest

from redirecting import addresses
from redirecting.addresses import InvalidRuleError, canonical, expand, read_source, read_target, with_query


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("/eu/old/", "/eu/old"),
        ("/EU/Old", "/eu/old"),
        ("/", "/"),
        ("/eu/%6fld/", "/eu/old"),
        ("/über/", "/%C3%BCber"),
        ("/%c3%bcber", "/%C3%BCber"),
        ("/a?X=1#here", "/a?X=1"),
        ("/100%25", "/100%25"),
        ("/a%3Fb", "/a%3Fb"),
        ("/a\ud800", "/a%3F"),
    ],
)
def test_an_address_has_one_spelling(address, spelled):
    assert canonical(address) == spelled
    assert canonical(spelled) == spelled


@pytest.mark.parametrize(
    ("text", "source"), [("/eu/old/", "/eu/old"), ("/eu/x/../old", "/eu/old"), ("/a b?c=1", "/a%20b?c=1")]
)
def test_a_source_is_read_as_a_browser_reads_it(text, source):
    assert read_source(text) == source


@pytest.mark.parametrize(
    "text", ["", "eu/old", "https://www.example.com/eu/", "//evil.test/", "/\\evil", "/a#b", "/a\ud800"]
)
def test_what_is_no_address_of_ours_is_no_source(text):
    with pytest.raises(InvalidRuleError):
        read_source(text)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("/eu/about/", "/eu/about/"),
        ("/eu/./x/../about/?a=1#b", "/eu/about/?a=1#b"),
        ("/über/", "/%C3%BCber/"),
        ("HTTPS://Example.COM:443/x", "https://example.com/x"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ],
)
def test_a_target_is_spelled_as_browsers_spell_it(text, target):
    assert read_target(text) == target


@pytest.mark.parametrize(
    "text",
    [
        "",
        "about/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "mailto:a@example.com",
        "//evil.test/",
        "/\\evil.test/",
        "\\\\evil.test/",
        "/\t/evil.test/",
        "/\n/evil.test",
        " /eu/",
        "/.//evil.test/",
        "/eu/..//evil.test/",
        "/%2e//evil.test/",
        "https:evil.test",
        "https://",
        "https://user@evil.test/",
        "https://www.example.com@evil.test/",
        "https://[::1",
        "https://exa mple.com/",
    ],
)
def test_what_can_be_read_in_two_ways_is_no_target(text):
    with pytest.raises(InvalidRuleError):
        read_target(text)


@pytest.mark.parametrize(
    ("template", "groups", "target"),
    [
        ("/eu/$1/", ["a"], "/eu/a/"),
        ("/eu/$2/$1/", ["a", "b"], "/eu/b/a/"),
        ("/eu/$1", [None], "/eu/"),
        ("/eu/$1x", ["a"], "/eu/ax"),
        ("https://example.com/$1", ["a"], "https://example.com/a"),
        ("https://example.com/?q=$1", ["a"], "https://example.com/?q=a"),
        ("/eu/$", [], "/eu/$"),
    ],
)
def test_groups_are_taken_in(template, groups, target):
    assert expand(template, groups) == target


@pytest.mark.parametrize(
    ("template", "group"),
    [
        ("/$1", "/evil.test"),
        ("/$1", "a"),
        ("https://$1/", "evil.test"),
        ("https://example.com$1", ".evil.test"),
        ("https://example.com$1/", "@evil.test"),
        ("https://example.com:$1/", "8000"),
        ("$1", "https://evil.test/"),
        ("/eu/$1", "..//evil.test"),
        ("/eu/$1", "%2e%2e//evil.test"),
        ("/.$1", "//evil.test"),
        ("/eu/$1", "a\\b"),
        ("/eu/$2", "a"),
        ("/eu/$0", "a"),
    ],
)
def test_no_group_decides_about_the_host(template, group):
    with pytest.raises(InvalidRuleError):
        expand(template, [group])


@pytest.mark.parametrize(
    ("target", "sent"),
    [
        ("/eu/", "/eu/?q=1"),
        ("/eu/#part", "/eu/?q=1#part"),
        ("/eu/?own=1", "/eu/?own=1"),
        ("https://example.com/", "https://example.com/"),
    ],
)
def test_a_query_goes_along_to_our_own_addresses_only(target, sent):
    assert with_query(target, "q=1") == sent


def test_no_group_decides_about_the_host_whatever_templates_are_read(monkeypatch):
    monkeypatch.setattr(addresses, "read_template", lambda template: template)
    with pytest.raises(InvalidRuleError, match="must not decide about the host"):
        expand("https://a.test$1", (".evil.test",))
