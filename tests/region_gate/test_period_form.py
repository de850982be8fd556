"""The question when, read in the time zone that it is meant in."""

from datetime import UTC, datetime, timedelta

import pytest

from region_gate.notice_history_view import NoticeDateForm
from region_gate.period_form import FUTURE, PeriodForm, zone_choices
from therapies.page_record.moment_form import MomentForm

NOW = datetime(2031, 4, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOW, tick=False)


def asked(form_class=PeriodForm, *, day: str = "2031-04-01", time: str = "", zone: str = "UTC") -> PeriodForm:
    return form_class({"day": day, "time": time, "zone": zone})


def bounds(form: PeriodForm) -> list[str]:
    assert form.is_valid(), form.errors
    return [f"{form.cleaned_data[name]:%d %H:%M:%S %Z}" for name in ("start", "end")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({}, ["01 00:00:00 UTC", "02 00:00:00 UTC"]),
        ({"zone": "Pacific/Kiritimati"}, ["31 10:00:00 UTC", "01 10:00:00 UTC"]),
        ({"time": "23:59:59"}, ["01 23:59:59 UTC", "02 00:00:00 UTC"]),
        ({"time": "08:30", "zone": "Europe/Berlin"}, ["01 06:30:00 UTC", "01 06:30:01 UTC"]),
        ({"day": "2031-03-30", "zone": "Europe/Berlin"}, ["29 23:00:00 UTC", "30 22:00:00 UTC"]),
        ({"day": "2031-04-02"}, ["02 00:00:00 UTC", "03 00:00:00 UTC"]),
    ],
)
def test_a_period_is_a_second_or_a_whole_day_of_its_zone(question, answer):
    assert bounds(asked(**question)) == answer


@pytest.mark.parametrize(
    ("question", "field", "reason"),
    [
        ({"day": "2031-04-03"}, "day", str(FUTURE)),
        ({"day": "2031-04-09"}, "day", str(FUTURE)),
        ({"day": "2031-04-02", "time": "12:00:01"}, "day", str(FUTURE)),
        ({"day": "9999-12-31"}, "day", str(FUTURE)),
        ({"day": "1066-10-14"}, "day", "greater than or equal to"),
        ({"day": "0001-01-01"}, "day", "greater than or equal to"),
        ({"day": "14.3."}, "day", "Enter a valid date"),
        ({"day": ""}, "day", "This field is required"),
        ({"time": "25:00"}, "time", "Enter a valid time"),
        ({"day": "2031-03-30", "time": "02:30", "zone": "Europe/Berlin"}, "__all__", "interpreted"),
        ({"day": "2030-10-27", "time": "02:30", "zone": "Europe/Berlin"}, "__all__", "ambiguous"),
        ({"zone": "Europe/Atlantis"}, "zone", "valid choice"),
    ],
)
@pytest.mark.parametrize("form_class", [PeriodForm, MomentForm])
def test_a_period_that_cannot_be_meant_is_refused(form_class, question, field, reason):
    form = asked(form_class, **question)
    assert reason in " ".join(form.errors[field])
    assert "moment" not in form.cleaned_data


def test_the_moment_is_the_last_of_its_period_and_not_yet_to_come():
    ended, lasting = asked(MomentForm), asked(MomentForm, day="2031-04-02")
    assert ended.is_valid()
    assert lasting.is_valid()
    assert ended.cleaned_data["moment"] == datetime(2031, 4, 2, tzinfo=UTC) - timedelta(microseconds=1)
    assert lasting.cleaned_data["moment"] == NOW


def test_utc_is_offered_and_names_are_readable():
    assert ("UTC", "UTC") in zone_choices()
    assert ("America/New_York", "America/New York") in zone_choices()


@pytest.mark.django_db
def test_each_form_asks_in_its_own_order_and_words():
    assert [*NoticeDateForm().fields] == ["kind", "region", "language", "day", "time", "zone"]
    assert "the whole day" in str(NoticeDateForm()["time"].help_text)
    assert "the end of the day" in str(MomentForm()["time"].help_text)
