"""The notices' words: exact, whole, and the right ones."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from region_gate import conf
from region_gate.links.destinations import DestinationKind
from region_gate.models import Notice
from region_gate.notices.texts import SHIPPED, choose, paragraphs, shipped
from region_gate.notices.texts import NoticeText as Words
from tests.region_gate.world import REGIONS

KINDS = pytest.mark.parametrize("kind", [DestinationKind.CROSS_REGION, DestinationKind.THIRD_PARTY])


def words(language: str, region: str = "") -> Words:
    return Words(
        DestinationKind.THIRD_PARTY, language, f"{region} {language}", ("One.", "Two."), "Continue", region
    )


def approved(kind: DestinationKind) -> bytes:
    folder = conf.notices_folder()
    assert folder
    return (folder / SHIPPED[kind]).read_bytes()


def make(language: str, region: str = "", **values: object) -> Notice:
    """Return a third-party notice, saved as a draft."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    given = {"kind": "third-party", "heading": f"{region} {language}", "body": "One.", "live": False}
    return Notice.objects.create(locale=locale, region=region, **given | values)


@pytest.fixture(autouse=True)
def _regions(monkeypatch):
    monkeypatch.setattr(conf, "regions", lambda: REGIONS)


@KINDS
def test_the_shipped_words_are_the_approved_file_byte_for_byte(kind):
    assert shipped(kind).text.encode() == approved(kind)
    assert shipped(kind).language == "en"


def test_blank_lines_separate_paragraphs_however_they_are_typed():
    assert paragraphs("\r\nOne\r\nmore.\r\n \t\r\n\r\nTwo.\r\n") == ["One\nmore.", "Two."]
    assert paragraphs(" \n\n") == []


@pytest.mark.parametrize(
    ("region", "language", "chosen"),
    [
        ("us", "de", "us de"),
        ("eu", "de", " de"),
        ("", "de", " de"),
        ("us", "fr", " en"),
        ("us", "en", " en"),
        ("eu", "en", "eu en"),
        ("eu", "fr", " en"),
    ],
)
def test_the_region_s_words_come_first_then_the_language_s_then_the_approved_english(
    region, language, chosen
):
    candidates = [words("en"), words("de"), words("de", "us"), words("en", "eu")]
    found = choose(candidates, region, language)
    assert found
    assert found.heading == chosen


def test_there_may_be_no_words_to_choose():
    assert choose([words("de")], "us", "fr") is None


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("tlh", "ltr")])
def test_words_run_in_their_script_s_direction(language, direction):
    assert words(language).direction == direction


@pytest.mark.django_db
@KINDS
def test_the_site_s_words_are_live_in_a_new_database(kind):
    notice = Notice.objects.get(kind=kind.value, region="", locale__language_code="en")
    assert notice.live
    assert notice.first_published_at
    assert notice.text.encode() == approved(kind)


@pytest.mark.django_db
def test_only_what_was_published_is_shown():
    Notice.objects.filter(kind="third-party").delete()
    make("en")
    make("de", live=True)  # saved past every review
    assert Notice.objects.shown(DestinationKind.THIRD_PARTY, "us", "de") == shipped(
        DestinationKind.THIRD_PARTY
    )


@pytest.mark.django_db
def test_a_region_s_own_notice_is_shown_there_only():
    Notice.objects.filter(region="").exclude(locale__language_code="en").delete()
    make("de", "us").save_revision().publish()
    shown = Notice.objects.shown
    assert shown(DestinationKind.THIRD_PARTY, "us", "de").heading == "us de"
    assert shown(DestinationKind.THIRD_PARTY, "eu", "de") == shipped(DestinationKind.THIRD_PARTY)
    assert shown(DestinationKind.CROSS_REGION, "us", "de").kind == DestinationKind.CROSS_REGION


@pytest.mark.django_db
def test_one_query_finds_the_words(django_assert_num_queries):
    with django_assert_num_queries(1):
        Notice.objects.shown(DestinationKind.CROSS_REGION, "us", "de")


@pytest.mark.django_db
def test_an_unpublished_draft_changes_nothing():
    notice = Notice.objects.get(kind="third-party", region="", locale__language_code="en")
    notice.heading = "Not approved"
    notice.save_revision()
    assert Notice.objects.shown(DestinationKind.THIRD_PARTY, "", "en") == shipped(DestinationKind.THIRD_PARTY)


@pytest.mark.django_db
def test_a_copy_to_translate_is_a_draft_whatever_it_was_copied_from():
    english = Notice.objects.get(kind="third-party", region="", locale__language_code="en")
    english.heading = "Not approved"
    english.save_revision()
    arabic, _ = Locale.objects.get_or_create(language_code="ar")
    copy = english.copy_for_translation(arabic)
    copy.save()
    assert not copy.live
    assert copy.live_revision is None
    assert copy.first_published_at is None
    assert Notice.objects.shown(DestinationKind.THIRD_PARTY, "", "ar") == shipped(DestinationKind.THIRD_PARTY)


@pytest.mark.django_db
def test_paragraphs_are_kept_in_one_form():
    notice = make("de", "us", body="One.\r\n\r\n\r\nTwo.\r\n")
    notice.clean()
    assert notice.body == "One.\n\nTwo."
    assert notice.text == "us de\n\nOne.\n\nTwo.\n"


@pytest.mark.django_db
def test_an_unknown_region_is_refused():
    with pytest.raises(ValidationError, match="no region with this code"):
        make("de", "xx").clean()


@pytest.mark.django_db
def test_a_second_notice_for_the_same_use_is_refused():
    first = make("de", "us")
    first.clean()
    with pytest.raises(ValidationError, match="such a notice already"):
        Notice(kind="third-party", region="us", locale=first.locale, heading="x", body="y").clean()


@pytest.mark.django_db
def test_it_is_named_after_its_use():
    assert str(make("de", "us")) == "Third party, us, de"
    assert str(Notice.objects.filter(region="", locale__language_code="en")[0]).endswith(", every region, en")


@pytest.mark.django_db
def test_its_preview_is_the_page_that_visitors_meet(settings):
    page = make("de", "us").make_preview_request()
    assert page.status_code == 200
    assert '<div class="gate-words" data-notice="third-party" lang="de" dir="ltr">' in page.text
