"""Office hours as the people of a region read them, wherever they are entered."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from home.blocks.hours import OpeningBlock
from home.models import RegionHomePage
from home.office_hours import written_hours

DAILY = {"first_day": "mon", "last_day": "fri", "opens": time(9), "closes": time(17, 30)}
SATURDAY = {"first_day": "sat", "last_day": "", "opens": time(9), "closes": time(12)}


def contact(*openings: dict, zone: str = "Europe/Berlin") -> RegionHomePage:
    return RegionHomePage(office_hours=[("hours", one) for one in openings], time_zone=zone)


@pytest.mark.parametrize(
    ("language", "country", "zone", "told"),
    [
        ("en", "AT", "Europe/Berlin", ("Mon – Fri", "09:00 – 17:30", "Central European Time")),
        ("en", "US", "America/New_York", ("Mon – Fri", "9:00\u202fAM – 5:30\u202fPM", "Eastern Time")),
        ("de", "AT", "Europe/Berlin", ("Mo – Fr", "09:00 – 17:30", "Mitteleuropäische Zeit")),
        ("fr", "AT", "Europe/Paris", ("lun. – ven.", "09:00 – 17:30", "heure d’Europe centrale")),
        ("ja", "", "Asia/Tokyo", ("月 – 金", "9:00 – 17:30", "日本時間")),
        ("ar", "AE", "Asia/Dubai", None),
    ],
)
def test_hours_are_written_as_a_country_writes_them(language, country, zone, told):
    hours = written_hours(contact(DAILY, zone=zone), language, country)
    assert hours
    (opening,) = hours.openings
    assert told is None or (opening.days, opening.times, hours.zone_name) == told
    assert (opening.first, opening.last, opening.opens, opening.closes) == (0, 4, "09:00", "17:30")


def test_one_day_stands_alone():
    hours = written_hours(contact(DAILY, SATURDAY), "en", "AT")
    assert [opening.days for opening in hours.openings] == ["Mon – Fri", "Sat"]


def test_without_hours_there_are_none():
    assert written_hours(None, "en") is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closes": time(9)}, "closes"),
        ({"closes": time(8)}, "closes"),
        ({"first_day": "fri", "last_day": "mon"}, "last_day"),
    ],
)
def test_hours_that_cannot_be_are_refused(given, field):
    block = OpeningBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({**DAILY, **given}))
    assert field in refused.value.block_errors


def test_hours_need_a_time_zone(eu_home):
    eu_home.time_zone = ""
    with pytest.raises(ValidationError, match="Hours need a time zone"):
        eu_home.full_clean()


def test_hours_stand_on_every_page_of_their_language(client, eu_home):
    hours = LexborHTMLParser(client.get("/eu/about/").text).css_first("footer .office-hours")
    assert "Mon – Fri, 09:00 – 17:00" in hours.text()
    assert hours.attributes["data-zone"] == "Europe/Berlin"
    eu_home.office_hours = [("hours", SATURDAY)]
    eu_home.time_zone = "Europe/Madrid"
    eu_home.save_revision().publish()
    hours = LexborHTMLParser(client.get("/eu/about/").text).css_first("footer .office-hours")
    assert hours.attributes["data-zone"] == "Europe/Madrid"
    assert "Sat, 09:00 – 12:00" in hours.text()


def test_hours_are_entered_once_for_all_languages(client, eu):
    for home in eu.home_pages.exclude(locale__language_code="fr"):
        home.office_hours, home.time_zone = [], ""
        home.save_revision().publish()
    german = LexborHTMLParser(client.get("/de/eu/about/").text).css_first("footer .office-hours")
    assert "Mo – Fr, 09:00 – 17:00" in german.text()


@pytest.mark.parametrize("language", ["de", "fr"])
def test_hours_speak_the_language_of_the_page(client, db, language):
    page = LexborHTMLParser(client.get(f"/{language}/eu/contact/").text)
    assert page.css_first("main .office-hours").attributes["data-language"].startswith(language)


def test_editors_enter_them_on_the_home_page(eu_editor, eu_home):
    page = eu_editor.get(reverse("wagtailadmin_pages:edit", args=[eu_home.pk]))
    assert 'name="time_zone"' in page.text
    assert 'id="office_hours"' in page.text
    assert 'id="reporting"' in page.text
