"""The site's approved texts are put on record once, and never over what somebody else decided."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db.migrations.loader import MigrationLoader
from django.db.models import QuerySet

from region_gate import conf
from region_gate.links.destinations import DestinationKind
from region_gate.models import Notice, NoticeVersion
from region_gate.notices.shipping import put_on_record
from region_gate.notices.texts import MAX_HEADING_LENGTH, SHIPPED, NoWordsError, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_person_may")]
THIRD = DestinationKind.THIRD_PARTY


@pytest.fixture(scope="module")
def apps():
    """The models as a migration has them."""
    return MigrationLoader(None).project_state().apps


def write(folder: Path, text: str | bytes = "Heading\n\nWords.\n") -> Path:
    folder.mkdir()
    for name in SHIPPED.values():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


@pytest.fixture
def later(tmp_path) -> Path:
    """A folder with later words."""
    return write(tmp_path / "0.2.0", "Later\n\nWords.\n")


def english() -> Notice:
    return Notice.objects.get(kind=THIRD.value, region="", locale__language_code="en")


def heading() -> str:
    return NoticeVersion.objects.shown(THIRD, "", "en").heading


def test_what_is_on_record_is_not_recorded_again(apps):
    rows = list(NoticeVersion.objects.values_list()), list(Notice.objects.values_list())
    assert put_on_record(apps, conf.notices_folder()) == []
    assert (list(NoticeVersion.objects.values_list()), list(Notice.objects.values_list())) == rows


def test_later_words_take_the_place_of_earlier_ones(apps, later):
    before = NoticeVersion.objects.in_force().get(kind=THIRD.value, region="", language="en")
    assert put_on_record(apps, later) == list(SHIPPED)
    after = NoticeVersion.objects.in_force().get(kind=THIRD.value, region="", language="en")
    before = NoticeVersion.objects.get(pk=before.pk)
    assert before.ended_at == after.published_at == english().last_published_at
    assert (after.heading, after.shipped_with, after.notice) == ("Later", "0.2.0", str(english().pk))
    assert english().words == after.words
    assert heading() == "Later"


def test_later_words_change_nothing_where_legal_wrote_its_own(apps, later):
    notice = english()
    notice.heading = "Legal's own"
    legal = get_user_model().objects.get(username="us-legal")
    notice.save_revision().publish(user=legal, skip_permission_checks=True)
    put_on_record(apps, later)
    assert heading() == english().heading == "Legal's own"
    recorded = NoticeVersion.objects.get(kind=THIRD.value, shipped_with="0.2.0")
    assert recorded.ended_at == recorded.published_at


def test_words_that_were_taken_down_are_not_put_back(apps, later):
    english().unpublish()
    put_on_record(apps, later)
    assert not english().live
    assert not NoticeVersion.objects.in_force().filter(kind=THIRD.value, region="", language="en").exists()
    assert heading() == "Later"  # the last resort


def test_a_draft_that_was_never_out_is_left_alone(apps, later):
    QuerySet(NoticeVersion).delete()
    draft = english()
    QuerySet(Notice).filter(pk=draft.pk).update(live=False, heading="Draft")
    put_on_record(apps, later)
    assert (english().heading, english().live) == ("Draft", False)
    assert heading() == "Later"


def test_on_an_empty_record_the_words_are_live(apps, later):
    QuerySet(NoticeVersion).delete()
    Notice.objects.all().delete()
    put_on_record(apps, later)
    notice, version = english(), NoticeVersion.objects.get(kind=THIRD.value)
    assert notice.live
    assert notice.first_published_at == notice.last_published_at == version.published_at
    assert (version.notice, version.ended_at, version.continue_label) == (
        str(notice.pk),
        None,
        "Continue",
    )


@pytest.mark.parametrize(
    "text",
    ["", "\n \n", "Only a heading\n", "x" * (MAX_HEADING_LENGTH + 1) + "\n\nWords.", b"\xff\xfe\n\nWords."],
)
def test_a_text_that_is_no_notice_is_refused_before_anything_is_written(apps, tmp_path, text):
    folder = write(tmp_path / "2", "Good\n\nWords.\n")
    (folder / SHIPPED[THIRD]).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(NoWordsError, match="third_party_notice"):
        put_on_record(apps, folder)
    assert not NoticeVersion.objects.filter(shipped_with="2").exists()


def test_a_folder_is_named_after_the_version(tmp_path):
    with pytest.raises(NoWordsError, match="version"):
        read(write(tmp_path / ("v" * 41)), THIRD)
