"""A translation beside its source, and what of it still reads as the source does."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from home.models import StandardPage
from tests.conftest import findings, signed_in
from therapies.catching_up.untranslated import beside, untranslated

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(eu_home, english) -> StandardPage:
    """A page that has just been copied to be translated into German."""
    page = StandardPage(title="Where to find us in Europe", intro="<p>We are in Bonn.</p>", live=False)
    eu_home.add_child(instance=page)
    page.save_revision()
    return page.copy_for_translation(Locale.objects.get(language_code="de"))


def source_of(page: Page) -> StandardPage:
    return page.get_translation(Locale.objects.get(language_code="en")).specific


def test_all_of_a_copy_reads_as_its_source_until_it_is_translated(copied):
    assert untranslated(copied, source_of(copied)) == ["Title", "Introduction"]
    copied.title, copied.intro = "Wo Sie uns finden", "<p>Wir sind in Bonn.</p>"
    assert untranslated(copied, source_of(copied)) == []


@pytest.mark.parametrize("title", ["SIR-Spheres", "SIR-Spheres Y-90", "Kontakt", "2026"])
def test_names_and_single_words_are_not_told_of(copied, title):
    source = source_of(copied)
    source.title = copied.title = title
    assert "Title" not in untranslated(copied, source)


def test_nothing_of_the_demo_is_still_in_english(german, english):
    assert untranslated(german, english) == []


def test_what_one_of_them_lacks_stands_alone(copied):
    source = source_of(copied)
    copied.intro, source.search_description = "", "Where we are."
    pairs = {pair.name: pair for pair in beside(copied, source)}
    assert pairs["Introduction"].ours is None
    assert pairs["Introduction"].source is not None


def test_the_editor_is_told_and_led_to_both_side_by_side(eu_editor, copied):
    source = source_of(copied)
    shown = findings(eu_editor, copied)
    assert "2 passages are still English" in shown
    address = reverse("therapies_beside", args=[copied.pk, source.pk])
    assert address in shown
    beside_it = eu_editor.get(address).text
    assert "Still English" in beside_it
    assert beside_it.count("We are in Bonn.") == 2


@pytest.mark.parametrize("who", ["us-editor", "us-legal"])
def test_nobody_else_reads_the_drafts(copied, who):
    address = reverse("therapies_beside", args=[copied.pk, source_of(copied).pk])
    assert signed_in(who).get(address).status_code == 404


def test_translating_leads_to_the_draft_at_once(eu_editor, eu_home):
    page = StandardPage(title="A new page", live=False)
    eu_home.add_child(instance=page)
    page.save_revision(user=get_user_model().objects.get(username="eu-editor"))
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])
    german = Locale.objects.get(language_code="de")
    answer = eu_editor.post(address, {"locales": [german.pk]})
    draft = page.get_translation(german)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert not draft.live


def test_translating_to_several_languages_leads_to_each_draft(eu_editor, eu_home):
    page = eu_home.add_child(instance=StandardPage(title="A new page", live=False))
    page.save_revision(user=get_user_model().objects.get(username="eu-editor"))
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])
    languages = Locale.objects.filter(language_code__in=["de", "fr"])
    answer = eu_editor.post(address, {"locales": [one.pk for one in languages]}, follow=True)
    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[page.pk]), 302)]
    told = LexborHTMLParser(answer.text).css_first(".messages")
    drafts = [page.get_translation(one) for one in languages]
    assert {link.attributes["href"]: link.text() for link in told.css("a")} == {
        reverse("wagtailadmin_pages:edit", args=[draft.pk]): language
        for draft, language in zip(drafts, ["German", "French"], strict=True)
    }


def test_a_block_that_was_written_anew_stands_beside_the_first_of_its_kind(copied):
    source = source_of(copied)
    source.body = [("section", {"heading": "Where we are", "text": RichText("<p>In Bonn.</p>")})]
    copied.body = [("section", {"heading": "Wo wir sind", "text": RichText("<p>In Bonn.</p>")})]
    (pair,) = [one for one in beside(copied, source) if one.name == "Body: Section"]
    assert (pair.source.text.splitlines()[0], pair.ours.text.splitlines()[0]) == (
        "Where we are",
        "Wo wir sind",
    )


def test_a_page_in_every_language_leads_to_its_translations(eu_editor, english, german):
    shown = eu_editor.get(reverse("simple_translation:submit_page_translation", args=[english.pk])).text
    assert "There is a translation to every language:" in shown
    assert reverse("wagtailadmin_pages:edit", args=[german.pk]) in shown
