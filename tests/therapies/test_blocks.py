"""Every block passes through all that reads pages: the guard, comparisons, citations, uses, adapting."""

import json

import pytest
from wagtail.blocks import ListBlock, RichTextBlock
from wagtail.models import Page

from home.models import StandardPage
from tests.home.blocks_in_preview import BLOCKS, PLACES, stored, with_words
from therapies.adapting.relinking import relinked
from therapies.blocks import CITING, CitingBodyBlock
from therapies.comparing.changes import changes
from therapies.comparing.text_fields import passages_of
from therapies.guard.visible_text import visible_text_of
from therapies.models import EvidencePage, Reference
from therapies.usage.targets import targets_of
from therapies.usage.uses import uses_of

pytestmark = pytest.mark.django_db

MARK = "Zyxomab"
# A preview has no file, so what is to be seen of these is tried with one.
SHOWN = [place for place in PLACES if place[0] not in ("figure", "video", "downloads")]


@pytest.fixture
def evidence(eu_home) -> EvidencePage:
    """A live European page that may hold every block."""
    return EvidencePage.objects.child_of(eu_home).get()


def say(page: Page, name: str, value) -> Page:
    """Have `page` be made of one block, whose key stays the same."""
    page.body = json.dumps([{"type": name, "value": value, "id": "5b1a4c3e-0000-4000-8000-000000000001"}])
    return page


def said(name: str, place: tuple) -> str:
    return f"{name} {' '.join(map(str, place))}"


@pytest.mark.parametrize(("name", "place"), PLACES, ids=[said(*one) for one in PLACES])
def test_the_guard_reads_every_word_of(evidence, name, place):
    say(evidence, name, with_words(stored(name), place, MARK))
    assert any(MARK in shown.words for shown in visible_text_of(evidence))


@pytest.mark.parametrize(("name", "place"), PLACES, ids=[said(*one) for one in PLACES])
def test_a_comparison_tells_every_change_in(evidence, name, place):
    (before,) = passages_of(say(evidence, name, stored(name)))
    (after,) = passages_of(say(evidence, name, with_words(stored(name), place, MARK)))
    (change,) = changes(before, after)
    assert any(MARK in phrase.text for phrase in change.phrases)


@pytest.mark.parametrize(("name", "place"), SHOWN, ids=[said(*one) for one in SHOWN])
def test_visitors_read_every_word_of(evidence, client, name, place):
    value = with_words(stored(name), place, MARK)
    value = {**value, "url": "https://example.com/"} if name == "call_to_action" else value
    say(evidence, name, value).save()
    assert MARK in client.get(evidence.url).text


def rich_texts(block) -> list[RichTextBlock]:
    if isinstance(block, RichTextBlock):
        return [block]
    if isinstance(block, ListBlock):
        return rich_texts(block.child_block)
    inner = getattr(block, "child_blocks", {}).values()
    return [text for child in inner for text in rich_texts(child)]


TEXTS = [name for name in CitingBodyBlock().child_blocks if rich_texts(BLOCKS[name])]


@pytest.mark.parametrize("name", CitingBodyBlock().child_blocks)
def test_every_rich_text_of_a_treatment_page_cites(name):
    assert all(CITING in text.features for text in rich_texts(CitingBodyBlock().child_blocks[name]))


def test_no_block_of_a_plain_page_cites():
    body = StandardPage._meta.get_field("body").stream_block
    assert not [text for text in rich_texts(body) if CITING in text.features]


@pytest.mark.parametrize("name", TEXTS)
def test_what_any_block_cites_is_numbered_and_listed(evidence, client, name):
    reference = Reference.objects.create(text="Ash A et al. Liver 2020; 1: 2–3.")
    cited = f'<a linktype="reference" id="{reference.pk}">Ash 2020</a></p>'
    text = json.dumps(stored(name)).replace("</p>", json.dumps(cited)[1:-1])
    value = json.loads(text)
    say(evidence, name, {**value, "url": "https://example.com/v"} if name == "video" else value).save()
    html = client.get(evidence.url).text
    assert 'href="#reference-1"' in html
    assert "Ash A et al." in html


def test_a_reference_list_shows_each_kind_and_keeps_its_references(evidence, client):
    article = Reference.objects.create(text="Ash A. Liver 2020; 1: 2.")
    guideline = Reference.objects.create(
        text="Guideline on livers.", kind="guideline", url="https://example.org/"
    )
    listed = {"heading": "To read on", "references": [guideline.pk, article.pk]}
    say(evidence, "reference_list", listed).save()
    html = client.get(evidence.url).text
    assert html.index("<h3>Article</h3>") < html.index("Ash A. Liver") < html.index("<h3>Guideline</h3>")
    assert {article.pk, guideline.pk} <= {target.key for target in targets_of(evidence)}
    assert [*uses_of(article)] == [evidence]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("call_to_action", {"label": "Write", "page": 1, "url": ""}),
        ("cards", {"cards": [{"type": "item", "id": "a", "value": {"title": "T", "page": 1, "url": ""}}]}),
    ],
)
def test_a_page_that_a_block_leads_to_is_adapted(eu_home, us_home, name, value):
    here, there = (StandardPage.objects.child_of(home).get(slug="about") for home in (us_home, eu_home))
    page = say(
        StandardPage(title="T"),
        name,
        json.loads(json.dumps(value).replace('"page": 1', f'"page": {here.pk}')),
    )
    body = relinked(page, {here.pk: there})["body"]
    assert f'"page": {there.pk}' in json.dumps(body.get_prep_value())
