"""What a notice said on a date, in a region and language, and who approved it: the answer in the admin."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from region_gate import conf
from region_gate.links.destinations import DestinationKind
from region_gate.links.regions import Regions
from region_gate.models import Notice
from region_gate.notices.texts import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_person_may")]
RECORD = "/admin/snippets/region_gate/notice/record/"
DAY = datetime.now(UTC).date() + timedelta(days=1)  # soon enough for the browsers to stay signed in
DAY_AFTER = DAY + timedelta(days=1)
ENGLISH = shipped(DestinationKind.THIRD_PARTY)


def at(clock: str) -> datetime:
    """Return a moment on that day, in UTC."""
    return datetime.fromisoformat(f"{DAY}T{clock}+00:00")


def publish(heading: str, region: str = "", language: str = "en") -> Notice:
    """Publish a third-party notice, as the American legal reviewer."""
    locale = Locale.objects.get(language_code=language)
    notice, _ = Notice.objects.get_or_create(
        kind="third-party", region=region, locale=locale, defaults={"live": False, "body": "One."}
    )
    notice.heading = heading
    user = get_user_model().objects.get(username="us-legal")
    notice.save_revision().publish(user=user, skip_permission_checks=True)
    return notice


def ask(browser, **asked: str) -> LexborHTMLParser:
    question = {
        "kind": "third-party",
        "region": "us",
        "language": "en",
        "day": str(DAY),
        "time": "",
        "zone": "UTC",
    }
    page = browser.get(RECORD, question | asked)
    assert page.status_code == 200
    return LexborHTMLParser(page.text)


def read(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(found.text().split()) for found in page.css(selector)]


def headings(page: LexborHTMLParser) -> list[str]:
    return read(page, ".gate-record-words h3")


@pytest.fixture
def now(time_machine):
    """Return a function that sets the clock to a time on that day."""
    return lambda clock: time_machine.move_to(at(clock), tick=False)


def test_it_is_found_among_the_notices_and_the_reports(eu_legal):
    assert f'href="{RECORD}"' in eu_legal.get(reverse(Notice.snippet_viewset.get_url_name("list"))).text
    assert RECORD in eu_legal.get("/admin/").text


def test_the_question_comes_first(eu_legal):
    page = LexborHTMLParser(eu_legal.get(RECORD).text)
    assert page.css("form.gate-record-question select[name=region] option[value=eu]")
    assert not page.css(".gate-record")


def test_the_words_are_told_whole_with_their_approval_and_time(eu_legal, now):
    now("12:00:00")
    publish("Leaving now")
    now("18:00:00")
    page = ask(eu_legal, time="12:30:00")
    (words,) = page.css(".gate-record-words")
    assert words.attributes["lang"] == "en"
    parts = [part.text() for part in words.css("h3, p")]
    assert parts == ["Leaving now", *ENGLISH.paragraphs, "Continue"]
    facts = dict(zip(read(page, ".gate-record-facts dt"), read(page, ".gate-record-facts dd"), strict=True))
    assert facts["Approved by"] == "us-legal"
    assert facts["In force from"] == f"{DAY:%-d %B %Y}, 12:00:00 +0000"
    assert facts["In force until"] == "In force to this day"
    assert facts["Why these words"] == "The notice for every region in this language."


def test_the_shipped_words_name_the_software_that_brought_them(eu_legal, now):
    now("18:00:00")
    assert "Shipped with the software, version" in ask(eu_legal, time="12:00:00").text()


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("11:59:59", [ENGLISH.heading]),
        ("12:00:00", ["First"]),
        ("17:59:59", ["First"]),
        ("18:00:00", ["Second"]),
        ("20:00:00", [ENGLISH.heading]),
        ("", [ENGLISH.heading, "First", "Second", ENGLISH.heading]),
    ],
)
def test_a_notice_is_found_before_during_and_after_its_time(eu_legal, now, clock, expected):
    now("12:00:00")
    publish("First")
    now("18:00:00")
    publish("Second")
    now("20:00:00")
    Notice.objects.filter(kind="third-party", region="", locale__language_code="en").get().unpublish()
    now("21:00:00")
    assert headings(ask(eu_legal, time=clock)) == expected


def test_a_deleted_notice_is_found(eu_legal, now):
    now("12:00:00")
    notice = publish("Ours alone", "us")
    now("13:00:00")
    notice.delete()
    now("14:00:00")
    page = ask(eu_legal, time="12:59:59")
    assert headings(page) == ["Ours alone"]
    assert "The region’s own notice in this language." in page.text()
    assert headings(ask(eu_legal, time="13:00:00")) == [ENGLISH.heading]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("23:59:59", [ENGLISH.heading, "At the very end"]),
        ("23:59:59.600000", [ENGLISH.heading, "At the very end"]),
    ],
)
def test_a_day_ends_with_its_last_second(eu_legal, now, time_machine, published, expected):
    now(published)
    publish("At the very end")
    time_machine.shift(3600)
    assert headings(ask(eu_legal)) == expected
    assert headings(ask(eu_legal, time="23:59:59"))[-1] == "At the very end"
    assert headings(ask(eu_legal, day=str(DAY_AFTER))) == ["At the very end"]


def test_the_fallback_is_named(eu_legal, now):
    now("18:00:00")
    Notice.objects.filter(locale__language_code="fr").delete()
    now("19:00:00")
    page = ask(eu_legal, language="fr", time="18:30:00")
    assert headings(page) == [ENGLISH.heading]
    assert page.css_first(".gate-record-words").attributes["lang"] == "en"
    assert "The approved English: no notice in this language was in force." in page.text()


def test_before_the_first_publication_it_says_so(eu_legal, now):
    now("12:00:00")
    page = ask(eu_legal, day="2001-01-01")
    assert headings(page) == []
    assert read(page, ".gate-record-nothing") == ["No notice was in force: none had been published yet."]


def test_a_day_is_the_day_of_the_time_zone(eu_legal, now):
    now("12:30:00")
    publish("Midday in London")
    now("20:00:00")
    assert headings(ask(eu_legal, zone="Pacific/Kiritimati")) == [ENGLISH.heading]  # ended at 10:00 in UTC
    page = ask(eu_legal, zone="Pacific/Kiritimati", day=str(DAY_AFTER), time="02:30:00")
    assert headings(page) == ["Midday in London"]
    assert f"{DAY_AFTER:%-d %B %Y}, 02:30:00 +1400 (time zone Pacific/Kiritimati)" in page.text()


def test_the_time_zone_asked_first_is_the_reader_s_own(eu_legal):
    user = get_user_model().objects.get(username="eu-legal")
    UserProfile.objects.update_or_create(user=user, defaults={"current_time_zone": "Asia/Tokyo"})
    page = LexborHTMLParser(eu_legal.get(RECORD).text)
    (chosen,) = page.css("select[name=zone] option[selected]")
    assert chosen.attributes["value"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"day": str(DAY_AFTER)}, "This is in the future"),
        ({"region": "xx"}, "Select a valid choice"),
    ],
)
def test_a_question_without_an_answer_is_refused_with_the_reason(eu_legal, now, asked, answer):
    now("12:00:00")
    page = ask(eu_legal, **asked)
    assert answer in page.text()
    assert not page.css(".gate-record")


def test_a_region_that_is_gone_can_still_be_asked_about(eu_legal, now, monkeypatch):
    now("12:00:00")
    publish("Ours alone", "us")
    monkeypatch.setattr(conf, "regions", Regions)
    now("13:00:00")
    assert headings(ask(eu_legal, time="12:30:00")) == ["Ours alone"]
