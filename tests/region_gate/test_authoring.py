"""Addresses as people type them, and link texts that look like an address."""

import pytest

from region_gate.authoring.messages import advise
from region_gate.authoring.misleading_text import is_misleading
from region_gate.authoring.url_input import RefusedAddressError, read_link, read_web_address
from region_gate.links.destinations import Viewpoint
from region_gate.links.policies import Decision, Policies, PolicyRule

from .world import HOST, REGIONS, US_PAGE

POLICIES = Policies(
    [
        PolicyRule(Decision.BLOCKED, "bad.test", subdomains=True),
        PolicyRule(Decision.BLOCKED, "worse.test", source="eu"),
        PolicyRule(Decision.HOMEPAGE_ONLY, "shop.test"),
        PolicyRule(Decision.EXEMPT, "reporting.test"),
    ]
)
PAGE = Viewpoint.at(US_PAGE, REGIONS, POLICIES)
EU_PAGE = Viewpoint.at(f"https://{HOST}/eu/page/", REGIONS, POLICIES)
NOWHERE = Viewpoint.at(f"https://{HOST}/us/", REGIONS, POLICIES, region="")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.example.org/a?b#c", "https://www.example.org/a?b#c"),
        ("http://www.example.org", "http://www.example.org/"),
        ("www.example.org", "https://www.example.org/"),
        ("example.org/a/b?c=d", "https://example.org/a/b?c=d"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        ("localhost:8000/a", "https://localhost:8000/a"),
        ("  https://www.example.org/ \n", "https://www.example.org/"),
        ("\u00a0www.example.org\u00a0", "https://www.example.org/"),
        ("HTTPS://WWW.Example.ORG/Path", "https://www.example.org/Path"),
        ("https://www.exam\nple.org/a\tb", "https://www.example.org/ab"),
        ("https://www.ex\u00adample.org/\u200b", "https://www.example.org/"),
        ("//www.example.org/a", "https://www.example.org/a"),
        ("///www.example.org", "https://www.example.org/"),
        ("ｗｗｗ．ｅｘａｍｐｌｅ．ｏｒｇ", "https://www.example.org/"),
        ("ｈｔｔｐｓ：／／www.example.org/Ａ", "https://www.example.org/%EF%BC%A1"),
        ("www。example。org", "https://www.example.org/"),
        ("bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://www.example.org:443/", "https://www.example.org/"),
        ("https://www.example.org/a b", "https://www.example.org/a%20b"),
        ("https://www.example.org/../a/./b", "https://www.example.org/a/b"),
        ("192.0.2.7/a", "https://192.0.2.7/a"),
        ("[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("10.1200/JCO.2015.66.1181", "https://doi.org/10.1200/JCO.2015.66.1181"),
        ("doi:10.1200/JCO.2015.66.1181", "https://doi.org/10.1200/JCO.2015.66.1181"),
        ("https://reporting.test/form", "https://reporting.test/form"),
        ("https://shop.test", "https://shop.test/"),
        ("https://worse.test/", "https://worse.test/"),
        ("mailto:info@example.org", "mailto:info@example.org"),
        ("MAILTO:info@example.org", "mailto:info@example.org"),
        ("tel:+49301234", "tel:+49301234"),
        ("#reference-1", "#reference-1"),
        ("/us/about/?a#b", "/us/about/?a#b"),
        ("/us/../eu/", "/eu/"),
        ("/.//evil.test", "/evil.test"),
        (f"https://{HOST}/us/about/", "/us/about/"),
        (f"{HOST}/us/about/#a", "/us/about/#a"),
        (f"//{HOST.upper()}", "/"),
        (f"https://{HOST}//evil.test", "/evil.test"),
        ("https://jp.example.com/a", "https://jp.example.com/a"),
    ],
)
def test_an_address_is_put_right(typed, kept):
    assert read_link(typed, PAGE) == kept
    assert read_link(kept, PAGE) == kept


@pytest.mark.parametrize(
    ("typed", "fault", "better"),
    [
        ("javascript:alert(1)", "scheme", ""),
        ("java\nscript:alert(1)", "scheme", ""),
        ("ｊavascript：alert(1)", "scheme", ""),
        ("JavaScript:alert(1)", "scheme", ""),
        ("data:text/html,x", "scheme", ""),
        ("vbscript:x", "scheme", ""),
        ("blob:https://www.example.org/x", "scheme", ""),
        ("ftp://www.example.org/a", "scheme", ""),
        ("javascript:void(0)", "scheme", ""),
        ("JavaScript:;", "scheme", ""),
        ("file:///etc/passwd", "scheme", ""),
        ("www.example.org:later", "scheme", ""),
        ("https:evil.test", "ambiguous", "https://evil.test"),
        ("https:/evil.test/a", "ambiguous", "https://evil.test/a"),
        ("http:evil.test", "ambiguous", "https://evil.test"),
        ("https:", "ambiguous", ""),
        (r"\\evil.test", "backslash", "//evil.test"),
        (r"/\evil.test", "backslash", "//evil.test"),
        (r"https:\\evil.test\a", "backslash", "https://evil.test/a"),
        ("https://www.example.org/\x00", "invisible", ""),
        ("https://www.exam\x00ple.org/", "invisible", ""),
        ("https://www.example.org/\u202egpj.exe", "invisible", ""),
        ("https://", "unreadable", ""),
        ("https://exa mple.org/", "unreadable", ""),
        ("https://www.example.org:99999/", "unreadable", ""),
        ("https://[::1/", "unreadable", ""),
        ("https://%00.test/", "unreadable", ""),
        ("https://www.example.org/" + "a" * 4000, "too long", ""),
        ("https://bad.test/a", "policy", ""),
        ("www.bad.test", "policy", ""),
        ("https://shop.test/a", "deep link", "https://shop.test/"),
        ("https://me@www.example.org/a", "user", "https://www.example.org/a"),
        ("https://www.example.org@evil.test/", "user", "https://evil.test/"),
        ("info@example.org", "mail", "mailto:info@example.org"),
        ("about", "relative", ""),
        ("about/us.html", "relative", ""),
        ("../about/", "relative", ""),
        ("./", "relative", ""),
        ("?page=2", "relative", ""),
        ("see this page", "relative", ""),
        ("1.2", "relative", ""),
    ],
)
def test_an_address_is_refused_with_advice(typed, fault, better):
    with pytest.raises(RefusedAddressError) as refused:
        read_link(typed, PAGE)
    assert (refused.value.fault, refused.value.better) == (fault, better)
    assert better in advise(refused.value)
    assert "%(" not in advise(refused.value)


def test_a_policy_for_one_region_is_seen_from_there_only():
    assert read_link("worse.test", PAGE) == read_link("worse.test", NOWHERE) == "https://worse.test/"
    with pytest.raises(RefusedAddressError):
        read_link("worse.test", EU_PAGE)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("javascript:x", "Visitors cannot be led to an address that starts with “javascript:”."),
        ("https:evil.test", "Type two slashes after “https:”, as in https://evil.test."),
        ("bad.test", "Legal has blocked links to bad.test."),
        ("shop.test/a", "Legal allows links to the home page of shop.test only. Type https://shop.test/."),
        ("info@example.org", "or type mailto:info@example.org."),
        ("about", "Type the whole address, such as https://www.example.org/page"),
    ],
)
def test_the_advice_says_what_to_type(typed, advice):
    with pytest.raises(RefusedAddressError) as refused:
        read_link(typed, PAGE)
    assert advice in advise(refused.value)


def test_a_long_address_is_not_repeated_whole():
    with pytest.raises(RefusedAddressError) as refused:
        read_link("\\" + "a" * 500, PAGE)
    assert len(advise(refused.value)) < 150


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("www.example.org", "https://www.example.org/"), (f"{HOST}/us/", f"https://{HOST}/us/")],
)
def test_a_web_address_stays_absolute(typed, kept):
    assert read_web_address(typed, NOWHERE) == kept


@pytest.mark.parametrize("typed", ["/us/", "#a", "mailto:info@example.org", "tel:1", "sms:1"])
def test_a_web_address_is_nothing_else(typed):
    with pytest.raises(RefusedAddressError, match="not web"):
        read_web_address(typed, NOWHERE)


@pytest.mark.parametrize(
    ("text", "href", "seems"),
    [
        ("www.ema.europa.eu", "https://evil.test/", "www.ema.europa.eu"),
        ("the site (www.ema.europa.eu)", "https://evil.test/?www.ema.europa.eu", "www.ema.europa.eu"),
        ("https://www.ema.europa.eu/en", "https://evil.test/en", "https://www.ema.europa.eu/en"),
        ("ema.europa.eu", "/us/", "ema.europa.eu"),
        ("www.example.org", "https://www.example.org.evil.test/", "www.example.org"),
        ("www.ехample.org", "https://www.example.org/", "www.ехample.org"),
        ("info@example.org", "mailto:info@evil.test", "info@example.org"),
        ("info@example.org", "https://evil.test/", "info@example.org"),
        ("www.ema.europa.eu", "javascript:x", "www.ema.europa.eu"),
        ("www.ema.europa.eu", "https://www.ema.europa.eu/en/a", ""),
        ("ema.europa.eu/en", "https://www.ema.europa.eu/en/a", ""),
        ("WWW.EMA.europa.eu.", "https://ema.europa.eu/", ""),
        ("www.bücher.test", "https://xn--bcher-kva.test/", ""),
        (f"{HOST}/us/about", "/us/about/", ""),
        ("info@example.org", "mailto:info@example.org?subject=a", ""),
        ("info+a@example.org", "mailto:info%2Ba@example.org", ""),
        ("this page", "https://evil.test/", ""),
        ("report.pdf", "/documents/1/a.pdf", ""),
        ("J.Clin.Oncol 2016;34:1-9", "https://doi.org/10.1/a", ""),
        ("10.1200/JCO.2015.66.1181", "https://doi.org/10.1200/JCO.2015.66.1181", ""),
        ("e.g. here", "https://evil.test/", ""),
        ("", "https://evil.test/", ""),
    ],
)
def test_a_text_that_looks_like_another_address_is_noticed(text, href, seems):
    assert is_misleading(text, PAGE.classify(href)) == seems
