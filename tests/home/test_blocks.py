"""What visitors see of blocks, and what editors are refused."""

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from selectolax.lexbor import LexborHTMLParser
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.blocks.figures import DRAWINGS, _errors
from home.blocks.tables import TableBlock
from home.blocks.ways_on import CallToActionBlock
from home.models import StandardPage
from therapies.models import EvidencePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return get_image_model().objects.create(title="A drawing", file=get_test_image_file())


def shown(client, home, image) -> str:
    value = {
        "image": {"image": image.pk, "decorative": False, "alt_text": "A vial"},
        "caption": "How it looks",
    }
    page = home.add_child(instance=StandardPage(title="P", body=[{"type": "figure", "value": value}]))
    return client.get(page.url).text


def test_a_picture_is_shown_in_its_widths_with_its_caption(client, eu_home, image):
    html = shown(client, eu_home, image)
    assert 'alt="A vial"' in html
    assert 'loading="lazy"' in html
    assert 'sizes="(min-width: 48rem) 42rem, 100vw"' in html
    assert "How it looks" in html


def test_of_a_picture_whose_file_is_gone_nothing_is_shown(client, eu_home, image):
    image.file.storage.delete(image.file.name)
    html = shown(client, eu_home, image)
    assert "not-found" not in html
    assert "<figure" not in html


def test_of_a_picture_that_is_deleted_nothing_is_shown(client, eu_home, image):
    key = image.pk
    image.delete()
    image.pk = key
    assert "<figure" not in shown(client, eu_home, image)


def served(client, home, *blocks) -> str:
    """Return the HTML of a page that is made of `blocks`, each a name and what is stored."""
    body = [{"type": name, "value": value} for name, value in blocks]
    page = home.add_child(instance=StandardPage(title="P", slug="p", body=body))
    return client.get(page.url).text


TABLE = {
    "caption": "What we measured",
    "columns": [
        {"type": "row_heading", "heading": ""},
        {"type": "text", "heading": "Unit"},
        {"type": "number", "heading": "Value"},
    ],
    "rows": [{"values": ["Length", "<p>m<sup>2</sup></p>", "12.5"]}],
}


def test_a_table_has_a_caption_headings_and_numbers_below_each_other(client, eu_home):
    html = served(client, eu_home, ("table", TABLE))
    assert "<caption>What we measured</caption>" in html
    assert '<th scope="col">Unit</th>' in html
    assert '<th scope="col" class="table-number">Value</th>' in html
    assert '<th scope="row">Length</th>' in html
    assert "m<sup>2</sup>" in html
    assert '<td class="table-number">12.5</td>' in html


def test_a_table_scrolls_by_keyboard(client, eu_home):
    html = served(client, eu_home, ("table", TABLE))
    assert '<div class="table" role="region" aria-label="What we measured" tabindex="0">' in html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"caption": " "}, "Give the table a caption"),
        ({"rows": []}, "Add columns and rows"),
        (
            {"columns": [TABLE["columns"][0], {"type": "text", "heading": ""}, TABLE["columns"][2]]},
            "column 2",
        ),
    ],
)
def test_a_table_that_lacks_something_is_refused_but_for_a_draft(change, said):
    block = TableBlock()
    table = block.to_python({**TABLE, **change})
    with pytest.raises(ValidationError) as refused:
        block.clean(table)
    assert said in str(refused.value.as_json_data())
    block.defer_required_validation()
    block.clean(table)


def test_rows_of_a_table_in_which_nobody_wrote_are_left_out_once_it_is_sent():
    block, (first, *others) = TableBlock(), TABLE["rows"]
    empty = {"values": ["", "<p></p>", " "]}
    table = block.to_python({**TABLE, "rows": [empty, first, empty, *others]})
    assert [row["values"][0] for row in block.clean(table).row_data] == [
        row["values"][0] for row in TABLE["rows"]
    ]
    block.defer_required_validation()
    assert len(block.clean(block.to_python({**TABLE, "rows": [empty, first]})).row_data) == 2


def test_questions_open_without_scripts(client, eu_home):
    html = served(
        client,
        eu_home,
        ("questions", {"heading": "Asked", "questions": [{"question": "Why?", "answer": "<p>Because.</p>"}]}),
    )
    assert "<summary>Why?</summary>" in html
    assert 'aria-labelledby="asked"' in html


@pytest.fixture
def document():
    return get_document_model().objects.create(
        title="Leaflet", file=ContentFile(b"x" * 2048, name="leaflet.pdf"), file_size=2048
    )


def test_a_download_says_its_kind_size_and_language(client, eu_home, document):
    item = {"document": document.pk, "title": "", "language": "de"}
    html = served(client, eu_home, ("downloads", {"heading": "", "downloads": [item]}))
    assert f'<a href="{document.url}" hreflang="de" lang="de">Leaflet</a>' in html
    assert "PDF, 2.0\xa0KB, Deutsch" in html


def test_contact_is_the_regions_where_the_block_has_none(client, eu_home):
    html = served(client, eu_home, ("contact", {"heading": "Write", "email": ""}))
    main = html.partition("<main")[2].partition("</main>")[0]
    assert eu_home.region.email in main


def test_contact_is_the_blocks_own_where_it_has_some(client, eu_home):
    html = served(client, eu_home, ("contact", {"heading": "Write", "email": "us@example.org"}))
    main = html.partition("<main")[2].partition("</main>")[0]
    assert "mailto:us@example.org" in main
    assert eu_home.region.email not in main


def video(client, home, **fields) -> str:
    return served(client, home, ("video", {"title": "A walk", "transcript": "<p>Welcome.</p>", **fields}))


def test_a_video_has_captions_and_a_transcript(client, eu_home):
    model = get_document_model()
    film = model.objects.create(title="Film", file=ContentFile(b"x", name="film.mp4"))
    captions = model.objects.create(title="Captions", file=ContentFile(b"WEBVTT", name="film.vtt"))
    html = video(client, eu_home, file=film.pk, captions=captions.pk)
    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert f'<track kind="captions" src="{captions.url}" srclang="en"' in html
    assert "autoplay" not in html
    assert "<p>Welcome.</p>" in html


def test_a_video_from_elsewhere_is_behind_the_gate(client, eu_home):
    html = video(client, eu_home, url="https://video.example/1.mp4")
    assert "<video" not in html
    words = LexborHTMLParser(html).css_first(".gate-placeholder").text()
    assert words.startswith("A walk: A video from video.example is not shown on this page.")


def files() -> dict:
    model = get_document_model()
    names = {"mp4": "film.mp4", "vtt": "film.vtt", "pdf": "film.pdf"}
    return {kind: model(title=kind, file=ContentFile(b"x", name=name)) for kind, name in names.items()}


@pytest.mark.parametrize(
    ("chosen", "refused"),
    [
        ({}, "file"),
        ({"file": "mp4", "captions": "vtt", "url": "https://a.example/"}, "file"),
        ({"file": "pdf", "captions": "vtt"}, "file"),
        ({"file": "mp4"}, "captions"),
        ({"file": "mp4", "captions": "pdf"}, "captions"),
        ({"file": "mp4", "captions": "vtt"}, ""),
        ({"url": "https://a.example/"}, ""),
    ],
)
def test_a_video_that_cannot_be_played_or_understood_is_refused(chosen, refused):
    kinds = files()
    chosen = {name: kinds.get(kind, kind) for name, kind in chosen.items()}
    assert {*_errors({"file": None, "url": "", "captions": None, **chosen})} == (
        {refused} if refused else set()
    )


def test_a_link_leads_to_the_page_in_the_visitors_language(client, eu_home, english, german):
    action = ("call_to_action", {"label": "About", "page": english.pk, "url": ""})
    assert f'<a class="button" href="{english.url}">About</a>' in served(client, eu_home, action)
    german_home = eu_home.get_translation(german.locale)
    assert f'href="{german.url}">About</a>' in served(client, german_home, action)


def test_nothing_leads_to_a_page_that_visitors_cannot_see(client, eu_home, english):
    english.unpublish()
    card = {"title": "About us", "text": "", "page": english.pk, "url": ""}
    html = served(
        client,
        eu_home,
        ("call_to_action", {"label": "Press", "page": english.pk, "url": ""}),
        ("cards", {"cards": [card]}),
    )
    assert "Press" not in html
    assert '<p class="cards-title">About us</p>' in html


@pytest.mark.parametrize(
    ("page", "url", "why"), [(True, "https://a.example/", "not both"), (False, "", "it leads nowhere yet")]
)
def test_a_call_to_action_leads_to_one_place(english, page, url, why):
    block = CallToActionBlock()
    value = block.to_python({"label": "Go", "page": english.pk if page else None, "url": url})
    with pytest.raises(StructBlockValidationError) as raised:
        block.clean(value)
    assert why in str(raised.value.block_errors["page"])


def test_blocks_that_are_headed_are_in_the_contents(client, eu_home):
    page = eu_home.get_children().type(EvidencePage).get().specific
    page.body = [("steps", {"heading": "How it goes", "steps": [{"title": "Ask", "text": ""}]})]
    page.save()
    assert '<a href="#how-it-goes">How it goes</a>' in client.get(page.url).text


def test_key_facts_are_a_list_of_terms(client, eu_home):
    facts = [{"name": "Whom it is for", "text": "<p>Everybody</p>"}, {"name": "When", "text": "<p>Now</p>"}]
    main = LexborHTMLParser(served(client, eu_home, ("facts", {"heading": "At a glance", "facts": facts})))
    assert [term.text() for term in main.css(".facts dt")] == ["Whom it is for", "When"]
    assert [fact.text(strip=True) for fact in main.css(".facts dd")] == ["Everybody", "Now"]
    assert main.css_first(".facts").attributes["aria-labelledby"] == "at-a-glance"


def test_each_drawing_is_a_file_of_ours_with_its_text(client, eu_home):
    for name, _label in DRAWINGS:
        html = served_once(
            client, eu_home, ("drawing", {"drawing": name, "alt_text": "A vessel", "caption": ""})
        )
        picture = LexborHTMLParser(html).css_first(".figure img")
        assert picture.attributes["alt"] == "A vessel"
        assert picture.attributes["src"].endswith(f"/img/drawings/{name}.svg")
        assert finders.find(f"img/drawings/{name}.svg")


def served_once(client, home, *blocks) -> str:
    """Return such a page, and take it away again."""
    html = served(client, home, *blocks)
    StandardPage.objects.get(slug="p").delete()
    return html


def test_a_need_leads_to_pages_by_their_titles_or_in_other_words(client, eu_home, english, german):
    ways = [
        {"title": "", "page": english.pk, "url": ""},
        {"title": "Who we are", "page": english.pk, "url": ""},
    ]
    needs = ("needs", {"heading": "Begin", "needs": [{"title": "I was diagnosed", "text": "", "ways": ways}]})
    html = served_once(client, eu_home, needs)
    assert f'<a href="{english.url}">About us</a>' in html
    assert f'<a href="{english.url}">Who we are</a>' in html
    german_home = eu_home.get_translation(german.locale)
    assert f'<a href="{german.url}">Über uns</a>' in served(client, german_home, needs)


def test_a_need_does_not_lead_to_what_visitors_cannot_see(client, eu_home, english):
    english.unpublish()
    ways = [{"title": "Who we are", "page": english.pk, "url": ""}]
    needs = ("needs", {"heading": "Begin", "needs": [{"title": "I was diagnosed", "text": "", "ways": ways}]})
    assert "Who we are" not in served(client, eu_home, needs)


def test_questions_for_the_doctor_are_a_list_that_scripts_offer_to_print(client, eu_home):
    asked = {"heading": "To take along", "text": "", "questions": ["What happens next?", "Whom do I call?"]}
    main = LexborHTMLParser(served(client, eu_home, ("doctor_questions", asked)))
    assert [item.text() for item in main.css(".doctor-questions li")] == asked["questions"]
    assert "hidden" in main.css_first(".doctor-questions-print").attributes
