"""The page record in the admin: found by all a page was called, told to the moment, handed over whole."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from home.models import StandardPage
from region_gate.models import Notice
from region_gate.spreadsheets import neutralise
from tests.conftest import signed_in
from therapies.models import Publication
from therapies.page_record.document import check

from .recorded import DAY, DAY_AFTER, ask, at, document, facts, publish

pytestmark = pytest.mark.django_db
INDEX = "/admin/reports/page-record/"


@pytest.fixture
def now(time_machine):
    """Return a function that sets the clock to a time on that day, or another."""
    return lambda clock, day=DAY: time_machine.move_to(at(clock, day), tick=False)


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live European page that names no product."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def product_page() -> Page:
    """The European page about the product."""
    return Page.objects.get(url_path__endswith="/eu/sir-spheres/", locale=Locale.get_default()).specific


def answered(page: LexborHTMLParser) -> str:
    """Return what the page asked about was called at that moment, blank where nothing was live."""
    found = page.css_first(".record-answer")
    known = facts(page) if found and found.css(".record-facts") else {}
    return known.get("Page", "") if "Live from" in known else ""


def test_it_is_found_among_the_reports(eu_legal):
    assert INDEX in eu_legal.get("/admin/").text


@pytest.mark.parametrize("words", ["First", "once-here", "/eu/once-here/"])
def test_a_page_is_found_by_what_it_was_ever_called(eu_legal, about, words):
    publish(about, "First", slug="once-here")
    Page.objects.get(pk=about.pk).delete()
    answer = eu_legal.get(INDEX, {"q": words})
    assert reverse("therapies_page_record_page", args=[about.pk]) in answer.text
    assert "Deleted" in answer.text


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("08:59:59", "About us"),
        ("09:00:00", "First"),
        ("17:29:59", "First"),
        ("17:30:00", "Second"),
        ("20:00:00", ""),
        ("", ""),
    ],
)
def test_a_page_is_told_as_it_was_at_the_time(eu_legal, about, now, clock, expected):
    now("09:00:00")
    publish(about, "First")
    now("17:30:00")
    publish(about, "Second")
    now("20:00:00")
    StandardPage.objects.get(pk=about.pk).unpublish()
    now("23:59:00")
    assert answered(ask(eu_legal, about.pk, time=clock)) == expected


@pytest.mark.parametrize("clock", ["23:59:59", "23:59:59.6"])
def test_a_day_ends_with_its_last_second(eu_legal, about, now, clock):
    now(clock)
    publish(about, "At the very end")
    now("01:00:00", DAY_AFTER)
    assert answered(ask(eu_legal, about.pk)) == "At the very end"
    assert answered(ask(eu_legal, about.pk, time="23:59:59")) == "At the very end"
    assert answered(ask(eu_legal, about.pk, time="23:59:58")) == "About us"


def test_a_day_is_the_day_of_the_time_zone(eu_legal, about, now):
    now("12:30:00")
    publish(about, "Midday in London")
    now("20:00:00")
    assert answered(ask(eu_legal, about.pk, zone="Pacific/Kiritimati")) == "About us"  # ended at 10:00 in UTC
    page = ask(eu_legal, about.pk, zone="Pacific/Kiritimati", day=str(DAY_AFTER), time="02:30:00")
    assert answered(page) == "Midday in London"
    assert facts(page)["Live from"] == f"{DAY_AFTER:%-d %B %Y}, 02:30:00 +1400 · Published"
    assert "(time zone Pacific/Kiritimati)" in page.text()


def test_the_time_zone_asked_first_is_the_reader_s_own(eu_legal, about):
    user = get_user_model().objects.get(username="eu-legal")
    UserProfile.objects.update_or_create(user=user, defaults={"current_time_zone": "Asia/Tokyo"})
    page = LexborHTMLParser(eu_legal.get(f"{INDEX}{about.pk}/").text)
    (chosen,) = page.css("select[name=zone] option[selected]")
    assert chosen.attributes["value"] == "Asia/Tokyo"


def test_a_question_without_an_answer_is_refused_with_the_reason(eu_legal, about, now):
    now("12:00:00")
    page = ask(eu_legal, about.pk, day=str(DAY_AFTER))
    assert "This is in the future" in page.text()
    assert not page.css(".record-answer")


def test_before_the_first_entry_it_says_so(eu_legal, about):
    page = ask(eu_legal, about.pk, day="2001-01-01")
    assert "Nothing of this page is on record for that moment" in page.text()


def test_each_entry_can_be_opened_though_two_fell_in_one_second(eu_legal, about, now):
    now("09:00:00.1")
    publish(about, "First")
    now("09:00:00.2")
    publish(about, "Second")
    now("10:00:00")
    found = [
        answered(LexborHTMLParser(eu_legal.get(f"{INDEX}{about.pk}/", {"entry": n}).text)) for n in (2, 3)
    ]
    assert found == ["First", "Second"]


def test_all_entries_are_listed_with_their_times(eu_legal, about, now):
    now("09:00:00")
    publish(about, "First")
    now("10:00:00")
    page = ask(eu_legal, about.pk)
    rows = [[" ".join(cell.text().split()) for cell in row.css("th, td")][:4] for row in page.css("tbody tr")]
    assert rows[0] == ["Entry 2", f"{DAY} 09:00:00", "to this day", "Live Published"]
    assert rows[1][2] == f"{DAY} 09:00:00"


def test_labels_and_notices_of_then_are_told(eu_legal, product_page, now, one_person_may):
    now("09:00:00")
    notice = Notice.objects.filter(kind="third-party", region="", locale=Locale.get_default()).get()
    notice.heading = "Leaving for good"
    notice.save_revision().publish(
        user=get_user_model().objects.get(username="us-legal"), skip_permission_checks=True
    )
    now("10:00:00")
    before = ask(eu_legal, product_page.pk, time="08:59:59").text()
    after = ask(eu_legal, product_page.pk, time="09:00:00").text()
    assert "SAMPLE-EU-0001" in after
    assert ("Leaving for good" in before, "Leaving for good" in after) == (False, True)


@pytest.mark.parametrize(
    ("person", "may"),
    [("eu-legal", True), ("eu-editor", True), ("admin", True), ("us-legal", False), ("us-editor", False)],
)
@pytest.mark.parametrize("where", ["", "document/", "document/?part=page"])
def test_a_region_s_record_is_read_by_its_people_and_administrators(about, person, may, where):
    answer = signed_in(person).get(f"{INDEX}{about.pk}/{where}")
    assert answer.status_code == (200 if may else 404)


@pytest.mark.parametrize("where", ["", "21/", "21/document/", "?export=csv"])
def test_nobody_reads_it_signed_out(where):
    answer = Client().get(f"{INDEX}{where}")
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_somebody_of_no_region_reads_nothing(about, django_user_model):
    from django.contrib.auth.models import Permission

    stranger = django_user_model.objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = signed_in("stranger")
    for where in ("", f"{about.pk}/", f"{about.pk}/document/"):
        assert client.get(f"{INDEX}{where}").status_code == 302
    assert "page-record" not in client.get("/admin/").text


@pytest.mark.parametrize(
    ("person", "regions"),
    [
        ("eu-legal", {"", "eu"}),
        ("eu-editor", {"eu"}),
        ("us-legal", {"", "us"}),
        ("admin", {"", "ap", "ca", "eu", "us"}),
    ],
)
def test_the_list_and_its_export_hold_the_reader_s_regions(person, regions):
    answer = signed_in(person).get(INDEX, {"export": "csv"})
    rows = [*csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))]
    assert {row["Region’s code"] for row in rows} == regions


def test_a_page_that_went_to_another_region_is_told_up_to_then(eu_legal, about, us_home, now):
    us_about = StandardPage.objects.child_of(us_home).get(slug="about")
    now("10:00:00")
    about.move(us_about, pos="last-child")
    now("11:00:00")
    assert answered(ask(eu_legal, about.pk, time="09:59:59")) == "About us"
    assert "The page stood in another region then" in ask(eu_legal, about.pk, time="10:30:00").text()
    assert eu_legal.get(f"{INDEX}{about.pk}/document/").status_code == 404
    assert "In another region now" in eu_legal.get(INDEX, {"q": "/eu/about/"}).text
    assert signed_in("us-legal").get(f"{INDEX}{about.pk}/").status_code == 200


FORMULA = '=HYPERLINK("http://evil.test")'


def test_no_cell_of_an_export_is_a_formula(administrator, about):
    publish(about, FORMULA)
    answer = administrator.get(INDEX, {"export": "csv"})
    rows = [*csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()))]
    cells = [cell for row in rows for cell in row]
    assert f"'{FORMULA}" in cells
    assert all(cell == neutralise(cell) for cell in cells)
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(administrator.get(INDEX, {"export": "xlsx"}).streaming_content))
    )
    values = [cell.value for row in book.active.iter_rows() for cell in row]
    assert f"'{FORMULA}" in values
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_list_opens_with_a_flat_number_of_queries(eu_legal, eu_home, django_assert_max_num_queries):
    for number in range(60):
        Publication(subject=9000 + number, since=at("00:00:00"), is_live=True, why="published",
                    title=f"Page {number}", region="eu", language="en").save()  # fmt: skip
    eu_legal.get(INDEX)
    with django_assert_max_num_queries(16):
        eu_legal.get(INDEX)


def test_a_document_states_its_own_hash_and_is_checked(eu_legal, product_page, tmp_path, capsys):
    html = document(eu_legal, product_page.pk, day=str(at("00:00:00").date() - timedelta(days=1)))
    assert check(html).is_unaltered
    assert check(html).is_on_record
    file = tmp_path / "record.html"
    file.write_text(html, newline="")
    call_command("check_record", file)
    assert "All is as it was made." in capsys.readouterr().out


@pytest.mark.parametrize(
    "alter",
    [
        lambda html: html.replace("Sample text", "Another text", 1),
        lambda html: html.replace("eu-legal", "us-legal", 1),
        lambda html: html + " ",
        lambda html: re.sub(r'(<code id="record-sha256">)\w{64}', rf"\g<1>{'0' * 64}", html),
        lambda html: re.sub(r'<code id="record-sha256">\w{64}</code>', "", html),
    ],
)
def test_an_altered_document_is_found_out(eu_legal, product_page, alter, tmp_path, capsys):
    html = document(eu_legal, product_page.pk, day=str(at("00:00:00").date() - timedelta(days=1)))
    file = tmp_path / "record.html"
    file.write_text(alter(html), newline="")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_record", file)
    assert stopped.value.code == 1
    assert "was altered" in capsys.readouterr().err


def test_a_document_outlives_no_tampering_with_the_record(eu_legal, about):
    html = document(eu_legal, about.pk, day=str(at("00:00:00").date() - timedelta(days=1)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Publication._meta.db_table} SET html = '' WHERE subject = %s",  # noqa: S608
            [about.pk],
        )
    assert check(html).is_unaltered
    assert not check(html).is_on_record
    assert "Broken: entries 1 are not as they were made." in eu_legal.get(f"{INDEX}{about.pk}/").text
    with pytest.raises(SystemExit):
        call_command("check_record")


def test_a_whole_record_is_checked(capsys):
    call_command("check_record")
    assert "All is as it was made." in capsys.readouterr().out


def test_a_last_entry_taken_out_is_missed(about, capsys):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Publication._meta.db_table} WHERE subject = %s", [about.pk])  # noqa: S608
    with pytest.raises(SystemExit):
        call_command("check_record")
    assert f"Page {about.pk}: live, and not on record as live." in capsys.readouterr().err
    call_command("keep_record")
    assert Publication.objects.chain(about.pk).get().why == "found"


def test_a_document_of_a_page_that_was_down_says_so(eu_legal, about, now):
    now("10:00:00")
    StandardPage.objects.get(pk=about.pk).unpublish()
    html = document(eu_legal, about.pk)
    assert "visitors met nothing here" in html
    assert check(html).is_unaltered


def test_a_document_needs_nothing_else(eu_legal, product_page):
    tree = LexborHTMLParser(
        document(eu_legal, product_page.pk, day=str(at("00:00:00").date() - timedelta(days=1)))
    )
    assert tree.css("script:not([type='application/json']), iframe, link[href]:not([rel=canonical])") == []
    assert all("url(" not in style.text().replace('url("data:', "") for style in tree.css("style"))
    assert len(tree.css(".record-sheet")) == 2


def test_a_document_is_named_for_its_page_and_moment(eu_legal, about, now):
    now("12:00:00")
    answer = eu_legal.get(f"{INDEX}{about.pk}/document/")
    assert answer["Content-Disposition"] == f'inline; filename="about-us-{DAY}-120000-utc.html"'
