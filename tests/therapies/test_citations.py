"""Citations: numbered by the page that holds them, listed at its foot, led back from there."""

import json
import threading

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html

from tests.conftest import TOPIC
from therapies.citing.citations import in_order, keys_in, mark, number, texts_in
from therapies.models import Reference, TherapyPage
from therapies.references.rich_text import ReferenceLinkHandler

from .conftest import cite, section
from .test_treatment_page import ADDRESS

NUMBERS = {3: 1, 5: 2, 8: 3}
ROUNDS = 10


def marker(key: object, words: str = "van Hazel 2016") -> str:
    return f"{mark(str(key))}{words}</a>"


def numbers_in(html: str) -> list[str]:
    return [sup.text() for sup in LexborHTMLParser(html).css("sup.citation")]


def numbered(html: str) -> str:
    return number(html, NUMBERS, "Reference {}".format).html


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f"<p>A.{marker(3)}</p>", ["1"]),
        (f"<p>A.{marker(3)} B.{marker(5)}</p>", ["1", "2"]),
        (f"<p>A.{marker(3)}{marker(5)}</p>", ["1, 2"]),
        (f"<p>A.{marker(5)} {marker(3)}</p>", ["1, 2"]),
        (f"<p>A.{marker(3)}, {marker(5)};&nbsp;{marker(8)}</p>", ["1, 2, 3"]),
        (f"<p>A.{marker(3)}{marker(3)}</p>", ["1"]),
        (f"<p>A.{marker(3, '<b>van</b> <i>Hazel</i>')}</p>", ["1"]),
        (f"<p>A.{marker(3)}</p><p>{marker(5)}</p>", ["1", "2"]),
        (f"<p>A.{marker(404)}</p>", []),
        (f"<p>A.{marker('x')}{marker('')}</p>", []),
        (f"<p>A.{marker(404)}{marker(5)}</p>", ["2"]),
        ('<p><a href="/eu/">a page</a></p>', []),
    ],
)
def test_markers_become_numbers(html, shown):
    assert numbers_in(numbered(html)) == shown


def test_neighbours_in_different_sentences_keep_their_words():
    assert LexborHTMLParser(numbered(f"<p>A{marker(3)} and B{marker(5)}.</p>")).text() == "A1 and B2."


def test_what_is_unknown_leaves_no_trace():
    assert numbered(f"<p>Words.{marker(404)}</p>") == "<p>Words.</p>"


def test_each_citation_has_a_name_and_an_anchor_of_its_own():
    html, places = number(f"{marker(3)}x{marker(5)}y{marker(3)}", NUMBERS, "Reference {}".format)
    links = LexborHTMLParser(html).css("sup a")
    assert [link.attributes["id"] for link in links] == ["cited-1-1", "cited-2-1", "cited-1-2"]
    assert [link.attributes["href"] for link in links] == ["#reference-1", "#reference-2", "#reference-1"]
    assert links[0].attributes["aria-label"] == "Reference 1"
    assert places == {1: ["cited-1-1", "cited-1-2"], 2: ["cited-2-1"]}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('<a linktype="reference" id="3">A</a>', [3]),
        ('<a id="3" linktype="reference">A</a>', [3]),
        ('<a id="3" linktype="page">A</a>', []),
        ('<a id="x" linktype="reference">A</a>', []),
        ('<a id="٣" linktype="reference">A</a>', []),
        (f'<a id="{"9" * 40}" linktype="reference">A</a>', []),
        ('<a linktype="reference">A</a>', []),
        ('&lt;a id="3" linktype="reference"&gt;', []),
        ("", []),
    ],
)
def test_a_stored_text_cites(text, keys):
    assert list(keys_in(text)) == keys


def test_a_key_that_is_none_is_never_written():
    assert ReferenceLinkHandler.expand_db_attributes_many([{"id": '"><script>'}, {}, {"id": "7"}]) == [
        '<a data-reference="">',
        '<a data-reference="">',
        '<a data-reference="7">',
    ]


def test_order_is_that_of_first_appearance(references):
    ash, elm, oak = references
    texts = [cite(oak), cite(ash) + cite(oak), cite(elm)]
    assert in_order(texts) == [oak.pk, ash.pk, elm.pk]


@pytest.mark.django_db
def test_all_texts_of_a_body_are_read_in_order():
    body = TherapyPage._meta.get_field("body").to_python(
        json.dumps(
            [
                section("<p>1</p>"),
                {"type": "callout", "value": {"heading": "no rich text", "text": "<p>2</p>"}},
                section("<p>3</p>"),
            ]
        )
    )
    assert list(texts_in(body)) == ["<p>1</p>", "<p>2</p>", "<p>3</p>"]


def page_at(client, address: str = ADDRESS):
    return LexborHTMLParser(client.get(address).text)


def test_a_page_numbers_by_first_appearance_and_reuses_numbers(client, write, references):
    ash, elm, oak = references
    write(
        f"<p>B.{cite(ash)} C.{cite(oak)}</p>",
        f"<p>D.{cite(elm)}{cite(ash)}</p>",
        intro=f"<p>A.{cite(oak)}</p>",
    )
    page = page_at(client)
    assert [sup.text() for sup in page.css("sup.citation")] == ["1", "2", "1", "2, 3"]
    listed = [entry.text().partition("↩")[0].strip() for entry in page.css(".references li")]
    assert listed == [oak.text, ash.text, elm.text]
    assert oak.short_name not in page.css_first(".page-body").text()


def test_every_link_of_a_citation_and_back_leads_somewhere(client, write, references):
    ash, elm, _oak = references
    write(f"<p>A.{cite(ash)} B.{cite(elm)} C.{cite(ash)}</p>")
    page = page_at(client)
    anchors = [element.attributes["id"] for element in page.css("[id]")]
    assert len(anchors) == len(set(anchors))
    back = [link.attributes["href"] for link in page.css(".references-back")]
    assert back == ["#cited-1-1", "#cited-1-2", "#cited-2-1"]
    names = [link.text(strip=True) for link in page.css(".references-back")]
    assert names[1].endswith("Back to reference 1 in the text, place 2")
    for link in [*back, *(a.attributes["href"] for a in page.css("sup a"))]:
        assert link[1:] in anchors


def test_a_page_that_cites_nothing_has_no_list(client, write):
    write("<p>No source.</p>")
    page = page_at(client)
    assert not page.css(".references")
    assert "References" not in page.css_first("main").text()


def test_what_is_gone_is_neither_numbered_nor_listed(client, write, references):
    ash, elm, _oak = references
    write(f"<p>A.{cite(ash)} B.{cite(elm)}</p>")
    QuerySet(Reference).filter(pk=ash.pk)._raw_delete("default")
    page = page_at(client)
    assert [sup.text() for sup in page.css("sup.citation")] == ["1"]
    assert len(page.css(".references li")) == 1
    assert "A. B." in page.css_first(".page-body").text()


def test_twenty_references_take_no_more_queries_than_one(client, write, django_assert_max_num_queries):
    many = [Reference.objects.create(text=f"Author{n} A. 2020.") for n in range(20)]
    write(*(f"<p>A.{cite(reference)}</p>" for reference in many))
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        page = page_at(client)
    assert len(page.css(".references li")) == 20


def test_the_index_knows_what_a_page_cites(write, references):
    ash, elm, _oak = references
    page = write(f"<p>A.{cite(ash)}{cite(elm)}</p>")
    for reference, uses in zip(references, (1, 1, 0), strict=True):
        found = ReferenceIndex.get_references_to(reference)
        assert [int(use.object_id) for use in found] == [page.pk] * uses


def test_outside_a_treatment_page_a_citation_is_plain_words(references):
    html = expand_db_html(f"<p>A.{cite(references[0])}</p>")
    assert LexborHTMLParser(html).text() == "A.Ash 2020"


@pytest.fixture
def _shared_connection():
    """Let threads read what the test has written and will roll back."""
    connection.inc_thread_sharing()
    yield
    connection.dec_thread_sharing()


@pytest.mark.usefixtures("_shared_connection")
def test_two_threads_rendering_two_pages_at_once_never_mix_their_numbers(therapy, references):
    ash, elm, oak = references
    orders = {ADDRESS: [ash, elm, oak, ash], ADDRESS.replace("eu", "ap", 1): [oak, ash, elm, elm]}
    other = TherapyPage.objects.get(url_path__contains="/ap/", topic__slug=TOPIC)
    for page, order in zip((therapy, other), orders.values(), strict=True):
        page.body = json.dumps([section(f"<p>A.{cite(it)}</p>") for it in order])
        page.save_revision().publish()
    both = threading.Barrier(len(orders))
    found: dict[str, set[tuple[str, ...]]] = {address: set() for address in orders}
    shared = connections["default"]

    def visit(address: str) -> None:
        connections["default"] = shared
        for _ in range(ROUNDS):
            both.wait(timeout=30)
            page = page_at(Client(), address)
            numbers = [sup.text() for sup in page.css("sup.citation")]
            entries = [entry.text().partition(" ")[0].strip() for entry in page.css(".references li")]
            found[address].add((*numbers, *entries))

    threads = [threading.Thread(target=visit, args=[address]) for address in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert list(found.values()) == [
        {("1", "2", "3", "1", "Ash", "Elm", "Oak")},
        {("1", "2", "3", "3", "Oak", "Ash", "Elm")},
    ]
