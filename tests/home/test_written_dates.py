"""Days stand on pages as their readers write them."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from home.templatetags.regions import written_in
from home.written_dates import written
from therapies.models import TherapyPage

DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("en", "US", "November 27, 2026"),
        ("en", "CA", "November 27, 2026"),
        ("en", "AT", "27 November 2026"),
        ("en", "", "27 November 2026"),
        ("en", "XX", "27 November 2026"),
        ("en-us", "", "November 27, 2026"),
        ("de", "DE", "27. November 2026"),
        ("de", "US", "27. November 2026"),
        ("fr", "CA", "27 novembre 2026"),
        ("ja", "JP", "2026年11月27日"),
        ("zh-hans", "TW", "2026年11月27日"),
    ],
)
def test_a_day_is_written_as_in_the_country(language, country, expected):
    assert written(DAY, language, country) == expected


def test_without_a_region_it_is_written_as_in_most_of_the_world():
    with override("en"):
        assert written_in(DAY, None) == "27 November 2026"


@pytest.mark.django_db
@pytest.mark.parametrize("region", ["eu", "us", "ca"])
def test_the_days_of_an_approval_are_written_as_in_the_region(region):
    home = f"/{region}/"
    page = TherapyPage.objects.live().filter(url_path__contains=home, locale__language_code="en").first()
    prepared = page.live_revision.approval.prepared_on
    spelt = written(prepared, "en", "AT" if region == "eu" else region.upper())
    assert f">{spelt}</time>" in Client().get(page.url).text
