"""Languages come from the environment: a region in Japanese or Arabic needs no code."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale, Page

from config.checks import check_languages
from config.languages import read_languages
from home.models import Region, RegionHomePage, RegionSelectorPage
from home.provisioning import languages_of
from home.region_inventory import region_inventory
from tests.conftest import approval, signed_in

pytestmark = pytest.mark.django_db

JAPAN = {"code": "jp", "name": "Japan", "countries": ["JP"], "order": "7"}
JAPANESE = {"languages": ["ja"], "languages-ja": "日本"}
ARABIC = {
    "code": "sa",
    "name": "Saudi",
    "countries": ["SA"],
    "order": "8",
    "languages": ["ar", "en"],
    "languages-ar": "السعودية",
}


@pytest.fixture(autouse=True)
def _five_languages(settings):
    """Have the site speak as `SITE_LANGUAGES=en,de,fr,ja,ar` would."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = read_languages(["en", "de", "fr", "ja", "ar"])


def publish(page: Page, code: str) -> None:
    """Have the administrator send `page`, and legal of the region called `code` approve it."""
    page.get_workflow().start(page, user=get_user_model().objects.get(username="admin"))
    legal, _ = get_user_model().objects.get_or_create(username=f"{code}-legal")
    legal.groups.add(Group.objects.get(name=f"{code} legal"))
    task = page.current_workflow_task_state
    signed_in(legal.username).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]),
        approval(f"{code}-{page.pk}"),
    )
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(
    ("sent", "language", "direction"), [(JAPAN | JAPANESE, "ja", "ltr"), (ARABIC, "ar", "rtl")]
)
def test_a_region_is_added_by_form_and_read_by_visitors(
    administrator, client, settings, sent, language, direction
):
    settings.REVIEW_SHARED_TEAMS = 1
    administrator.post("/admin/regions/new/", sent)
    home = RegionHomePage.objects.get(slug=sent["code"], locale__language_code=language)
    publish(RegionSelectorPage.objects.get(locale__language_code=language), sent["code"])
    publish(home, sent["code"])

    page = LexborHTMLParser(client.get(f"/{language}/{sent['code']}/").text)
    assert page.root.attributes["lang"] == language
    assert page.root.attributes["dir"] == direction
    assert page.css_first("h1").text(strip=True) == sent[f"languages-{language}"]
    assert sent[f"languages-{language}"] in administrator.get(f"/admin/pages/{home.get_parent().pk}/").text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (JAPAN | JAPANESE, "jp Japan --language ja --title ja=日本 --country JP"),
        (ARABIC, "sa Saudi --language ar --language en --title ar=السعودية --country SA"),
    ],
)
def test_the_command_adds_the_same_as_the_form(administrator, sent, words):
    call_command("add_region", *words.split(), "--order", sent["order"], verbosity=0)
    by_command = region_inventory(sent["code"])
    administrator.post("/admin/regions/new/", sent)
    assert region_inventory(sent["code"]) == by_command
    assert set(languages_of(Region.objects.get(code=sent["code"]))) == set(sent["languages"])


def test_a_japanese_page_is_gated_with_the_approved_words(administrator, client, settings):
    settings.REVIEW_SHARED_TEAMS = 1
    administrator.post("/admin/regions/new/", JAPAN | JAPANESE)
    home = RegionHomePage.objects.get(slug="jp")
    publish(RegionSelectorPage.objects.get(locale__language_code="ja"), "jp")
    home.intro = '<p><a href="https://www.example.org/">外部</a></p>'
    home.save_revision()
    publish(home, "jp")
    page = LexborHTMLParser(client.get("/ja/jp/").text)
    (link,) = [link for link in page.css("a[href]") if link.text(strip=True) == "外部"]
    notice = client.get(link.attributes["href"])
    words = LexborHTMLParser(notice.text).css_first("[data-notice]")
    assert notice.status_code == 200
    assert words.attributes["lang"] == "en"


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (["en", "xx"], "known are"),
        (["en", ""], "known are"),
        (["en", "EN"], "known are"),
        (["en", "de", "de"], "twice"),
        (["de", "fr"], "lacks en"),
        ([], "lacks en"),
    ],
)
def test_what_is_no_list_of_languages_is_refused(codes, why):
    with pytest.raises(ImproperlyConfigured, match=why):
        read_languages(codes)


def test_a_language_that_has_pages_cannot_be_left_out(settings):
    assert check_languages(None) == []
    settings.LANGUAGES = read_languages(["en", "fr", "ja", "ar"])
    (found,) = check_languages(None)
    assert found.id == "config.E004"
    assert "SITE_LANGUAGES lacks de" in found.msg


def test_a_language_without_pages_may_be_left_out(settings):
    Locale.objects.create(language_code="ja")
    settings.LANGUAGES = read_languages(["en", "de", "fr"])
    assert check_languages(None) == []


def test_a_language_cannot_have_the_address_of_a_region(settings, eu):
    eu.code = "hu"
    eu.save()
    settings.LANGUAGES = read_languages(["en", "de", "fr", "hu"])
    (found,) = check_languages(None)
    assert found.id == "config.E005"
    assert "names hu" in found.msg
