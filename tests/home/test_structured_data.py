"""What pages tell search engines and those who share them."""

import json
import re

import pytest
from django.test import Client

from home.models import StandardPage
from home.structured_data import as_script
from home.summaries import MAX_LENGTH, summary_of
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def said_by(address: str) -> dict:
    return json.loads(DATA.search(Client().get(address, headers={"host": "localhost"}).text)[1])


@pytest.fixture
def treatment() -> TherapyPage:
    """The European page about the treatment, in English."""
    return TherapyPage.objects.live().filter(url_path__contains="/eu/", locale__language_code="en").first()


def test_a_treatment_page_says_what_it_is_and_for_whom(treatment):
    said = said_by(treatment.url)
    assert said["@context"] == "https://schema.org"
    assert said["@type"] == "MedicalWebPage"
    assert said["url"] == said["@id"] == f"http://localhost{treatment.url}"
    assert said["name"] == treatment.title
    assert said["inLanguage"] == "en"
    assert said["audience"] == {"@type": "Patient"}
    assert said["dateModified"] == treatment.last_published_at.isoformat()
    assert said["publisher"]["@type"] == "Organization"


def test_it_names_the_sources_that_it_cites(treatment):
    cited = {source["name"] for source in said_by(treatment.url)["citation"]}
    assert cited == {reference.text for reference in treatment.references()}
    assert cited


def test_it_was_last_reviewed_on_the_day_of_legals_approval(treatment):
    approval = treatment.live_revision.approval
    assert said_by(treatment.url)["lastReviewed"] == approval.approved_at.date().isoformat()


def test_it_tells_the_way_from_the_regions_home_page(treatment):
    steps = said_by(treatment.url)["breadcrumb"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[0]["item"] == "http://localhost/eu/"
    assert steps[-1]["name"] == treatment.title


@pytest.mark.parametrize("address", ["/", "/eu/", "/eu/therapies/", "/eu/about/", "/de/"])
def test_every_page_says_something_sound(address):
    said = said_by(address)
    assert said["url"] == f"http://localhost{address}"
    assert None not in said.values()


def test_nothing_that_editors_write_ends_the_data(eu_home):
    title = "</script><script>alert(1)</script>&<!--"
    page = eu_home.add_child(instance=StandardPage(title=title, slug="odd"))
    assert said_by(page.url)["name"] == title
    assert as_script({"name": title}).count("<") == 2


def test_a_draft_in_a_preview_says_nothing(eu_editor, treatment):
    shown = eu_editor.get(f"/admin/pages/{treatment.pk}/revisions/{treatment.latest_revision_id}/view/").text
    assert '"lastReviewed"' not in shown


def test_a_page_without_a_description_has_the_beginning_of_its_introduction(eu_home):
    page = StandardPage(title="T", intro="<p>One <b>two</b>.</p><p>" + "word " * 60 + "</p>")
    assert summary_of(page).startswith("One two . word") or summary_of(page).startswith("One two. word")
    assert len(summary_of(page)) <= MAX_LENGTH + 1
    assert summary_of(page).endswith("word…")
    page.search_description = "As written."
    assert summary_of(page) == "As written."
    assert summary_of(StandardPage(title="T")) == ""
