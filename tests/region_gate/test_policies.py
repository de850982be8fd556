"""Which of legal's policies governs an address, and what becomes of a link there."""

import pytest

from region_gate.links.destinations import DestinationKind, Reason, Viewpoint, classify
from region_gate.links.policies import Decision, Policies, PolicyRule

from .world import HOST, REGIONS, US_PAGE

POLICIES = Policies(
    [
        PolicyRule(Decision.BLOCKED, "bad.test", subdomains=True, number=1),
        PolicyRule(Decision.HOMEPAGE_ONLY, "news.test", number=2),
        PolicyRule(Decision.EXEMPT, "authority.test", "/reporting/", number=3),
        PolicyRule(Decision.OURS, "shop.test", region="us", subdomains=True, number=4),
        PolicyRule(Decision.OURS, "shop.test", region="eu", path="/eu/", number=5),
        PolicyRule(Decision.NEUTRAL, "www.sirtex.test", number=6),
        PolicyRule(Decision.NEUTRAL, "open.shop.test", number=7),
        PolicyRule(Decision.BLOCKED, "partner.test", source="us", number=8),
        PolicyRule(Decision.EXEMPT, "partner.test", number=9),
        PolicyRule(Decision.EXEMPT, HOST, "/eu/instructions/", number=10),
    ]
)


@pytest.mark.parametrize(
    ("href", "kind", "number"),
    [
        ("https://bad.test/", DestinationKind.BLOCKED, 1),
        ("https://BAD.test./any", DestinationKind.BLOCKED, 1),
        ("https://a.b.bad.test/", DestinationKind.BLOCKED, 1),
        ("https://notbad.test/", DestinationKind.THIRD_PARTY, 0),
        ("https://bad.test.evil.test/", DestinationKind.THIRD_PARTY, 0),
        ("https://news.test", DestinationKind.THIRD_PARTY, 2),
        ("https://news.test/#top", DestinationKind.THIRD_PARTY, 2),
        ("https://news.test/article", DestinationKind.BLOCKED, 2),
        ("https://news.test/?id=1", DestinationKind.BLOCKED, 2),
        ("https://www.news.test/article", DestinationKind.THIRD_PARTY, 0),
        ("https://authority.test/reporting", DestinationKind.EXEMPT, 3),
        ("https://authority.test/reporting/form?x=1", DestinationKind.EXEMPT, 3),
        ("https://authority.test/%72eporting/", DestinationKind.EXEMPT, 3),
        ("https://authority.test/reporting/../other", DestinationKind.THIRD_PARTY, 0),
        ("https://authority.test/reporting/..%2fother", DestinationKind.THIRD_PARTY, 0),
        ("https://authority.test/reportings/", DestinationKind.THIRD_PARTY, 0),
        ("https://authority.test/", DestinationKind.THIRD_PARTY, 0),
        ("https://authority.test:8443/reporting/", DestinationKind.THIRD_PARTY, 0),
        ("https://shop.test/", DestinationKind.SAME_REGION, 4),
        ("https://www.shop.test/", DestinationKind.SAME_REGION, 4),
        ("https://shop.test/eu/", DestinationKind.CROSS_REGION, 5),
        ("https://open.shop.test/", DestinationKind.NEUTRAL, 7),
        ("https://www.sirtex.test/any", DestinationKind.NEUTRAL, 6),
        ("https://partner.test/", DestinationKind.BLOCKED, 8),
        ("/eu/instructions/a.pdf", DestinationKind.EXEMPT, 10),
        ("/eu/", DestinationKind.CROSS_REGION, 0),
    ],
)
def test_an_american_link_is_governed_by_the_longest_match(href, kind, number):
    found = classify(href, page_url=US_PAGE, regions=REGIONS, policies=POLICIES)
    assert (found.kind, found.policy) == (kind, number)


def test_a_policy_for_one_source_leaves_the_others_alone():
    page = US_PAGE.replace("/us/", "/eu/")
    found = classify("https://partner.test/", page_url=page, regions=REGIONS, policies=POLICIES)
    assert (found.kind, found.policy) == (DestinationKind.EXEMPT, 9)


@pytest.mark.parametrize(
    ("href", "reason"), [("https://bad.test/", Reason.POLICY), ("https://news.test/a", Reason.DEEP_LINK)]
)
def test_a_blocked_link_says_why(href, reason):
    assert classify(href, page_url=US_PAGE, regions=REGIONS, policies=POLICIES).reason is reason


def test_two_decisions_about_one_address_are_refused():
    twice = [PolicyRule(Decision.BLOCKED, "bad.test"), PolicyRule(Decision.EXEMPT, "BAD.test.")]
    with pytest.raises(ValueError, match="Two policies decide"):
        Policies(twice)


REDIRECTS = {
    "/us/old/": "/us/new/",
    "/us/away/": "/eu/new/",
    "/us/far/": "https://evil.test/",
    "/us/far/?q=1": "https://other.test/",
    "/us/chain/": "/us/away/",
    "/us/loop/": "/us/pool/",
    "/us/pool/": "/us/loop/",
    "/us/script/": "javascript:alert(1)",
    "/us/broken/": "https://[::1",
    "/us/relative/": "../../eu/",
}


@pytest.mark.parametrize(
    ("href", "kind", "url"),
    [
        ("/us/old/", DestinationKind.SAME_REGION, "/us/old/"),
        ("/us/away/", DestinationKind.CROSS_REGION, "/eu/new/"),
        ("/us/away/#a", DestinationKind.CROSS_REGION, "/eu/new/"),
        ("../away/", DestinationKind.CROSS_REGION, "/eu/new/"),
        ("/us/far/", DestinationKind.THIRD_PARTY, "https://evil.test/"),
        ("/us/far/?q=1", DestinationKind.THIRD_PARTY, "https://other.test/"),
        ("/us/chain/", DestinationKind.CROSS_REGION, "/eu/new/"),
        ("/us/loop/", DestinationKind.SAME_REGION, "/us/loop/"),
        ("/us/script/", DestinationKind.BLOCKED, "javascript:alert(1)"),
        ("/us/broken/", DestinationKind.BLOCKED, ""),
        ("/us/relative/", DestinationKind.CROSS_REGION, "/eu/"),
    ],
)
def test_a_link_to_a_redirect_leads_where_that_leads(href, kind, url):
    found = classify(href, page_url=US_PAGE, regions=REGIONS, redirects=REDIRECTS.get)
    assert found.kind is kind
    assert found.url == (f"https://{HOST}{url}" if url.startswith("/") else url)


def test_what_is_remembered_ends_with_the_policies_it_was_read_under():
    before = Viewpoint.at(US_PAGE, REGIONS)
    after = Viewpoint.at(US_PAGE, REGIONS, Policies([PolicyRule(Decision.BLOCKED, "evil.test")]))
    assert before.classify("https://evil.test/").kind is DestinationKind.THIRD_PARTY
    assert after.classify("https://evil.test/").kind is DestinationKind.BLOCKED
    assert before.classify("https://evil.test/").kind is DestinationKind.THIRD_PARTY


@pytest.mark.parametrize("href", ["#part", "?q=1", "", "/us/away/#part"])
def test_a_page_that_visitors_see_redirects_nobody(href):
    page = f"https://{HOST}/us/away/"
    found = classify(href, page_url=page, regions=REGIONS, redirects=REDIRECTS.get)
    assert found.kind is (
        DestinationKind.CROSS_REGION if href.startswith("/") else DestinationKind.SAME_REGION
    )
