"""Using another region's page: who may, what the draft keeps, and what its editor is told."""

import json

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from home.models import Region, StandardPage
from tests.conftest import TOPIC, signed_in
from therapies.guard.label_check import UnlabelledError
from therapies.models import Adaptation, TherapyIndexPage, TherapyPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(us_home) -> StandardPage:
    """A live American page."""
    page = us_home.add_child(instance=StandardPage(title="Our promise", slug="promise", live=False))
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


@pytest.fixture
def therapy(us_home) -> TherapyPage:
    """The American therapy page."""
    return TherapyPage.objects.descendant_of(us_home).get(slug=TOPIC)


@pytest.fixture
def eu_index(eu, eu_home) -> TherapyIndexPage:
    """The European therapies, with none about the American page's topic."""
    remove_therapies(eu)
    return TherapyIndexPage.objects.child_of(eu_home).get()


def remove_therapies(region: Region) -> None:
    """Leave `region` without a page about any topic, in all its languages."""
    for home in region.home_pages.all():
        for page in TherapyPage.objects.descendant_of(home):
            page.delete()


def ask(client: Client, source: Page, home: Page, parent: Page | None = None, **more: str):
    posted = {
        "home": home.pk,
        "parent": (parent or home).pk,
        "title": source.title,
        "slug": source.slug,
        **more,
    }
    return client.post(reverse("therapies_adapt", args=[source.pk]), posted)


def made_from(source: Page) -> Page | None:
    return Page.objects.filter(adaptation__source=source.pk).specific().first()


def said(answer) -> str:
    return answer.text + " ".join(map(str, get_messages(answer.wsgi_request)))


@pytest.mark.parametrize(
    ("person", "is_allowed"),
    [
        ("eu-editor", True),
        ("admin", True),
        ("us-editor", False),
        ("ca-editor", False),
        ("eu-legal", False),
        ("us-legal", False),
        ("", False),
    ],
)
def test_an_american_page_becomes_a_european_draft_for(person, is_allowed, source, eu_home):
    ask(signed_in(person) if person else Client(), source, eu_home)
    assert bool(made_from(source)) is is_allowed


def test_nobody_puts_a_page_into_anothers_region(eu_editor, eu_home, us_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    assert ask(eu_editor, about, us_home, slug="other").status_code in (302, 403)
    assert ask(eu_editor, about, eu_home, slug="other").status_code in (302, 403)
    assert not Adaptation.objects.exists()


def test_nobody_puts_a_page_below_anothers_page_by_naming_their_own_home(eu_editor, source, eu_home, us_home):
    assert "Select a valid choice" in ask(eu_editor, source, eu_home, parent=us_home, slug="x").text
    assert not Adaptation.objects.exists()


def test_a_page_that_visitors_cannot_read_is_nobodys_start(eu_editor, administrator, source, eu_home):
    source.unpublish()
    for client in (eu_editor, administrator):
        assert ask(client, source, eu_home).status_code == 404
        assert client.get(reverse("therapies_adapt", args=[source.pk])).status_code == 404


def test_a_private_page_is_nobodys_start(eu_editor, source, eu_home):
    PageViewRestriction.objects.create(page=source, restriction_type=PageViewRestriction.LOGIN)
    assert ask(eu_editor, source, eu_home).status_code == 404


def test_a_home_page_is_nobodys_start(administrator, us_home, eu_home):
    assert ask(administrator, us_home, eu_home).status_code == 404


def test_the_draft_is_a_draft_of_its_own(eu_editor, source, eu_home):
    source.go_live_at = source.expire_at = "2030-01-01T00:00:00Z"
    source.locked = True
    source.save()
    answer = ask(eu_editor, source, eu_home, title="Our word", slug="word")
    made = made_from(source)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert (made.live, made.first_published_at, made.live_revision) == (False, None, None)
    assert (made.go_live_at, made.expire_at, made.locked, made.alias_of) == (None, None, False, None)
    assert (made.title, made.draft_title, made.slug) == ("Our word", "Our word", "word")
    assert made.translation_key != source.translation_key
    assert (made.owner.username, made.locale.language_code) == ("eu-editor", "en")
    assert made.get_parent().pk == eu_home.pk
    assert made.revisions.count() == 1
    assert made.current_workflow_state is None
    entry = PageLogEntry.objects.get(page=made.pk, action="therapies.adapt")
    assert entry.message == "Taken over from United States: “Our promise”"


def test_nothing_of_the_originals_own_draft_comes_along(eu_editor, source, eu_home):
    source.title, source.intro = "A secret plan", "<p>Secret</p>"
    source.save_revision()
    page = eu_editor.get(reverse("therapies_adapt", args=[source.pk])).text
    ask(eu_editor, Page.objects.get(pk=source.pk), eu_home)
    made = made_from(source)
    assert "ecret" not in page + json.dumps(made.serializable_data(), default=str)
    assert "ecret" not in json.dumps(made.latest_revision.content)
    assert "ecret" not in json.dumps(Adaptation.objects.get().taken)


def test_the_draft_takes_its_places_language(eu_editor, source, eu):
    german = eu.home_pages.get(locale__language_code="de")
    ask(eu_editor, source, german)
    assert made_from(source).locale.language_code == "de"


def test_the_draft_keeps_references_topic_and_audience(eu_editor, therapy, eu_home, eu_index):
    ask(eu_editor, therapy, eu_home, parent=eu_index)
    made = made_from(therapy)
    assert [one.pk for one in made.references()] == [one.pk for one in therapy.references()] != []
    assert (made.topic, made.audience) == (therapy.topic, therapy.audience)
    assert [block.block_type for block in made.body] == [block.block_type for block in therapy.body]
    assert headings(made) == headings(therapy) != []
    assert 'linktype=\\"reference\\"' in made.latest_revision.content["body"]


def headings(page) -> list[str]:
    return [
        block.value["heading"] for block in page.body if "heading" in getattr(block.value, "bound_blocks", ())
    ]


def test_links_lead_to_the_regions_own_pages(eu_editor, therapy, us_home, eu_home, eu_index):
    ask(eu_editor, therapy, eu_home, parent=eu_index)
    made = made_from(therapy)
    for stored in (
        json.dumps(made.serializable_data(), default=str),
        json.dumps(made.latest_revision.content),
    ):
        for slug in ("sir-spheres", "clinical-evidence"):
            ours, theirs = (Page.objects.child_of(home).get(slug=slug) for home in (eu_home, us_home))
            assert f'id=\\\\\\"{ours.pk}\\\\\\"' in stored
            assert f'id=\\\\\\"{theirs.pk}\\\\\\"' not in stored


def test_a_link_to_a_topic_finds_it_at_any_address(eu_editor, source, therapy, eu_home):
    theirs = TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)
    theirs.slug = "elsewhere"
    theirs.save()
    source.intro = f'<p><a id="{therapy.pk}" linktype="page">this</a></p>'
    source.save()
    ask(eu_editor, source, eu_home)
    assert made_from(source).intro == f'<p><a id="{theirs.pk}" linktype="page">this</a></p>'


def test_what_has_no_equivalent_is_left_and_named(eu_editor, source, us_home, eu_home):
    only_there = us_home.add_child(instance=StandardPage(title="Only in America", slug="only"))
    source.intro = f'<p><a linktype="page" id="{only_there.pk}">this</a></p>'
    source.save()
    answer = ask(eu_editor, source, eu_home)
    assert made_from(source).intro == source.intro
    assert "These links still lead to United States, because Europe has no such page:" in said(answer)
    assert "<li>Only in America, us/only/</li>" in said(answer)


def test_another_regions_documents_are_left_and_named(eu_editor, source, us, eu_home):
    document = get_document_model()(title="American leaflet", collection=us.collection)
    document.file.save("leaflet.pdf", ContentFile(b"%PDF-1.4"))
    document.save()
    source.intro = f'<p><a linktype="document" id="{document.pk}">leaflet</a></p>'
    source.save()
    answer = ask(eu_editor, source, eu_home)
    assert "<li>American leaflet</li>" in said(answer)
    assert made_from(source).intro == source.intro


def test_the_editor_learns_at_once_which_names_need_a_label(ca_editor, therapy, ca, ca_home):
    remove_therapies(ca)
    index = TherapyIndexPage.objects.child_of(ca_home).get()
    answer = ask(ca_editor, therapy, ca_home, parent=index)
    assert "Before it can go live in Canada, these names need a label or must go:" in said(answer)
    assert "the label of Canada for it says “not approved”." in said(answer)
    assert not made_from(therapy).live


def test_the_guard_refuses_to_publish_what_was_taken_over(ca_editor, therapy, ca, ca_home):
    remove_therapies(ca)
    ask(ca_editor, therapy, ca_home, parent=TherapyIndexPage.objects.child_of(ca_home).get())
    with pytest.raises(UnlabelledError):
        made_from(therapy).latest_revision.publish()


def test_a_second_page_about_a_topic_is_refused_with_the_way_to_the_first(eu_editor, therapy, eu_home):
    index = TherapyIndexPage.objects.child_of(eu_home).get()
    there = TherapyPage.objects.child_of(index).get(slug=TOPIC)
    answer = ask(eu_editor, therapy, eu_home, parent=index, slug="second")
    assert "already has a page about this topic" in answer.text
    assert reverse("wagtailadmin_pages:edit", args=[there.pk]) in answer.text
    assert not Adaptation.objects.exists()


def test_a_page_that_the_region_has_in_another_language_is_translated(eu_editor, therapy, eu, eu_home):
    index = TherapyIndexPage.objects.child_of(eu_home).get()
    TherapyPage.objects.child_of(index).get(slug=TOPIC).delete()
    answer = ask(eu_editor, therapy, eu_home, parent=index)
    there = TherapyPage.objects.descendant_of(eu.home_pages.get(locale__language_code="de")).get(slug=TOPIC)
    assert "Europe – German already has this page. Use “Translate” there" in answer.text
    assert reverse("wagtailadmin_pages:edit", args=[there.pk]) in answer.text
    assert not Adaptation.objects.exists()


def test_what_was_taken_over_once_is_translated_into_further_languages(eu_editor, source, eu, eu_home):
    ask(eu_editor, source, eu_home, slug="first")
    german = eu.home_pages.get(locale__language_code="de")
    answer = ask(eu_editor, source, german, slug="second")
    assert "Europe – English already has this page. Use “Translate” there" in answer.text
    assert reverse("wagtailadmin_pages:edit", args=[made_from(source).pk]) in answer.text
    assert Adaptation.objects.count() == 1


def test_an_address_that_is_taken_is_refused_with_the_way_to_it(eu_editor, source, eu_home):
    answer = ask(eu_editor, source, eu_home, slug="about")
    there = Page.objects.child_of(eu_home).get(slug="about")
    assert (
        f'This address is taken by <a href="{reverse("wagtailadmin_pages:edit", args=[there.pk])}">'
        in answer.text
    )


def test_the_form_proposes_the_likely_place(eu_editor, therapy, eu, eu_index):
    page = eu_editor.get(reverse("therapies_adapt", args=[therapy.pk])).text
    assert f'<option value="{eu_index.pk}" selected>' in page
    assert "Europe – German" in page
    assert "United States – English" not in page
    german = eu.home_pages.get(locale__language_code="de")
    page = eu_editor.get(reverse("therapies_adapt", args=[therapy.pk]), {"home": german.pk}).text
    assert f'<option value="{german.pk}" selected>' in page


def test_a_place_that_is_not_offered_is_refused(eu_editor, source, us_home):
    answer = eu_editor.get(reverse("therapies_adapt", args=[source.pk]), {"home": us_home.pk})
    assert answer.status_code == 302  # to the admin, with a message


def test_the_way_there_is_on_the_page_itself(eu_editor, source):
    assert reverse("therapies_adapt", args=[source.pk]) in eu_editor.get(source.url).text
    assert "adapt/" not in signed_in("eu-legal").get(source.url).text


def test_the_way_there_is_above_the_pages_editor(administrator, source, us_home):
    address = reverse("therapies_adapt", args=[source.pk])
    editor = reverse("wagtailadmin_pages:edit", args=[source.pk])
    assert address in administrator.get(editor).text
    assert address not in signed_in("us-editor").get(editor).text
    assert "/adapt/" not in administrator.get(reverse("wagtailadmin_pages:edit", args=[us_home.pk])).text
    source.unpublish()
    assert address not in administrator.get(editor).text


def test_the_list_of_pages_to_start_from_leaves_out_ones_own(eu_editor, source):
    page = eu_editor.get(reverse("therapies_usable_pages")).text
    assert reverse("therapies_adapt", args=[source.pk]) in page
    assert "Our promise" not in signed_in("us-editor").get(reverse("therapies_usable_pages")).text
    assert "Our promise" not in signed_in("eu-legal").get(reverse("therapies_usable_pages")).text


def test_making_a_draft_takes_no_more_queries_for_more_links(eu_editor, source, us_home, eu_home):
    def queries(pages: list[Page], slug: str) -> int:
        source.intro = "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages)
        source.save()
        with CaptureQueriesContext(connection) as captured:
            assert ask(eu_editor, source, eu_home, slug=slug).status_code == 302
        return len(captured)

    pages = list(Page.objects.descendant_of(us_home))
    queries(pages, "warm")
    # Wagtail's index of references writes in two statements where there is something to write.
    assert queries(pages, "many") <= queries(pages[:1], "few") + 2
