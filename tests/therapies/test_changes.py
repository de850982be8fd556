"""What changed between two versions of a page, passage by passage, as people read it."""

import json
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Comment, Page

from home.models import RegionHomePage
from region_gate.word_diff import Mark, Phrase
from tests.conftest import TOPIC
from therapies.comparing.changes import What, changes
from therapies.comparing.text_fields import Passage, passages_of
from therapies.models import Label, Reference, TherapyPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def therapy(us_home) -> TherapyPage:
    """The American therapy page with its sections alone."""
    page = TherapyPage.objects.descendant_of(us_home).get(slug=TOPIC)
    sections = [block for block in page.body.get_prep_value() if block["type"] == "section"]
    QuerySet(TherapyPage).filter(pk=page.pk).update(body=json.dumps(sections))
    return again(page)


def again(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)


def with_body(page: Page, change) -> Page:
    """Return `page` with what `change` makes of its blocks."""
    other = again(page)
    blocks = other.body.get_prep_value()
    other.body = json.dumps(change(blocks) or blocks)
    return other


def found(old: Page, new: Page) -> list[tuple[str, str]]:
    return [(change.name, change.what) for change in changes(*passages_of(old, new))]


def test_a_page_is_the_same_as_itself(therapy):
    assert found(therapy, again(therapy)) == []


def test_a_page_reads_as_its_fields_and_blocks_in_order(therapy):
    (passages,) = passages_of(therapy)
    assert [passage.name for passage in passages] == [
        "Title",
        "Slug",
        "Meta description",
        "Show in menus",
        "Introduction",
        *["Body: Section"] * 4,
        "Intended audience",
        "Topic",
    ]
    assert "Patients and the public" in [passage.text for passage in passages]
    assert "‹van Hazel GA et al. J Clin Oncol 2016; 34: 1723–31.›" in passages[-3].text


def test_paragraphs_and_items_stand_on_lines_of_their_own(therapy):
    therapy.intro = "<p>One<br/>two</p><ul><li>three</li><li>four &lt;b&gt;</li></ul>"
    texts = {passage.key: passage.text for passage in passages_of(therapy)[0]}
    assert texts["intro"].split() == ["One", "two", "three", "four", "<b>"]
    assert texts["intro"].count("\n") == 3


def test_a_link_that_leads_elsewhere_is_a_change(therapy, us_home, eu_home):
    old, new = again(therapy), again(therapy)
    old.intro = f'<p>See <a linktype="page" id="{us_home.pk}">this</a>.</p>'
    new.intro = f'<p>See <a linktype="page" id="{eu_home.pk}">this</a>.</p>'
    (change,) = changes(*passages_of(old, new))
    assert "".join(p.text for p in change.phrases if p.mark != Mark.ADDED) == "See this ‹United States, us/›."
    assert "".join(p.text for p in change.phrases if p.mark != Mark.REMOVED) == "See this ‹Europe, eu/›."


def test_an_address_that_changes_is_a_change(therapy):
    old, new = again(therapy), again(therapy)
    old.intro, new.intro = (f'<p><a href="https://{host}.example/">x</a></p>' for host in ("a", "b"))
    assert found(old, new) == [("Introduction", What.CHANGED)]


def test_blocks_are_known_again_wherever_they_stand(therapy):
    assert found(therapy, with_body(therapy, lambda blocks: blocks[:-1])) == [("Body: Section", What.REMOVED)]
    assert found(with_body(therapy, lambda blocks: blocks[1:]), therapy) == [("Body: Section", What.ADDED)]
    moved = with_body(therapy, lambda blocks: [blocks[-1], *blocks[:-1]])
    assert found(therapy, moved) == [("Body: Section", What.MOVED)]


def citing(page: Page, key: int) -> Page:
    """Return `page` with an introduction that cites the reference of this key."""
    other = again(page)
    other.intro = f'<p>It works.<a linktype="reference" id="{key}">※</a></p>'
    return other


def test_another_reference_is_a_change(therapy):
    keys = [Reference.objects.create(text=text).pk for text in ("A. 2019.", "Another A. 2020.")]
    (change,) = changes(*passages_of(*(citing(therapy, key) for key in keys)))
    assert (change.name, change.what) == ("Introduction", What.CHANGED)
    assert Phrase(Mark.ADDED, "Another ") in change.phrases


def test_what_is_gone_since_leaves_a_dash(therapy):
    texts = {passage.key: passage.text for passage in passages_of(citing(therapy, 999_999))[0]}
    assert texts["intro"] == "It works.※ ‹—›"


def test_no_title_of_an_unpublished_page_is_told(therapy, us_home):
    therapy.intro = f'<p><a linktype="page" id="{us_home.pk}">this</a></p>'
    QuerySet(RegionHomePage).filter(pk=us_home.pk).update(live=False)
    texts = [passage.text for passage in passages_of(therapy)[0]]
    assert "this ‹unpublished page›" in texts


def test_the_queries_do_not_grow_with_the_links(therapy, us_home, django_assert_max_num_queries):
    keys = Page.objects.values_list("pk", flat=True)
    therapy.intro = "".join(f'<p><a linktype="page" id="{key}">this</a></p>' for key in keys)
    with django_assert_max_num_queries(6):
        passages_of(therapy, again(therapy))


def test_what_colleagues_remark_is_no_part_of_the_page(therapy):
    person = get_user_model().objects.first()
    therapy.wagtail_admin_comments.add(Comment(user=person, text="Between us", contentpath="title"))
    assert "Between us" not in str(passages_of(therapy))
    assert len(passages_of(therapy)[0]) == len(passages_of(again(therapy))[0])


def test_of_one_key_only_the_words_count():
    old, new = [Passage("title", "Titel", "A b")], [Passage("title", "Title", "A b")]
    assert changes(old, new) == []


def test_a_day_is_never_to_be_taken_for_another():
    (passages,) = passages_of(Label(effective_from=date(2026, 3, 2)))
    assert ("Effective from", "2 March 2026") in [(passage.name, passage.text) for passage in passages]
