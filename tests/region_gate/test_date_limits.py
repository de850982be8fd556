"""Which days may be meant, and how they are said."""

from datetime import date, datetime

import pytest
import time_machine
from django import forms
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from region_gate import date_limits
from region_gate.authoring.dated_forms import DatedFormMixin


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-27 12:00+00:00", tick=False):
        yield


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2126-01-01", "9999-04-05"])
def test_nobody_means(day):
    with pytest.raises(ValidationError, match="Give a day from"):
        date_limits.check_day(date.fromisoformat(day))
    with pytest.raises(ValueError, match="Give a day from"):
        date_limits.read_day(day)


@pytest.mark.parametrize("day", ["1995-03-01", "2015-01-01", "2026-11-27", "2040-01-01"])
def test_a_day_may_be(day):
    assert date_limits.read_day(day) == date.fromisoformat(day)


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])  # noqa: DTZ901 - as forms give them
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Pago_Pago", "UTC"])
def test_the_ends_of_the_calendar_are_no_moment_anywhere(settings, moment, zone):
    settings.TIME_ZONE = zone
    with pytest.raises(ValidationError, match="Give a day from"):
        date_limits.check_moment(timezone.make_aware(moment, timezone.get_fixed_timezone(0)))


def test_the_limits_are_settings(settings):
    settings.DATES_MAX_PAST_DAYS, settings.DATES_MAX_AHEAD_DAYS = 1, 2
    assert date_limits.within() == (date(2026, 11, 26), date(2026, 11, 29))


@pytest.mark.django_db  # other checks ask it
@pytest.mark.parametrize("days", [0, -1, True, "30", 1.5, None, 999_999])
@pytest.mark.parametrize(
    "name", ["DATES_MAX_PAST_DAYS", "DATES_MAX_AHEAD_DAYS", "REVIEW_MAX_DAYS", "PREPARED_MAX_AGE_DAYS"]
)
def test_each_setting_is_checked(settings, name, days):
    setattr(settings, name, days)
    assert [found for found in run_checks() if found.msg.startswith(name)]


class Asking(DatedFormMixin, forms.Form):
    """Asks for a day and a moment."""

    day = forms.DateField(help_text="The last day.", required=False)
    moment = forms.DateTimeField(required=False)


def test_a_form_says_the_day_in_words_and_whose_day_it_is(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    form = Asking({"day": "2026-11-27"})
    assert form["day"].help_text == (
        "The last day. In the site’s time zone, Europe/Berlin."
        ' <strong data-in-words="day" aria-live="polite">Friday 27 November 2026</strong>'
    )


def test_a_moment_is_read_in_the_persons_zone_and_said_in_the_sites():
    with timezone.override("Pacific/Auckland"):
        form = Asking({"moment": "2026-11-28 09:30"})
        assert form.is_valid()
        said = form["moment"].help_text
    assert "In your time zone, Pacific/Auckland; the site’s is UTC." in said
    assert "On the site: Friday 27 November 2026, 20:30." in said


def test_words_follow_the_language():
    with translation.override("de"):
        assert "Freitag" in date_limits.in_words(date(2026, 11, 27))


@pytest.mark.parametrize(
    "sent",
    [{"day": "0001-01-01"}, {"day": "9999-04-05"}, {"moment": "0001-01-01 00:00"}, {"day": "nonsense"}],
)
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Pago_Pago", "UTC"])
def test_a_form_refuses_what_nobody_means(sent, zone):
    with timezone.override(zone):
        form = Asking(sent)
        assert not form.is_valid()
        assert [*form.errors] == [*sent]
