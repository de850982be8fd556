"""A region is added by one form, and its people may do in it what they should."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.provisioning import languages_of
from home.region_inventory import region_inventory
from tests.conftest import approval

from .everything import counts

pytestmark = pytest.mark.django_db


NEW = "/admin/regions/new/"


def form(**values) -> dict:
    """Return what the form sends for Japan in English and German."""
    return {
        "code": "jp",
        "name": "Japan",
        "languages": ["en", "de"],
        "languages-de": "Nippon",
        "countries": ["JP"],
        "order": "7",
    } | values


def edit_address(code: str) -> str:
    return f"/admin/regions/edit/{Region.objects.get(code=code).pk}/"


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def test_the_form_adds_all_of_a_region_and_leads_to_its_home_pages(administrator):
    page = administrator.post(NEW, form(), follow=True)
    region = Region.objects.get(code="jp")
    titles = region.home_pages.values_list("locale__language_code", "title", "live")
    assert set(titles) == {("en", "Japan", False), ("de", "Nippon", False)}
    assert region.collection
    for home in region.home_pages.all():
        assert f'href="/admin/pages/{home.pk}/edit/"' in page.text
        assert administrator.get(f"/admin/pages/{home.pk}/edit/").status_code == 200


def test_the_form_and_the_command_make_the_same(administrator):
    administrator.post(NEW, form())
    by_form = region_inventory("jp")
    call_command("add_region", "jp", "--language", "en", "--language", "de", verbosity=0)
    assert region_inventory("jp") == by_form


def test_the_form_sent_twice_adds_one_region(administrator):
    administrator.post(NEW, form())
    before = counts()
    assert "code" in errors(administrator.post(NEW, form(countries=[])))
    assert counts() == before


def test_the_form_saved_again_changes_nothing_and_puts_rights_back(administrator):
    administrator.post(NEW, form())
    before, made = region_inventory("jp"), counts()
    Group.objects.get(name="jp legal").permissions.clear()
    assert administrator.post(edit_address("jp"), form()).status_code == 302
    assert (region_inventory("jp"), counts()) == (before, made)


def test_the_form_adds_a_language(administrator):
    administrator.post(NEW, form())
    page = administrator.post(
        edit_address("jp"), form(languages=["en", "de", "fr"], **{"languages-fr": "Japon"}), follow=True
    )
    home = RegionHomePage.objects.get(slug="jp", locale__language_code="fr")
    assert (home.title, home.live) == ("Japon", False)
    assert f'href="/admin/pages/{home.pk}/edit/"' in page.text


def test_a_title_chooses_its_language(administrator):
    administrator.post(NEW, form(languages=["en"]))
    assert languages_of(Region.objects.get(code="jp")) == ["en", "de"]


def test_a_language_with_a_home_page_cannot_be_unticked(administrator, eu):
    sent = {"code": "eu", "name": "Europa", "languages": ["en", "fr"], "order": "1"}
    page = administrator.post(edit_address("eu"), sent)
    assert errors(page)["languages"] == [
        "German stays: the region has a home page in it. Delete “Europa” first."
    ]
    eu.refresh_from_db()
    assert eu.name == "Europe"
    assert len(languages_of(eu)) == 3


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"languages": [], "languages-de": ""}, "languages", "Choose at least one language."),
        ({"languages": ["en", "xx"]}, "languages", "no language with the code “xx”"),
        ({"languages-de": "x" * 256}, "languages", "more than 255 characters"),
        ({"code": "de"}, "code", "code of a language"),
        ({"code": "eu"}, "code", "already exists"),
        ({"name": ""}, "name", "required"),
        ({"countries": ["JP", "DE"]}, "countries", "Germany already belongs to the region Europe."),
        ({"countries": ["QQ"]}, "countries", "QQ"),
        ({"further_hosts": "https://jp"}, "further_hosts", "is not a host"),
        ({"telephone": "none"}, "telephone", "Use digits"),
        ({"email": "us"}, "email", "valid email"),
    ],
)
def test_the_form_shows_what_is_wrong_at_its_field_and_does_nothing_by_halves(
    administrator, values, field, why
):
    before = counts()
    page = administrator.post(NEW, form(**values))
    assert why in str(errors(page)[field])
    assert why.replace("'", "&#x27;") in page.text
    assert counts() == before


def test_what_goes_wrong_while_saving_is_shown_and_undone(administrator, monkeypatch):
    def refuse(*args, **kwargs):
        raise ValidationError("The review cannot be made.")

    monkeypatch.setattr("home.provisioning.open_region", refuse)
    before = counts()
    page = administrator.post(NEW, form())
    assert page.status_code == 200
    assert "The review cannot be made." in page.text
    assert counts() == before


def test_the_form_shows_chosen_countries_first_and_the_rest_folded_away(administrator):
    page = LexborHTMLParser(administrator.get(edit_address("us")).text)
    chosen = page.css("fieldset > .region-countries input[checked]")
    assert [box.attributes["value"] for box in chosen] == ["PR", "US"]
    others = page.css("details .region-countries input")
    assert len(others) > 200
    assert not any("checked" in box.attributes for box in others)


def test_the_form_brings_its_styles_and_its_script(administrator):
    page = LexborHTMLParser(administrator.get(NEW).text)
    assert len(page.css("link[href$='home/region_form.css']")) == 1
    (script,) = page.css("script[src$='home/region_form.js']")
    assert "defer" in script.attributes


def test_each_box_and_title_on_the_form_has_a_name_of_its_own(administrator):
    page = LexborHTMLParser(administrator.get(NEW).text)
    for field in page.css(".region-form-group input"):
        label = page.css_first(f"label[for='{field.attributes.get('id')}']") or field.parent
        assert label.tag == "label"
        assert label.text(strip=True)


@pytest.mark.parametrize("who", ["eu_editor", "eu_legal"])
def test_nobody_but_administrators_adds_or_changes_a_region(request, who, eu):
    person = request.getfixturevalue(who)
    before, europe = counts(), region_inventory("eu")
    for address in (NEW, edit_address("eu"), "/admin/regions/", f"/admin/regions/delete/{eu.pk}/"):
        assert person.get(address).status_code in (302, 403)
        assert person.post(address, form()).status_code in (302, 403)
    assert (counts(), region_inventory("eu")) == (before, europe)


# What a new region's people may do


@pytest.fixture
def jp_people(administrator) -> dict[str, Client]:
    """Browsers in which an editor and a legal reviewer of a region made by the form are signed in."""
    administrator.post(NEW, form())
    people = {}
    for role in ("editors", "legal"):
        person = get_user_model().objects.create_user(f"jp-{role}")
        person.groups.add(Group.objects.get(name=f"jp {role}"))
        people[role] = Client()
        people[role].force_login(person)
    return people


def add_page(client: Client, home: Page) -> int:
    """Try to add a plain page below `home`, and return how many there are now."""
    client.post(
        f"/admin/pages/add/home/standardpage/{home.pk}/",
        {
            "title": "A new page",
            "slug": "a-new-page",
            "intro": json.dumps({"blocks": [], "entityMap": {}}),
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
        },
    )
    return Page.objects.child_of(home).filter(slug="a-new-page").count()


def test_its_editors_write_in_it_and_nowhere_else(jp_people, eu_home, us_home):
    home = RegionHomePage.objects.get(slug="jp", locale__language_code="de")
    assert add_page(jp_people["editors"], home) == 1
    for other in (eu_home, us_home):
        assert add_page(jp_people["editors"], other) == 0


def test_its_legal_team_writes_nowhere(jp_people, eu_home):
    home = RegionHomePage.objects.get(slug="jp", locale__language_code="de")
    assert add_page(jp_people["legal"], home) == 0
    assert add_page(jp_people["legal"], eu_home) == 0


def test_other_regions_people_have_no_right_in_it(jp_people, eu_editor, eu_legal):
    home = RegionHomePage.objects.get(slug="jp", locale__language_code="en")
    for stranger in (eu_editor, eu_legal):
        assert add_page(stranger, home) == 0
        assert stranger.get(f"/admin/pages/{home.pk}/edit/").status_code in (302, 403)


def test_its_home_page_goes_live_when_its_own_legal_team_approves(jp_people, eu_legal, client):
    home = RegionHomePage.objects.get(slug="jp", locale__language_code="en")
    home.get_workflow().start(home, user=get_user_model().objects.get(username="jp-editors"))
    task = home.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[home.pk, "approve", task.pk])
    eu_legal.post(approve, approval())
    assert client.get("/jp/").status_code == 404
    jp_people["legal"].post(approve, approval())
    assert client.get("/jp/").status_code == 200
