"""A page and its original afterwards: what changed there, what differs here, and who is told what."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page

from home.models import StandardPage
from region_gate import clock
from tests.conftest import signed_in
from therapies.adapting.draft import adapt
from therapies.adapting.section import AdaptationSection
from therapies.models import Adaptation, CatchUp

pytestmark = pytest.mark.django_db


class Draft:
    """What the panel is given: a draft, and its editor's request."""

    def __init__(self, page: Page, username: str) -> None:
        self.page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        self.request = type("Request", (), {"user": person(username)})()


def person(username: str):
    return get_user_model().objects.get(username=username)


def write(page: Page, publish: bool = True, **values) -> None:
    """Change `page`, and publish it as an approval would."""
    page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()


@pytest.fixture
def source(us_home) -> StandardPage:
    """A live American page."""
    page = StandardPage(title="Our promise", slug="promise", intro="<p>We keep our word.</p>", live=False)
    us_home.add_child(instance=page).save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


@pytest.fixture
def adaptation(source, eu_home) -> Adaptation:
    """Its European copy."""
    made = adapt(source, eu_home, eu_home, "Our promise", "promise", person("eu-editor"))
    return Adaptation.objects.get(page=made.page)


def address(adaptation: Adaptation) -> str:
    return reverse("therapies_adaptation", args=[adaptation.pk])


def section(page: Page, username: str) -> str:
    return AdaptationSection(Draft(page, username)).render_html({})


def mark(client: Client, adaptation: Adaptation, revision: int | None = None):
    source = Page.objects.get(pk=adaptation.source_id)
    return client.post(address(adaptation), {"revision": revision or source.live_revision_id or ""})


def seen(adaptation: Adaptation) -> str:
    adaptation.refresh_from_db()
    return adaptation.as_seen().intro


def test_at_first_nothing_has_changed_and_nothing_differs(eu_editor, adaptation):
    page = eu_editor.get(address(adaptation)).text
    assert "Nothing: it reads as it did." in page
    assert "Nowhere: both read the same." in page
    assert "Mark as seen" not in page


def test_a_changed_original_is_shown_word_by_word(eu_editor, adaptation, source):
    write(source, intro="<p>We keep our promise &amp; word.</p>")
    page = eu_editor.get(address(adaptation)).text
    assert '<ins><span class="w-sr-only">Added: </span>promise &amp; <span class="w-sr-only">' in page
    assert "Mark as seen" in page
    panel = section(adaptation.page, "eu-editor")
    assert "Adapted from United States: Our promise" in panel
    assert "The original has changed since: 1 field." in panel
    assert address(adaptation) in panel


def test_markup_in_a_text_stays_text(eu_editor, adaptation, source):
    write(source, title="<script>alert(1)</script>")
    page = eu_editor.get(address(adaptation)).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_what_differs_from_ours_is_shown_from_our_latest_draft(eu_editor, adaptation):
    write(adaptation.page, publish=False, intro="<p>We keep our European word.</p>")
    page = eu_editor.get(address(adaptation)).text
    assert "Nothing: it reads as it did." in page
    assert '<ins><span class="w-sr-only">Added: </span>European <span class="w-sr-only">' in page


def test_no_draft_of_the_original_is_told(eu_editor, adaptation, source):
    write(source, publish=False, title="Secret", intro="<p>Secret</p>")
    assert "Secret" not in eu_editor.get(address(adaptation)).text
    assert "Secret" not in section(adaptation.page, "eu-editor")
    assert "has not changed since" in section(adaptation.page, "eu-editor")


def test_marking_as_seen_moves_on(eu_editor, adaptation, source):
    write(source, intro="<p>Second.</p>")
    mark(eu_editor, adaptation)
    adaptation.refresh_from_db()
    source.refresh_from_db()
    assert adaptation.last_seen.revision_id == source.live_revision_id
    assert adaptation.last_seen.by == person("eu-editor")
    assert "Nothing: it reads as it did." in eu_editor.get(address(adaptation)).text
    write(source, intro="<p>Third.</p>")
    page = eu_editor.get(address(adaptation)).text
    assert "Second" in page
    assert "keep our word" not in page.partition("Where ours differs")[0]
    assert adaptation.as_taken().intro == "<p>We keep our word.</p>"


def test_what_was_published_while_reading_is_not_marked_as_seen(eu_editor, adaptation, source):
    read = source.live_revision_id
    write(source, intro="<p>Second.</p>")
    answer = mark(eu_editor, adaptation, revision=read)
    told = " ".join(map(str, get_messages(answer.wsgi_request)))
    assert "The original has changed meanwhile. Please look again." in told
    assert seen(adaptation) == "<p>We keep our word.</p>"


@pytest.mark.parametrize(
    ("username", "may_read", "may_mark"),
    [
        ("eu-editor", True, True),
        ("admin", True, True),
        ("eu-legal", True, False),
        ("us-editor", False, False),
        ("us-legal", False, False),
        ("ca-editor", False, False),
        ("", False, False),
    ],
)
def test_only_those_concerned_read_and_mark(username, may_read, may_mark, adaptation, source):
    write(source, intro="<p>Second.</p>")
    client = signed_in(username) if username else Client()
    assert (client.get(address(adaptation)).status_code == 200) is may_read
    mark(client, adaptation)
    assert (seen(adaptation) == "<p>Second.</p>") is may_mark


def test_what_was_published_without_a_revision_can_be_marked(eu_editor, adaptation, source):
    QuerySet(StandardPage).filter(pk=source.pk).update(intro="<p>Second.</p>", live_revision=None)
    assert "Mark as seen" in eu_editor.get(address(adaptation)).text
    mark(eu_editor, adaptation)
    assert seen(adaptation) == "<p>Second.</p>"


def test_reading_marks_nothing(eu_editor, adaptation, source):
    write(source, intro="<p>Second.</p>")
    eu_editor.get(address(adaptation))
    assert seen(adaptation) == "<p>We keep our word.</p>"


def test_a_deleted_original_is_remembered(eu_editor, adaptation, source):
    source.delete()
    page = eu_editor.get(address(adaptation)).text
    assert "The original has been deleted." in page
    assert "United States: Our promise" in page
    assert "/us/promise/" in page
    assert "Nowhere: both read the same." in page
    panel = section(adaptation.page, "eu-editor")
    assert "Adapted from United States: Our promise" in panel
    assert "The original has been deleted." in panel


def test_lost_revisions_lose_nothing(eu_editor, adaptation, source):
    write(source, intro="<p>Second.</p>")
    source.revisions.exclude(pk=Page.objects.get(pk=source.pk).live_revision_id).delete()
    assert "keep our word" in eu_editor.get(address(adaptation)).text


def test_of_an_unpublished_original_only_what_was_seen_is_told(eu_editor, adaptation, source):
    write(source, intro="<p>Second, and then taken back.</p>")
    Page.objects.get(pk=source.pk).unpublish()
    page = eu_editor.get(address(adaptation)).text
    assert "The original is no longer published." in page
    assert "taken back" not in page
    mark(eu_editor, adaptation)
    assert seen(adaptation) == "<p>We keep our word.</p>"
    assert "The original is no longer published." in section(adaptation.page, "eu-editor")


def test_a_moved_original_is_followed(eu_editor, adaptation, source, us_home):
    source.move(StandardPage.objects.child_of(us_home).get(slug="about"), pos="last-child")
    assert "/us/about/promise/" in eu_editor.get(address(adaptation)).text


def test_ones_own_page_moved_to_another_region_is_theirs(adaptation, source, us_home):
    write(adaptation.page, slug="word")
    Page.objects.get(pk=adaptation.page_id).move(us_home, pos="last-child")
    assert signed_in("us-editor").get(address(adaptation)).status_code == 200
    assert signed_in("eu-editor").get(address(adaptation)).status_code == 404


def test_the_originals_editors_see_who_uses_it_but_no_draft(adaptation, source):
    write(adaptation.page, publish=False, title="Not yet ours")
    panel = section(source, "us-editor")
    assert "This page was adapted by" in panel
    assert "Europe, English" in panel
    assert "(not published)" in panel
    assert "Not yet ours" not in panel
    assert "Our promise" not in panel
    assert "Not yet ours" in section(source, "admin")
    write(adaptation.page)
    assert "(published)" in section(source, "us-editor")
    assert "Not yet ours" in section(source, "us-editor")


def test_a_page_of_ones_own_has_nothing_to_say(source):
    assert section(source, "us-editor").strip() == ""


def test_the_panel_takes_no_more_queries_for_more_uses(adaptation, source, eu_home):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            section(source, "us-editor")
        return len(captured)

    write(adaptation.page)
    queries()
    few = queries()
    for number in range(4):
        made = adapt(source, eu_home, eu_home, "Our promise", f"promise-{number}", person("eu-editor"))
        write(made.page)
    assert queries() == few


def test_the_panel_counts_what_changed(adaptation, source):
    write(source, title="Our oath", intro="<p>Second.</p>")
    assert AdaptationSection(Draft(adaptation.page, "eu-editor")).changed == 2


REPORT = reverse("therapies_adaptations")


@pytest.mark.parametrize(
    ("username", "is_told"),
    [("eu-editor", True), ("eu-legal", True), ("admin", True), ("us-editor", False), ("us-legal", False)],
)
def test_the_report_lists_ones_own(username, is_told, adaptation):
    assert (address(adaptation) in signed_in(username).get(REPORT).text) is is_told


def test_the_report_is_closed_to_the_signed_out(adaptation):
    assert Client().get(REPORT).status_code == 302


@pytest.mark.parametrize(
    ("happening", "word"),
    [
        (lambda source: None, "As last seen"),
        (lambda source: write(source, intro="<p>Second.</p>"), "Published again"),
        (lambda source: source.unpublish(), "No longer published"),
        (lambda source: source.delete(), "Deleted"),
    ],
)
def test_the_report_says_what_became_of_the_original(eu_editor, adaptation, source, happening, word):
    happening(source)
    page = eu_editor.get(reverse("therapies_adaptations_results")).text
    assert word in page


def test_the_report_is_filtered_by_what_became_of_the_original(eu_editor, adaptation):
    assert "Our promise" in eu_editor.get(REPORT, {"news": "none", "region_code": "eu"}).text
    assert "Our promise" not in eu_editor.get(REPORT, {"news": "deleted"}).text
    assert "Our promise" not in eu_editor.get(REPORT, {"region_code": "us"}).text


def test_exports_hold_no_formula(eu_editor, adaptation, source):
    write(adaptation.page, publish=False, title="=1+1")
    Adaptation.objects.update(source_title="@SUM(1)")
    answer = eu_editor.get(REPORT, {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    assert (row["Page"], row["Original"]) == ("'=1+1", "'@SUM(1)")
    assert row["The original"] == "none"
    answer = eu_editor.get(REPORT, {"export": "xlsx"})
    cells = [cell.value for cell in load_workbook(io.BytesIO(answer.getvalue())).active[2]]
    assert "'=1+1" in cells
    assert "'@SUM(1)" in cells


def test_lists_open_with_a_flat_number_of_queries(eu_editor, source, eu_home, us_home):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert eu_editor.get(address).status_code == 200
        return len(captured)

    def use(times: int) -> None:
        for number in range(times):
            slug = f"promise-{Adaptation.objects.count()}-{number}"
            adapt(source, eu_home, eu_home, "Our promise", slug, person("eu-editor"))

    use(1)
    addresses = [REPORT, reverse("therapies_usable_pages"), f"{REPORT}?export=csv"]
    few = [queries(address) for address in addresses for _warm in range(2)][1::2]
    use(6)
    assert [queries(address) for address in addresses] == few


def test_what_was_published_later_than_seen_is_dated(eu_editor, adaptation):
    CatchUp.objects.update(at=timezone.now() - timedelta(days=400))
    assert str(clock.today().year - 1) in eu_editor.get(address(adaptation)).text
