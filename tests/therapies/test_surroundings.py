"""What all pages of a region show of it is on record for each of them, as soon as it changes."""

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from home.models import Region, RegionHomePage, RegionSelectorPage, StandardPage
from therapies.models import Publication
from therapies.page_record import surroundings
from therapies.page_record.surroundings import settle_later, settle_region

from .recorded import DAY, at, met, publish

pytestmark = pytest.mark.django_db
MAIL = "info@old.example"


@pytest.fixture
def now(time_machine):
    """Return a function that sets the clock to a time on that day."""
    return lambda clock: time_machine.move_to(at(clock, DAY), tick=False)


@pytest.fixture(autouse=True)
def _on_record(eu):
    """Have the record say what visitors meet: while the demo was put up, its menus grew."""
    settle_region(eu.pk)


@pytest.fixture
def save(administrator, django_capture_on_commit_callbacks):
    """Return a function that saves the European region by its form, with other values."""

    def save_region(**values: object) -> None:
        region = Region.objects.get(code="eu")
        address = reverse("regions:edit", args=[region.pk])
        names = ("code", "name", "order", "organisation", "postal_address", "telephone", "email")
        form = {name: getattr(region, name) for name in names} | {"further_hosts": region.further_hosts}
        form["languages"] = [home.locale.language_code for home in region.home_pages.all()]
        countries = [country.code for country in region.countries]
        with django_capture_on_commit_callbacks(execute=True):
            answer = administrator.post(address, {**form, "countries": countries, **values})
        assert answer.status_code == 302, answer.context["form"].errors

    return save_region


def pages_of(region: Region) -> list[int]:
    homes = RegionHomePage.objects.filter(region=region)
    return [page.pk for home in homes for page in Page.objects.live().descendant_of(home, inclusive=True)]


def test_a_changed_contact_is_on_record_for_all_pages_of_the_region(save, eu, us_home, now):
    others = Publication.objects.chain(us_home.pk).count()
    now("10:00:00")
    save(organisation="Another Sirtex", email=MAIL)
    now("10:01:00")
    save(organisation=eu.organisation, email=eu.email)
    for page in pages_of(eu):
        for shown in ("Another Sirtex", MAIL):
            assert [shown in met(page, at(f"10:0{minute}:30")) for minute in (0, 1)] == [True, False]
        assert MAIL not in met(page, at("09:59:59"))
    assert Publication.objects.chain(us_home.pk).count() == others
    call_command("check_record")


@pytest.mark.long
def test_changed_countries_are_on_record_where_regions_are_listed(save):
    save(countries=["DE", "FR"])
    selector = RegionSelectorPage.objects.get(locale__language_code="en")
    shown = met(selector.pk, timezone.now()).partition('id="regions"')[2].partition('id="countries"')[0]
    assert "France, Germany" in shown
    assert "Belgium" not in shown


@pytest.mark.long
def test_what_no_page_shows_makes_no_entry(save):
    before = Publication.objects.count()
    save(name="Europe, for editors")
    assert Publication.objects.count() == before


@pytest.fixture
def other(eu_home) -> StandardPage:
    """A page of the region that shows the others around its own content."""
    return StandardPage.objects.child_of(eu_home).get(slug="contact")


@pytest.fixture
def listed(eu_home) -> Page:
    """The first page of its menu."""
    return Page.objects.child_of(eu_home).live().in_menu().first().specific


def menu(page: Page) -> list[str]:
    tree = LexborHTMLParser(met(page.pk, timezone.now()))
    return [" ".join(node.text().split()) for node in tree.css(".menu-pages a")]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return what runs what waits for the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.long
def test_a_renamed_home_page_is_on_record_for_all_pages_below(eu_home, other, committed):
    with committed():
        publish(eu_home, "Old Continent")
    assert "— Old Continent —" in met(other.pk, timezone.now())


@pytest.mark.long
def test_a_renamed_page_of_the_menu_is_on_record_for_all_that_list_it(listed, other, committed):
    with committed():
        publish(listed, "Renamed")
    assert "Renamed" in menu(other)


@pytest.mark.long
def test_a_page_that_leaves_the_menu_has_left_it_on_record(listed, other, committed):
    with committed():
        publish(listed, listed.title, show_in_menus=False)
    assert listed.title not in menu(other)


def test_a_page_of_the_menu_that_is_taken_down_has_left_it_on_record(listed, other, committed):
    assert listed.title in menu(other)
    with committed():
        listed.unpublish()
    assert listed.title not in menu(other)


@pytest.mark.long
def test_the_new_order_of_the_menu_is_on_record(listed, other, eu_home, committed):
    before = menu(other)
    with committed():
        listed.move(RegionHomePage.objects.get(pk=eu_home.pk), pos="last-child")
    assert menu(other) == [*before[1:], before[0]]


def test_what_others_do_not_show_of_a_page_makes_one_entry(listed, committed):
    before = Publication.objects.count()
    with committed():
        publish(listed, listed.title, search_description="Described anew.")
    assert Publication.objects.count() == before + 1


def test_what_was_rolled_back_is_not_settled_with_what_comes_next(
    eu, us, monkeypatch, django_capture_on_commit_callbacks
):
    settled = []
    monkeypatch.setattr(surroundings, "settle_region", settled.append)
    with suppress(DatabaseError), transaction.atomic():
        settle_later(us.pk)
        raise DatabaseError
    with django_capture_on_commit_callbacks(execute=True):
        settle_later(eu.pk)
        settle_later(eu.pk)
    assert settled == [eu.pk]
