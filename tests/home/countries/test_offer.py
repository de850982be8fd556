"""Who reads a region's page and seems to belong to another region is offered the same there."""

import pytest
from django.test import Client

from home.models import StandardPage
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db
OFFER = "/eu/regions/offer/"


@pytest.fixture
def treatment(eu_home) -> TherapyPage:
    """The European page about the treatment, in English."""
    return TherapyPage.objects.live().descendant_of(eu_home).first()


def offered(page: object = "", country: str = "", languages: str = "", **headers: str):
    asked = {"page": page, "country": country}
    return Client().get(OFFER, asked, headers={"accept-language": languages, **headers})


def test_the_same_topic_is_offered_through_the_gate(treatment):
    answer = offered(treatment.pk, languages="en-US,en;q=0.9")
    assert answer.status_code == 200
    theirs = TherapyPage.objects.live().get(topic=treatment.topic, url_path__contains="/us/")
    assert theirs.title in answer.text
    assert f'href="{theirs.url}"' not in answer.text
    assert 'href="/leaving/' in answer.text


def test_where_the_region_has_no_such_page_its_home_page_is_offered(eu_home, us_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    for page in (about.pk, "", "999999", "x", "9" * 400, "٣"):
        assert us_home.title in offered(page, country="US").text


def test_it_is_said_in_the_reader_s_language(treatment):
    answer = offered(treatment.pk, country="CA", languages="fr-CA,fr")
    assert answer.text.count('lang="fr"') >= 2
    assert 'href="/fr/leaving/' in answer.text or 'href="/leaving/' in answer.text


@pytest.mark.parametrize(
    ("country", "languages"), [("AT", "en-US"), ("", "de-AT,en-US"), ("JP", ""), ("", "en")]
)
def test_who_belongs_here_or_nowhere_is_offered_nothing(treatment, country, languages):
    answer = offered(treatment.pk, country, languages)
    assert (answer.status_code, answer.content) == (204, b"")


def test_what_was_chosen_counts_more_than_what_the_request_tells(treatment):
    assert offered(treatment.pk, "US", "de-AT").status_code == 200


def test_nobody_keeps_the_answer(treatment):
    for country in ("US", "AT"):
        assert offered(treatment.pk, country).headers["Cache-Control"] == "private, no-store"


def test_a_private_page_or_a_draft_tells_nothing(treatment):
    theirs = TherapyPage.objects.live().get(topic=treatment.topic, url_path__contains="/us/")
    theirs.unpublish()
    assert theirs.title not in offered(treatment.pk, "US").text


def test_each_page_of_a_region_says_where_to_ask(treatment):
    page = Client().get(treatment.url).text
    assert f'data-offer="{OFFER}" data-script="/static/home/offer.js"' in page
    assert f'data-page="{treatment.pk}" data-region="eu" hidden' in page
    assert "data-offer" not in Client().get("/").text
    assert "data-offer" not in Client().get("/eu/nowhere/").text
