"""Whom to tell of a side effect, country by country: on the contact page, from the home page."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from selectolax.lexbor import LexborHTMLParser

from home.blocks.reporting import ReportingContactBlock, ReportingContactsBlock
from therapies.reports.alerts import Watch, alerts_of, sources

pytestmark = pytest.mark.django_db
GERMANY = {"country": "DE", "authority": "Sample authority", "telephone": "+49 1", "email": "", "url": ""}


def countries_on(page) -> list[str]:
    return [one.text() for one in LexborHTMLParser(page.text).css(".reporting-countries h3")]


def test_the_contact_page_names_each_country_in_the_language_s_order(client):
    german = countries_on(client.get("/de/eu/contact/"))
    assert german[:3] == ["Belgien", "Deutschland", "Frankreich"]
    assert len(german) == 10
    assert "Österreich" in german
    page = LexborHTMLParser(client.get("/eu/contact/").text)
    assert page.css_first('.reporting a[href="tel:+000000000"]') is not None
    assert page.css_first('.reporting a[href="mailto:reports.at@example.com"]') is not None
    assert "Not a number or an address in use." in page.css_first(".reporting").text()


def test_other_pages_do_not(client):
    assert countries_on(client.get("/eu/about/")) == []


def test_a_language_without_entries_shows_those_of_another(client, eu_home):
    home = eu_home.get_translations().get(locale__language_code="de").specific
    home.reporting = []
    home.save_revision().publish()
    assert "Deutschland" in countries_on(client.get("/de/eu/contact/"))


def test_without_any_the_page_says_whom_to_tell_all_the_same(client, us_home):
    us_home.reporting = []
    us_home.save_revision().publish()
    page = client.get("/us/contact/")
    assert countries_on(page) == []
    assert "Tell your doctor or pharmacist" in page.text


def test_an_authority_that_nobody_can_reach_is_refused():
    block = ReportingContactBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({**GERMANY, "telephone": ""}))
    assert "telephone" in refused.value.block_errors


def test_a_country_that_stands_there_twice_is_refused():
    block = ReportingContactsBlock()
    twice = [{"type": "contact", "value": GERMANY}, {"type": "contact", "value": GERMANY}]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(twice))
    assert "Germany stands here twice." in str(refused.value.non_block_errors)


def test_countries_without_an_entry_need_attention(eu, eu_home):
    (source,) = [one for one in sources() if one.kind == "reporting"]
    editor = get_user_model().objects.get(username="eu-editor")
    assert alerts_of(source, Watch(editor)) == []
    told = [child.value for child in eu_home.reporting]
    eu_home.reporting = [("contact", one) for one in told if one["country"] != "AT"]
    eu_home.save_revision().publish()
    (found,) = alerts_of(source, Watch(editor))
    assert "Austria" in found.why
    assert found.address.endswith("#tab-frame")
