"""What the gate finds on a page, and what becomes of it."""

import pytest

from region_gate.html.rewriting import Gate
from region_gate.html.survey import LinkOutcome, SurveyedLink, at_redirect, survey
from region_gate.links.destinations import DestinationKind, Viewpoint
from tests.region_gate.world import KEYS, REGIONS, US_GATE, US_PAGE


def only(html: str, gate: Gate = US_GATE) -> SurveyedLink:
    (finding,) = survey(html, gate)
    return finding


def test_a_finding_tells_where_a_way_out_stands_and_where_it_leads():
    finding = only('<p>See <a class="x" href="//Evil.test/a?b"> this\n <b>page</b> </a>.</p>')
    assert (finding.element, finding.attribute, finding.href) == ("a", "href", "//Evil.test/a?b")
    assert finding.text == "this page"
    assert (finding.destination.kind, finding.destination.url) == (
        DestinationKind.THIRD_PARTY,
        "https://evil.test/a?b",
    )
    assert finding.outcome is LinkOutcome.GATED


@pytest.mark.parametrize(
    ("href", "kind", "outcome"),
    [
        ("/us/", DestinationKind.SAME_REGION, LinkOutcome.PASSED),
        ("/", DestinationKind.NEUTRAL, LinkOutcome.PASSED),
        ("mailto:a@b.test", DestinationKind.CONTACT, LinkOutcome.PASSED),
        ("/eu/", DestinationKind.CROSS_REGION, LinkOutcome.GATED),
        ("//evil.test", DestinationKind.THIRD_PARTY, LinkOutcome.GATED),
        ("javascript:x", DestinationKind.BLOCKED, LinkOutcome.BLOCKED),
        ("/leaving/?to=https://evil.test/", DestinationKind.NEUTRAL, LinkOutcome.PASSED),
    ],
)
def test_every_link_is_found_whatever_becomes_of_it(href, kind, outcome):
    finding = only(f'<a href="{href}">L</a>')
    assert (finding.destination.kind, finding.outcome) == (kind, outcome)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a href=/us/><img alt='A  picture'><img></a>", "A picture"),
        ("<map><area href=/us/ alt='An area'></map>", "An area"),
        ("<form><button formaction=/us/>Go</button></form>", "Go"),
        ("<form><input type=submit value=Go formaction=/us/></form>", "Go"),
        ("<form><input type=image alt=Go formaction=/us/></form>", "Go"),
        ("<form action=/us/>Words</form>", ""),
        ("<a href=/us/></a>", ""),
    ],
)
def test_the_text_is_what_a_visitor_reads_there(html, text):
    assert only(html).text == text


def test_the_same_link_counts_as_often_as_it_stands_there():
    assert len(survey("<a href=/us/>L</a>" * 3, US_GATE)) == 3
    assert len(survey("<!doctype html>" + "<a href=/us/>L</a>" * 3, US_GATE)) == 3


def test_findings_stand_in_the_page_s_order_and_frames_count():
    html = "<a href=/1>L</a><iframe srcdoc='<a href=/2>L</a>'></iframe><a href=/3>L</a>"
    assert [finding.href for finding in survey(html, US_GATE)] == ["/1", "/2", "/3"]


def test_what_only_some_browsers_find_comes_last():
    html = "<noscript><!-- </noscript><a href=/2>L</a> --></noscript><a href=/1>L</a>"
    assert [finding.href for finding in survey(html, US_GATE)] == ["/1", "/2"]


def test_the_notice_s_own_link_is_a_crossing_that_passes():
    gate = Gate(Viewpoint.at(US_PAGE, REGIONS), "/leaving/", KEYS, passed="https://evil.test/")
    finding = only("<a href=//evil.test>Continue</a>", gate)
    assert (finding.destination.kind, finding.outcome) == (DestinationKind.THIRD_PARTY, LinkOutcome.PASSED)


def test_a_page_without_a_way_out_has_no_findings():
    assert survey("", US_GATE) == []
    assert survey("<p>text", US_GATE) == []


@pytest.mark.parametrize(
    ("location", "outcome"),
    [
        ("/us/about/", LinkOutcome.PASSED),
        ("/eu/", LinkOutcome.GATED),
        ("//evil.test/", LinkOutcome.GATED),
        ("javascript:alert(1)", LinkOutcome.BLOCKED),
    ],
)
def test_a_redirect_is_a_way_out(location, outcome):
    assert at_redirect(location, US_GATE).outcome is outcome
