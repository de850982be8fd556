"""A region's glossary: all terms that its pages explain, and nothing that visitors are not shown."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page, PageViewRestriction

from home.finding.page_passages import passages_of
from home.glossary import entries_of, explained_in, glossary_pages, terms_of
from home.models import StandardPage
from therapies.editing.oversights import oversights_in
from therapies.models import Publication

pytestmark = pytest.mark.django_db
ADDRESS = "/eu/glossary/"


def term(words: str, explanation: str) -> str:
    return f'<p>A <a linktype="term" title="{explanation}">{words}</a>.</p>'


def add(home, title: str, text: str, **more) -> StandardPage:
    """Add a live page with a section that says `text`."""
    body = [("section", {"heading": "H", "text": text})]
    page = StandardPage(title=title, slug=title.lower(), body=body, locale=home.locale, **more)
    return home.add_child(instance=page)


def listed(address: str = ADDRESS) -> dict[str, list[tuple[str, list[str]]]]:
    """Return each term of the glossary at `address`, with its explanations and the pages that give them."""
    entries = LexborHTMLParser(Client().get(address).text).css(".glossary-entry")
    return {
        entry.css_first("dt").text(): [
            (one.css_first("p").text(), [link.attributes["href"] for link in one.css("a")])
            for one in entry.css("dd")
        ]
        for entry in entries
    }


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (term("bead", "A small &amp; round thing"), [("bead", "A small & round thing")]),
        ('<p><a title="Why" linktype="term"><b>two </b>  words</a></p>', [("two words", "Why")]),
        ('<p><a linktype="page" id="3" title="x">no term</a></p>', []),
        ('<p><a linktype="term" title="">nothing said</a></p>', []),
        ('<p>linktype="term"</p>', []),
    ],
)
def test_a_stored_text_tells_its_terms(source, found):
    assert explained_in(source) == found


def test_each_term_leads_to_the_pages_that_explain_it(eu_home):
    first = add(eu_home, "First", term("zebra", "An animal."))
    second = add(eu_home, "Second", "", intro=term("Zebra", "An animal."))
    assert listed()["zebra"] == [("An animal.", [first.url, second.url])]


def test_terms_stand_in_every_kind_of_text_and_page(eu_home):
    table = {
        "caption": "C",
        "columns": [{"type": "text", "heading": "H"}],
        "rows": [{"values": [term("okapi", "Another animal.")]}],
    }
    page = add(eu_home, "Table", "<p>x</p>")
    page.body = [{"type": "table", "value": table}]
    page.save()
    eu_home.intro = term("gnu", "A third one.")
    eu_home.save()
    assert {"okapi", "gnu"} <= listed().keys()
    assert [one.words for one in terms_of(Page.objects.get(pk=page.pk).specific)] == ["okapi"]


def test_the_demo_explains_words_of_its_topics():
    found = listed()
    assert "metastases" in found
    assert [*found] != sorted(found)  # as dictionaries do: capitals make no difference
    assert [*found] == sorted(found, key=str.casefold)
    assert "Metastasen" in listed("/de/eu/glossary/")


def test_what_visitors_are_not_shown_is_not_in_it(eu_home, us_home):
    add(eu_home, "Draft", term("draftword", "d"), live=False)
    private = add(eu_home, "Private", term("privateword", "p"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    add(us_home, "American", term("usword", "u"))
    german = eu_home.get_translations().get(locale__language_code="de").specific
    add(german, "Deutsch", term("dewort", "d"))
    assert not {"draftword", "privateword", "usword", "dewort"} & listed().keys()
    assert "usword" in listed("/us/glossary/")


def test_an_explanation_that_names_a_product_stays_where_its_label_does(eu_home):
    add(eu_home, "Named", term("small beads", "Such as SIR-Spheres."))
    assert "small beads" not in listed()


def test_two_explanations_of_one_term_are_both_there_and_editors_are_told(eu_home):
    add(eu_home, "First", term("zebra", "An animal."))
    second = add(eu_home, "Second", term("Zebra", "A crossing."))
    assert [words for words, _pages in listed()["zebra"]] == ["An animal.", "A crossing."]
    (oversight,) = [one for one in oversights_in(second) if one.text == "Zebra"]
    assert "“First” explains it otherwise: An animal." in oversight.why


def test_one_explanation_on_two_pages_is_no_oversight(eu_home):
    add(eu_home, "First", term("zebra", "An animal."))
    second = add(eu_home, "Second", term("zebra", "An animal."))
    assert not [one for one in oversights_in(second) if one.text == "zebra"]


def test_a_page_is_found_by_what_it_explains(eu_home):
    page = add(eu_home, "First", term("zebra", "A striped animal."))
    assert "zebra: A striped animal." in [one.text for one in passages_of(page)]


def test_the_record_leaves_the_glossary_to_the_pages_that_explain(eu_home):
    page = StandardPage.objects.child_of(eu_home).get(slug="glossary")
    assert glossary_pages(eu_home) == [page]
    page.save_revision().publish()
    kept = Publication.objects.chain(page.pk).last().html.partition("<main")[2]
    assert page.title in kept
    assert "glossary-entry" not in kept


def test_the_glossary_takes_few_queries_however_much_is_explained(eu_home, django_assert_max_num_queries):
    for number in range(5):
        add(eu_home, f"P{number}", term(f"word {number}", "Explained."))
    with django_assert_max_num_queries(8):
        assert len(entries_of(eu_home)) > 5
