"""The treatment page as it is served, held against the text it was given."""

import re

import pytest
from django.core.exceptions import ValidationError
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import CONTENT, TOPIC
from therapies.models import Reference, TherapyIndexPage, TherapyPage, Topic

pytestmark = pytest.mark.django_db

ADDRESS = "/eu/therapies/liver-metastases-colorectal-cancer/"
ARTICLE = "https://doi.org/10.1200/JCO.2015.66.1181"
SENTENCE_END = re.compile(r"(?<=[a-z)]\.) ")


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, in order; a bullet and a reference's number are no words."""
    lines = [line.strip(" ") for line in text.split("\n") if line]
    reference = lines.pop().removeprefix("1. ")
    found = [sentence for line in lines for sentence in SENTENCE_END.split(line.removeprefix("• "))]
    return [*found, reference]


GIVEN = sentences((CONTENT / "therapy_page.txt").read_text("utf-8"))


def main_of(client, address: str = ADDRESS):
    return LexborHTMLParser(client.get(address).text).css_first("main")


def shown(main) -> str:
    """Return the words that `main` shows, without the list of contents."""
    for navigation in main.css("nav"):
        navigation.remove()
    return main.text(deep=True)


def test_the_given_text_is_read_in_sentences():
    assert len(GIVEN) == 26
    assert GIVEN[0] == "How to treat liver metastases from colorectal cancer?"
    assert GIVEN[-1] == "van Hazel GA et al. J Clin Oncol 2016; 34: 1723–31."


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS.replace("eu", "ap", 1)])
def test_every_sentence_stands_verbatim_and_in_order(client, address):
    words = shown(main_of(client, address))
    position = 0
    for sentence in GIVEN:
        found = words.find(sentence, position)
        assert found >= 0, sentence
        position = found + len(sentence)


def test_the_sections_are_headed(client):
    headings = [heading.text(strip=True) for heading in main_of(client).css("h1, h2")]
    assert headings == [
        "How to treat liver metastases from colorectal cancer?",
        "On this page",
        "At a glance",
        "Surgical techniques",
        "Chemotherapy",
        "Biological therapy",
        "Selective Internal Radiation Therapy (SIRT)",
        "The way of the microspheres",
        "Questions for your doctor",
        "References",
        "Product information",
        "Related topics",
    ]


def test_the_three_aims_are_a_list(client):
    aims = [item.text(strip=True) for item in main_of(client).css("section ul li")]
    given = (CONTENT / "therapy_page.txt").read_text("utf-8")
    assert aims == re.findall(r"^• (.+)$", given, re.MULTILINE)
    assert len(aims) == 3


def test_the_superscript_leads_to_the_reference_at_the_foot(client):
    main = main_of(client)
    citation = main.css_first("sup a")
    assert citation.text() == "1"
    assert citation.attributes["href"] == "#reference-1"
    assert "van Hazel GA et al." in main.css_first("#reference-1").text()


def test_the_page_holds_all_three_kinds_of_link(client):
    main = main_of(client)
    product, evidence = (a for a in main.css("a") if a.text() == "this page")
    article = main.css_first("#reference-1 a")
    assert product.attributes["href"] == "/eu/sir-spheres/"
    assert evidence.attributes["data-crossing"] == "cross-region"
    assert "/us/clinical-evidence/" in evidence.attributes["href"]
    assert article.attributes["data-crossing"] == "third-party"
    assert ARTICLE in article.attributes["href"]


def test_american_pages_are_spelt_as_americans_do(client):
    words = shown(main_of(client, ADDRESS.replace("eu", "us", 1)))
    assert "tumors that have spread" in words
    assert "tumour" not in words


def test_translations_are_marked_as_samples(client):
    assert "Mustertext" in shown(main_of(client, f"/de{ADDRESS}"))
    assert "Texte d’exemple" in shown(main_of(client, f"/fr{ADDRESS}"))


def test_the_page_takes_at_most_fourteen_queries(client, django_assert_max_num_queries):
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        response = client.get(ADDRESS)
    assert response.status_code == 200
    assert not response.has_header("Vary")
    assert not response.cookies


def test_a_region_has_one_page_about_a_topic(eu_home):
    index = TherapyIndexPage.objects.child_of(eu_home).get()
    second = TherapyPage(title="Once more", topic=Topic.objects.get(slug=TOPIC))
    with pytest.raises(ValidationError, match="already has a page about this topic"):
        index.add_child(instance=second)


@pytest.mark.parametrize("doi", ["10.1200", "doi:10.1200", "https://doi.org/JCO", "10.1200/a b"])
def test_what_is_no_doi_is_refused(doi):
    with pytest.raises(ValidationError) as refusal:
        Reference(text="Smith A. 2016.", doi=doi).full_clean()
    assert "A DOI looks like" in refusal.value.message_dict["doi"][0]


def test_a_reference_has_one_address():
    with pytest.raises(ValidationError, match="not both"):
        Reference(text="Smith A.", doi="10.1000/182", url="https://example.org/").full_clean()


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({"doi": "10.1000/182"}, "https://doi.org/10.1000/182"),
        ({"url": "https://example.org/a"}, "https://example.org/a"),
        ({}, ""),
    ],
)
def test_a_reference_leads_to_its_doi_or_its_address(values, address):
    assert Reference(text="Smith A.", **values).address == address
