"""What a page points to and visitors do not get is found, and told where the page is written and reviewed."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from home.models import StandardPage
from tests.conftest import findings
from therapies.usage import stored_files
from therapies.usage.missing import missing_in

from .test_parts import download, figure

pytestmark = pytest.mark.django_db


def link(page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">There</a></p>'


@pytest.fixture
def other(ca_home) -> StandardPage:
    """Another live page of the region."""
    return ca_home.add_child(instance=StandardPage(title="Another", slug="another"))


def test_of_what_is_there_nothing_is_missing(ca_page, image, document, other):
    ca_page.body, ca_page.intro = figure(image), download(document) + link(other)
    assert missing_in(ca_page) == []


def test_what_is_deleted_is_missing(ca_page, image, document, other):
    ca_page.body, ca_page.intro = figure(image), download(document) + link(other)
    keys = document.pk, other.pk, image.pk
    for thing in (image, document, other):
        thing.delete()
    assert missing_in(ca_page) == [
        ("Introduction", f"Document {keys[0]}", "It has been deleted."),
        ("Introduction", f"Page {keys[1]}", "It has been deleted."),
        ("Body 1: Figure, Image, Image", f"Image {keys[2]}", "It has been deleted."),
    ]


def test_what_has_lost_its_file_is_missing(ca_page, image, document):
    ca_page.body, ca_page.intro = figure(image), download(document)
    for thing in (image, document):
        thing.file.storage.delete(thing.file.name)
    assert [(found.name, found.why) for found in missing_in(ca_page)] == [
        ("Document “A leaflet”", "Its file is missing."),
        ("Image “A drawing”", "Its file is missing."),
    ]


def test_a_page_that_is_taken_down_is_missing(ca_page, other):
    ca_page.intro = link(other)
    other.unpublish()
    (found,) = missing_in(ca_page)
    assert found.why == "It is not on the site: unpublished, or not published yet."


def test_its_live_translation_in_the_pages_language_stands_in_for_it(ca_page, ca, other):
    french = ca.home_pages.get(locale__language_code="fr")
    other.copy_for_translation(french.locale, copy_parents=True).save_revision().publish()
    other.unpublish()
    ca_page.intro = link(other)
    ca_page.locale = french.locale
    assert missing_in(ca_page) == []


def test_what_is_private_is_missing(ca_page, other, document):
    ca_page.intro = link(other) + download(document)
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert [found.why for found in missing_in(ca_page)] == [
        "Only some people may read it: it is private."
    ] * 2


def test_the_number_of_queries_is_flat(ca_page, image, document, other):
    def queries(number: int) -> int:
        ca_page.body = figure(image) * number
        ca_page.intro = (download(document) + link(other)) * number
        with CaptureQueriesContext(connection) as found:
            missing_in(ca_page)
        return len(found)

    assert queries(1) == queries(20)


@pytest.fixture
def gone(ca_page, document) -> StandardPage:
    """A page whose draft links a document that has been deleted since."""
    ca_page.intro = download(document)
    ca_page.save_revision(user=get_user_model().objects.get(username="ca-editor"))
    document.delete()
    return StandardPage.objects.get(pk=ca_page.pk)


def test_the_editor_is_told_beside_the_draft(ca_editor, gone):
    found = findings(ca_editor, gone)
    assert "1 thing that visitors will not get" in found
    assert "It has been deleted." in found


def test_the_reviewer_is_told_on_the_screen(ca_legal, gone):
    gone.get_workflow().start(gone, get_user_model().objects.get(username="ca-editor"))
    state = StandardPage.objects.get(pk=gone.pk).current_workflow_task_state
    assert "It has been deleted." in ca_legal.get(reverse("review", args=[state.pk])).text


class Elsewhere:
    """A storage that is not on this machine, and counts what it is asked."""

    def __init__(self, *stored: str, fails: bool = False):
        self.stored, self.asked, self.fails = stored, 0, fails

    def exists(self, name: str) -> bool:
        """Say whether it is stored."""
        self.asked += 1
        if self.fails:
            raise ConnectionError
        return name in self.stored


class Kept:
    """A file of such a storage."""

    def __init__(self, storage, name: str):
        self.storage, self.name = storage, name


def kept(storage, number: int) -> dict[int, Kept]:
    return {key: Kept(storage, f"{key}.pdf") for key in range(number)}


def test_a_storage_elsewhere_is_asked_about_a_few_files_at_a_time(monkeypatch):
    monkeypatch.setattr(stored_files, "MAX_REQUESTS", 2)
    storage = Elsewhere("0.pdf", "1.pdf", "3.pdf")
    assert [stored_files.without_file(kept(storage, 4)) for _time in range(3)] == [set(), {2}, {2}]
    assert storage.asked == 5  # what is missing is asked about each time


def test_a_storage_that_does_not_answer_hides_nothing_for_later(caplog):
    assert stored_files.without_file(kept(Elsewhere(fails=True), 1)) == set()
    assert "not known whether the file 0.pdf is stored" in caplog.text
    assert stored_files.without_file(kept(Elsewhere(), 1)) == {0}


def test_this_machines_disk_is_asked_about_every_file(monkeypatch, tmp_path):
    monkeypatch.setattr(stored_files, "MAX_REQUESTS", 0)
    cache.clear()
    assert stored_files.without_file(kept(FileSystemStorage(tmp_path), 3)) == {0, 1, 2}
