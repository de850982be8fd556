"""What a home page puts around all pages of its region and language."""

import pytest
from selectolax.lexbor import LexborHTMLParser
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from home.models import RegionHomePage, StandardPage
from therapies.comparing.text_fields import passages_of
from therapies.guard.visible_text import visible_text_of
from therapies.page_record import surroundings

pytestmark = pytest.mark.django_db

MENU, FOOTER = ".menu-pages a", ".site-footer-links a"


def frame(home: RegionHomePage, **fields) -> None:
    """Publish `home` with these fields."""
    home = RegionHomePage.objects.get(pk=home.pk)
    for name, value in fields.items():
        setattr(home, name, value)
    home.save()


def tree_of(client, page: Page) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(page.url).text)


def shown(client, page: Page, where: str) -> list[str]:
    return [" ".join(link.text().split()) for link in tree_of(client, page).css(where)]


def menu_of(*pages: Page) -> list[tuple[str, Page]]:
    return [("page", page) for page in pages]


@pytest.fixture
def image():
    return get_image_model().objects.create(title="A mark", file=get_test_image_file())


@pytest.fixture
def contact(eu_home) -> StandardPage:
    return StandardPage.objects.child_of(eu_home).get(slug="contact")


def test_the_menu_has_its_pages_in_its_order(client, eu_home, english, contact):
    assert "Therapies" in shown(client, english, MENU)
    frame(eu_home, menu=menu_of(contact, english))
    assert shown(client, english, MENU) == ["Contact", "About us"]


def test_another_language_has_the_same_pages_in_its_own(client, german, english, eu_home):
    frame(eu_home.get_translation(german.locale), menu=menu_of(english))
    assert shown(client, german, MENU) == [german.title]


def test_what_visitors_cannot_see_and_what_is_another_regions_is_in_no_menu(
    client, eu_home, us_home, english, contact
):
    english.unpublish()
    theirs = StandardPage.objects.child_of(us_home).get(slug="about")
    frame(eu_home, menu=menu_of(english, theirs, contact))
    assert shown(client, contact, MENU) == ["Contact"]


def test_the_footer_has_its_links_and_its_text(client, eu_home, english):
    frame(eu_home, footer_menu=menu_of(english), footer_text="<p>Ask your <b>doctor</b>.</p>")
    assert shown(client, english, FOOTER) == ["About us", "A to Z", "Change region"]
    assert "Ask your <b>doctor</b>." in client.get(english.url).text


def test_contact_is_the_home_pages_where_it_has_some_else_the_regions(client, eu, eu_home, english):
    assert eu.email in tree_of(client, english).css_first("footer").html
    frame(eu_home, email="new@example.org")
    footer = tree_of(client, english).css_first("footer").html
    assert "new@example.org" in footer
    assert eu.email not in footer


def test_pictures_stand_in_place_of_the_name_and_the_drawing(client, eu_home, english, image):
    frame(eu_home, brand_mark=image, drawing=image, social_image=image)
    mark = tree_of(client, english).css_first(".wordmark img")
    assert mark.attributes["alt"] == "Sirtex"
    tree = tree_of(client, eu_home)
    assert tree.css_first("div.drawing img").attributes["alt"] == ""
    shared = tree.css_first("meta[property='og:image']").attributes["content"]
    assert shared.startswith("http")


def test_a_picture_whose_file_is_gone_leaves_the_name(client, eu_home, english, image):
    image.file.storage.delete(image.file.name)
    frame(eu_home, brand_mark=image, social_image=image)
    tree = tree_of(client, english)
    assert tree.css_first(".wordmark").text() == "Sirtex"
    assert tree.css_first("meta[property='og:image']") is None


def test_the_guard_and_comparisons_read_the_frame(eu_home, english):
    (before,) = passages_of(eu_home)
    eu_home.footer_text, eu_home.organisation = "<p>Zyxomab here.</p>", "Zyxomab Ltd"
    eu_home.menu = menu_of(english)
    fields = {text.attribute for text in visible_text_of(eu_home) if "Zyxomab" in text.words}
    assert fields == {"footer_text", "organisation"}
    (after,) = passages_of(eu_home)
    assert len({one.key for one in after} - {one.key for one in before}) == 3


def test_other_pages_go_on_record_anew_when_the_frame_changes(
    eu_home, monkeypatch, django_capture_on_commit_callbacks
):
    settled = []
    monkeypatch.setattr(surroundings, "settle_region", settled.append)
    with django_capture_on_commit_callbacks(execute=True):
        eu_home.footer_text = "<p>Anew.</p>"
        eu_home.save_revision().publish()
    assert settled == [eu_home.region_id]
