"""What visitors find where something from elsewhere was embedded, and that nothing of it is loaded."""

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from region_gate import conf
from region_gate.html.rewriting import gate_links
from region_gate.html.survey import LinkOutcome, survey
from region_gate.page_sentences import page_words
from tests.region_gate.world import HOSTILE_HTML, US_GATE

GATE = replace(US_GATE, words=page_words("en"))
PAGE = "<!DOCTYPE html><html><head><title>T</title></head><body>{}</body></html>"
FRAME = "Content from evil.test is not shown on this page. Go to evil.test"
VIDEO = "A video from evil.test is not shown on this page. Go to evil.test"
SOUND = "A sound recording from evil.test is not played on this page. Go to evil.test"
REGION = "Content of another region is not shown on this page. Go to the other region"
NOTHING = "Content that belongs here is not available."
EMBEDDED = "iframe, embed, object, video, audio, source"


def gated(html: str) -> LexborHTMLParser:
    """Return `html` as it is served, which has settled."""
    page = gate_links(html, GATE)
    assert gate_links(page, GATE) is page
    return LexborHTMLParser(page)


def test_a_page_is_given_no_style_sheet_where_there_is_none():
    gate = replace(US_GATE, words=replace(page_words("en"), style=""))
    page = gate_links(PAGE.format("<iframe src=//evil.test/x></iframe>"), gate)
    assert "gate-placeholder" in page
    assert "<link" not in page


def placeholders(html: str) -> list[str]:
    return [" ".join(node.text().split()) for node in gated(html).css(".gate-placeholder")]


@pytest.mark.parametrize("frame", ["{}", PAGE], ids=["fragment", "page"])
@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<iframe src=//evil.test/x></iframe>", FRAME),
        ("<embed src=//evil.test/x>", FRAME),
        ("<object data=//evil.test/x>Fallback</object>", FRAME),
        ("<object data=//evil.test/x><embed src=//evil.test/x></object>", FRAME),
        ("<video src=//evil.test/x controls></video>", VIDEO),
        ("<video><source src=//evil.test/a><source src=//evil.test/b>Fallback</video>", VIDEO),
        ("<audio src=//evil.test/x></audio>", SOUND),
        ("<audio><source src=//evil.test/x></audio>", SOUND),
        ("<iframe src=/eu/></iframe>", REGION),
        ("<video src=/eu/film.mp4></video>", REGION),
        ("<iframe src='javascript:x'></iframe>", NOTHING),
        ("<iframe src='https:evil.test'></iframe>", NOTHING),
        ("<video src='ftp://evil.test'></video>", NOTHING),
    ],
)
def test_a_placeholder_stands_where_something_was_embedded(html, said, frame):
    page = frame.format(f"<div>{html}</div>")
    assert placeholders(page) == [said]
    assert gated(page).css(EMBEDDED) == []
    links = gated(page).css(".gate-placeholder a")
    assert len(links) == ("Go to" in said)
    assert all((link.attributes["href"] or "").startswith("/leaving/?to=") for link in links)
    assert all(finding.outcome is LinkOutcome.PASSED for finding in survey(gated(page).html or "", GATE))


@pytest.mark.parametrize(
    ("attributes", "title"),
    [
        ("title='A film'", "A film:"),
        ("aria-label='A film' title='Other'", "A film:"),
        ("title='<script>x</script>'", "<script>x</script>:"),
        ("title='&quot;>&lt;a href=//evil.test>'", '"><a href=//evil.test>:'),
        (f"title='{'x' * 5000}'", f"{'x' * 200}…:"),
    ],
)
def test_it_says_what_was_to_be_shown_as_mere_text(attributes, title):
    (said,) = placeholders(PAGE.format(f"<iframe {attributes} src=//evil.test></iframe>"))
    assert said == f"{title} {FRAME}"
    assert gated(PAGE.format(f"<iframe {attributes} src=//evil.test></iframe>")).css("script") == []


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src=/us/film/></iframe>",
        "<video src=/media/film.mp4></video>",
        "<video><source src=/media/film.mp4><source src=https://www.example.com/media/film.webm></video>",
        "<audio src=data:audio/mpeg;base64,AAAA></audio>",
        "<video src=blob:https://www.example.com/1></video>",
        "<picture><source src=//evil.test srcset=/a.png><img src=/b.png></picture>",
    ],
)
def test_what_is_ours_is_left_alone(html):
    assert gate_links(PAGE.format(html), GATE) == PAGE.format(html)


def test_a_host_of_our_media_plays_what_is_ours(settings):
    settings.MEDIA_URL = "https://CDN.evil.test/media/"
    gate = replace(GATE, media_hosts=conf.media_hosts())
    html = PAGE.format("<video src=https://cdn.evil.test/film.mp4></video>")
    assert gate_links(html, gate) is html
    for other in (
        "<video src=//evil.test>",
        "<video src=//cdn.evil.test.evil.test>",
        "<iframe src=//cdn.evil.test>",
    ):
        assert "gate-placeholder" in gate_links(PAGE.format(other), gate)


def test_paths_of_our_media_name_no_host(settings):
    settings.MEDIA_URL, settings.STATIC_URL = "/media/", "static/"
    assert conf.media_hosts() == frozenset()


def test_a_video_that_has_another_source_loses_the_foreign_one_alone():
    page = gated(PAGE.format("<video><source src=//evil.test/a><source src=/media/a.mp4></video>"))
    assert [source.attributes for source in page.css("source")] == [{"src": "/media/a.mp4"}]
    assert page.css(".gate-note") == []


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src=//evil.test height=0 width=0></iframe>",
        "<iframe src=//evil.test style='DISPLAY : none'></iframe>",
        "<iframe src=//evil.test hidden></iframe>",
        "<video src=//evil.test aria-hidden=true></video>",
        "<svg><iframe src=//evil.test></iframe></svg>",
        "<math><mtext><embed src=//evil.test></mtext></math>",
        "<iframe srcdoc=x src=//evil.test></iframe>",
    ],
)
def test_nothing_is_put_where_nothing_was_seen_or_html_may_not_stand(html):
    page = gated(PAGE.format(html))
    assert page.css(".gate-note") == []
    assert "evil.test" not in (page.html or "")


@pytest.mark.parametrize("around", ["a href=/us/", "a", "button"])
@pytest.mark.parametrize("between", ["{}", "<span>{}</span>", "<table><tr><td>{}</table>"])
def test_no_link_stands_in_a_link_or_button(around, between):
    inside = between.format("<iframe src=//evil.test></iframe>")
    html = PAGE.format(f"<{around}>{inside}</{around.split()[0]}>")
    assert placeholders(html) == ["Content from evil.test is not shown on this page."]


@pytest.mark.parametrize(
    "html",
    [
        "<p>{}</p>",
        "<ul><li>{}",
        "<table><tr><td>{}",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
        "<div><template shadowrootmode=open>{}</template></div>",
        "<object data=//evil.test>{}</object>",
        "<object data=//evil.test><template>{}</template></object>",
        "<iframe srcdoc='{}'></iframe>",
    ],
)
@pytest.mark.parametrize("frame", ["{}", PAGE], ids=["fragment", "page"])
def test_it_stands_wherever_the_element_may_stand(html, frame):
    page = gate_links(frame.format(html.format("<iframe src=//evil.test></iframe>")), GATE)
    assert gate_links(page, GATE) is page
    assert page.count("gate-placeholder") == 1
    assert "src=" not in page.replace("srcdoc=", "")


def test_the_page_loads_the_style_sheet_once_and_only_where_it_is_needed():
    page = gated(PAGE.format("<iframe src=//evil.test></iframe><noscript><embed src=//evil.test></noscript>"))
    assert [link.attributes["href"] for link in page.css("head link")] == ["/static/region_gate/notes.css"]
    assert gated(PAGE.format("<a href=//evil.test>L</a>")).css("link") == []


@pytest.mark.parametrize("case", HOSTILE_HTML, ids=lambda case: ascii(case["html"]))
@pytest.mark.parametrize("frame", ["{}", PAGE], ids=["fragment", "page"])
def test_hostile_html_with_all_words_settles_and_has_no_way_out(case, frame):
    page = gate_links(frame.replace("{}", case["html"]), GATE)
    assert gate_links(page, GATE) is page
    assert all(finding.outcome is LinkOutcome.PASSED for finding in survey(page, GATE))


def test_the_survey_knows_of_what_is_played():
    found = survey("<video src=//evil.test/a><source src=/eu/b></video><audio src=/media/c></audio>", GATE)
    assert [(one.element, one.outcome, one.destination.host) for one in found] == [
        ("video", LinkOutcome.BLOCKED, "evil.test"),
        ("source", LinkOutcome.BLOCKED, "www.example.com"),
        ("audio", LinkOutcome.PASSED, "www.example.com"),
    ]
