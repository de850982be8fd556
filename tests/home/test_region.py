"""A region's own rules."""

import pytest
from django.core.exceptions import ValidationError

from home.models import Region

pytestmark = pytest.mark.django_db


def refusals(**values) -> dict[str, list[str]]:
    """Return why a region with `values` is refused, by field."""
    region = Region(**{"code": "jp", "name": "Japan", **values})
    with pytest.raises(ValidationError) as refusal:
        region.full_clean()
    return refusal.value.message_dict


@pytest.mark.parametrize("code", ["de", "fr", "en"])
def test_a_code_that_is_a_language_is_refused(code):
    assert "code of a language" in refusals(code=code)["code"][0]


@pytest.mark.parametrize("code", ["admin", "leaving", "static", "media", "documents"])
def test_a_code_that_is_an_address_of_the_site_is_refused(code):
    assert "an address of the site" in refusals(code=code)["code"][0]


@pytest.mark.parametrize("code", ["EU", "e u", "ü1", "1a", "e/u", "x", "eu\n"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(code):
    assert refusals(code=code)["code"]


def test_a_code_is_used_once():
    assert refusals(code="eu")["code"]


def test_a_country_belongs_to_one_region():
    assert refusals(countries=["JP", "DE"])["countries"] == ["Germany already belongs to the region Europe."]


def test_a_host_belongs_to_one_region(eu):
    eu.further_hosts = "www.example.de"
    eu.save()
    assert refusals(further_hosts="WWW.example.de")["further_hosts"] == [
        "www.example.de already belongs to the region Europe."
    ]


@pytest.mark.parametrize("hosts", ["https://example.jp/", "example.jp/a", "exa mple.jp", "a@b.jp"])
def test_what_is_no_host_is_refused_with_an_example(hosts):
    assert "Write it as in www.example.com" in refusals(further_hosts=hosts)["further_hosts"][0]


def test_hosts_are_read_one_on_each_line():
    region = Region(further_hosts="Example.jp\n\n  www.example.jp ")
    assert region.hosts == ["example.jp", "www.example.jp"]


def test_the_code_of_a_region_with_pages_cannot_change(eu):
    eu.code = "euro"
    with pytest.raises(ValidationError, match="“eu” stands in the addresses"):
        eu.full_clean()


@pytest.mark.parametrize("name", ["Europe", " europe ", "EUROPE"])
def test_two_regions_have_two_names(eu, name):
    assert refusals(name=name)["name"] == ["The region eu is called so already: give this one another name."]


def test_a_whole_region_is_accepted():
    Region(
        code="jp",
        name="Japan",
        countries=["JP"],
        telephone="+81 3 1234",
        email="jp@example.com",
        further_hosts="example.jp",
    ).full_clean()
