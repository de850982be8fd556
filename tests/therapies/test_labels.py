"""Labels: what is in force when, what is refused, and what pages show."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import TaskState

from home.exceptions import RefusedError
from region_gate import clock
from therapies.guard.label_check import UnlabelledError
from therapies.models import Label, Product
from therapies.models.in_force import Status
from therapies.models.label import Audience
from therapies.models.label_text import one_for_each

from .conftest import NAME, allow, publish, today, withdraw
from .label_texts import label_of, lack, say

pytestmark = pytest.mark.django_db

PRODUCT_PAGE = "/eu/sir-spheres/"
DAY = date(2026, 3, 1)


def label(region, *languages, **values) -> Label:
    return label_of(region, *languages, **{"effective_from": DAY, "live": True, **values})


@pytest.mark.parametrize(
    ("values", "is_in_force"),
    [
        ({}, True),
        ({"effective_from": DAY}, True),
        ({"effective_from": DAY + timedelta(days=1)}, False),
        ({"withdrawn_on": DAY}, False),
        ({"withdrawn_on": DAY + timedelta(days=1)}, True),
        ({"withdrawn_on": DAY + timedelta(days=1), "status": Status.WITHDRAWN}, True),
        ({"status": Status.UNDER_REVIEW}, False),
        ({"status": Status.NOT_APPROVED}, False),
        ({"live": False}, False),
    ],
)
def test_a_label_is_in_force_from_its_first_day_until_the_day_of_its_withdrawal(ca, values, is_in_force):
    Label.objects.filter(region=ca).delete()
    label(ca, **values).save()
    assert Label.objects.in_force(DAY).filter(region=ca).exists() is is_in_force


@pytest.mark.parametrize("field", ["indication", "safety_information", "registration_number", "authority"])
def test_an_approved_label_is_whole(ca, field):
    with pytest.raises(ValidationError) as refusal:
        label(ca, **{field: ""}).full_clean()
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": Status.WITHDRAWN}, "withdrawn_on"),
        ({"withdrawn_on": DAY - timedelta(days=1)}, "withdrawn_on"),
        ({"review_by": DAY - timedelta(days=1)}, "review_by"),
        ({"effective_from": None}, "effective_from"),
    ],
)
def test_a_label_does_not_contradict_itself(ca, values, field):
    with pytest.raises(ValidationError) as refusal:
        label(ca, **values).full_clean()
    assert field in refusal.value.message_dict


@pytest.mark.parametrize(
    ("starts", "ends", "is_refused"),
    [
        (DAY + timedelta(days=1), None, True),
        (DAY - timedelta(days=9), None, True),
        (DAY - timedelta(days=9), DAY, False),
        (DAY - timedelta(days=9), DAY + timedelta(days=1), True),
        (DAY + timedelta(days=10), None, False),
    ],
)
def test_two_labels_are_never_in_force_at_once(ca, starts, ends, is_refused):
    Label.objects.filter(region=ca).delete()
    label(ca, withdrawn_on=DAY + timedelta(days=10)).save()
    second = label(ca, effective_from=starts, withdrawn_on=ends)
    if is_refused:
        with pytest.raises(ValidationError, match="is in force from"):
            second.save()
    else:
        second.save()


def test_a_draft_is_no_rival_and_another_language_is(ca):
    Label.objects.filter(region=ca).delete()
    label(ca).save()
    label(ca, live=False).save()
    with pytest.raises(RefusedError, match="is in force from"):
        label(ca, "fr").save()


def test_publishing_a_second_label_is_refused_however_it_is_done(ca):
    Label.objects.filter(region=ca).delete()
    label(ca).save()
    second = label(ca, live=False)
    second.save()
    with pytest.raises(RefusedError):
        second.save_revision().publish()
    second.refresh_from_db()
    assert not second.live


def test_a_label_names_no_product_that_another_label_must_allow(ca, product):
    other = Product(name="Otherol", maker="Somebody", live=False)
    other.save()
    other.save_revision().publish()
    Label.objects.filter(region=ca).delete()
    with pytest.raises(UnlabelledError, match="Otherol"):
        label(ca, indication=f"<p>{NAME} with Otherol.</p>").save()
    label(ca, indication=f"<p>{NAME} alone.</p>").save()


def shown(client, address: str = PRODUCT_PAGE):
    return LexborHTMLParser(client.get(address).text).css(".labels .label")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (PRODUCT_PAGE, ["Sample text", "SAMPLE-EU-0001"]),
        (f"/de{PRODUCT_PAGE}", ["Mustertext", "SAMPLE-EU-0001"]),
        ("/us/sir-spheres/", ["Sample text", "SAMPLE-US-0001"]),
    ],
)
def test_a_page_that_names_a_product_shows_its_regions_label_once(client, address, words):
    (only,) = shown(client, address)
    assert all(word in only.text() for word in words)


def test_a_page_that_names_none_shows_no_label(client):
    assert shown(client, "/eu/about/") == []


def test_a_label_in_another_language_says_which(client, eu):
    lack(Label.objects.get(region=eu), "fr")
    (only,) = shown(client, f"/fr{PRODUCT_PAGE}")
    assert "lang" not in only.attributes  # our own headings are French
    assert not only.css("dt[lang]")
    marked = only.css("[lang=en]")
    assert [words.text().partition(".")[0].strip() for words in marked] == [
        "Sample text",
        "Sample text",
        "sample authority",
    ]


def test_a_page_lists_the_product_information_among_its_contents(client, eu):
    listed = LexborHTMLParser(client.get(PRODUCT_PAGE).text).css(".contents a")
    assert [link.attributes["href"] for link in listed][-1] == "#labels-heading"
    withdraw(eu)
    listed = LexborHTMLParser(client.get(PRODUCT_PAGE).text).css(".contents a")
    assert "#labels-heading" not in [link.attributes["href"] for link in listed]


def test_a_label_that_has_ended_is_not_shown(client, eu):
    withdraw(eu)
    assert shown(client) == []


def test_the_instructions_are_one_step_away(client):
    (only,) = shown(client)
    link = only.css_first("a")
    assert link.attributes["href"] == "https://instructions.example.com/eu/en/"
    assert "data-crossing" not in link.attributes


def test_a_preview_shows_the_label_of_what_is_being_written(administrator, eu_home, rf):
    from home.models import StandardPage

    page = StandardPage.objects.child_of(eu_home).get(slug="about")
    page.intro = f"<p>{NAME}</p>"
    page.save_revision()
    answer = page.make_preview_request()
    assert "SAMPLE-EU-0001" in answer.text


def test_a_regulated_page_says_whom_it_is_for(client):
    assert "Patients and the public" in client.get("/eu/therapies/liver-metastases-colorectal-cancer/").text


def test_a_label_may_begin_tomorrow(ca):
    allow(ca, today() + timedelta(days=1))
    assert not Label.objects.in_force(clock.today()).filter(region=ca).exists()
    assert Label.objects.in_force(today() + timedelta(days=1)).filter(region=ca).exists()


@pytest.mark.parametrize("name", ["®", "–", " "])
def test_a_product_has_names_that_can_be_read(product, name):
    product.further_names = f"{name}\nFine"
    if name.strip():
        with pytest.raises(ValidationError, match="holds no letter"):
            product.full_clean()
    else:
        product.full_clean()
        assert product.further_names == "Fine"


def test_a_product_once_published_is_watched_for_good(ca_page, product):
    product.unpublish()
    ca_page.title = NAME
    with pytest.raises(UnlabelledError):
        ca_page.save_revision().publish()


def test_a_product_that_was_never_published_is_watched_by_nobody(ca_page):
    Product(name="About", maker="Nobody", live=False).save()
    ca_page.save_revision().publish()


def test_the_audience_is_the_labels_own(client, eu):
    for one in Label.objects.filter(region=eu):
        one.audience = Audience.PROFESSIONALS
        publish(one)
    (only,) = shown(client)
    assert "Healthcare professionals" in only.text()


def test_a_label_waits_for_the_legal_team_of_its_region(eu, django_user_model):
    waiting = say(Label.objects.get(region=eu), authority="A new authority")
    waiting.save_revision()
    waiting.get_workflow().start(waiting, django_user_model.objects.get(username="admin"))
    due = {
        name: TaskState.objects.reviewable_by(django_user_model.objects.get(username=name)).count()
        for name in ("eu-legal", "us-legal", "eu-editor", "admin")
    }
    assert due == {"eu-legal": 1, "us-legal": 0, "eu-editor": 0, "admin": 1}


def test_a_label_of_another_region_is_read_and_not_edited(eu_legal):
    names = {act: Label.snippet_viewset.get_url_name(act) for act in ("edit", "inspect")}
    ours, theirs = (Label.objects.filter(region__code=code).first() for code in ("eu", "us"))
    assert eu_legal.get(reverse(names["edit"], args=[ours.pk])).status_code == 200
    answer = eu_legal.get(reverse(names["edit"], args=[theirs.pk]))
    assert answer.url == reverse(names["inspect"], args=[theirs.pk])
    read = eu_legal.get(answer.url)
    assert "The region’s approved indication" in read.text
    assert "Indication (English)" in read.text


def test_the_list_writes_out_the_days(eu_legal):
    listed = eu_legal.get(reverse(Label.snippet_viewset.get_url_name("list"))).text
    assert "June 30, 2027" in listed


@pytest.mark.parametrize(
    ("language", "shown"),
    [("de", ["b", "c", "d"]), ("fr", ["a", "c", "d"]), ("en", ["a", "c", "e"]), (None, ["a", "c", "d"])],
)
def test_pages_show_one_text_for_each_product_in_their_language_or_the_first(language, shown):
    texts = [(1, "en", "a"), (1, "de", "b"), (2, "de", "c"), (3, "de", "d"), (3, "en", "e"), (3, "en", "f")]
    assert one_for_each(texts, language) == shown
