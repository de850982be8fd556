"""Every country is found by whatever somebody calls it."""

import json

import pytest
from django_countries.data import COUNTRIES

from home.countries.continents import CONTINENTS
from home.countries.directory import (
    MAX_QUERY,
    all_countries,
    continents,
    countries_like,
    fold,
    languages_of,
    place_among,
)
from tests.home.countries.own_names import WRITTEN, as_told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Germany", "DE"),
        ("germ", "DE"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        ("Österreich", "AT"),
        ("osterreich", "AT"),
        ("OESTERREICH", "AT"),
        ("日本", "JP"),
        ("السعودية", "SA"),
        ("Ελλάδα", "GR"),
        ("Brasil", "BR"),
        ("cote d'ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("uk", "GB"),
        ("England", "GB"),
        ("Holland", "NL"),
        ("Burma", "MM"),
        ("Swaziland", "SZ"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("USA", "US"),
        ("Corée du Sud", "KR"),
        ("Faroe", "FO"),
        ("  Canada ", "CA"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_country_is_found_by(typed, code, language):
    assert [country.code for country in countries_like(typed, language)] == [code]


@pytest.mark.parametrize("typed", ["", "   ", "-", "\0", "zzzz", "x" * 10_000, "%", "a' or 1=1 --", "<>"])
def test_what_is_no_country_finds_none(typed):
    assert countries_like(typed, "en") == []


def test_what_several_countries_are_called_finds_them_in_the_order_of_their_names():
    assert [country.code for country in countries_like("guinea", "en")] == ["GN"]
    assert [country.code for country in countries_like("guine", "en")] == ["GQ", "GN", "GW", "PG"]


def test_no_name_is_longer_than_what_is_read_of_a_query():
    assert max(len(name) for one in all_countries("en").values() for name in one.found_by) <= MAX_QUERY


def test_every_country_lies_on_one_continent():
    placed = [code for _name, codes in CONTINENTS.values() for code in codes]
    assert sorted(placed) == sorted(COUNTRIES)
    assert sum(len(continent.countries) for continent in continents("de")) == len(COUNTRIES)


def test_names_stand_as_dictionaries_have_them():
    names = [country.name for country in all_countries("de").values()]
    assert names.index("Österreich") == names.index("Oman") + 1
    assert names.index("Ägypten") < names.index("Albanien")


def test_own_names_are_those_of_unicodes_data():
    assert json.loads(WRITTEN.read_text()) == as_told()


def test_a_countrys_languages_come_first():
    assert place_among(languages_of("DE"), "de") == 0
    assert place_among(languages_of("BR"), "pt-br") == 0
    assert place_among(languages_of("DE"), "fr") > place_among(languages_of("DE"), "de")


def test_letters_are_folded_as_the_browser_does():
    assert fold("Łódź, Ærø & Straße") == "lodz aero strasse"
