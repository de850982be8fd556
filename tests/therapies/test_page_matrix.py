"""Pages that are behind, in Attention and in the matrix of pages × languages."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import signed_in
from therapies.models import CatchUp

from .test_catching_up import make_urgent, publish

pytestmark = pytest.mark.django_db

MATRIX, ATTENTION = "/admin/reports/translations/", "/admin/reports/attention/?kind=translations"


def rows(client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{MATRIX}?export=csv{query}")
    return [*csv.DictReader(io.StringIO(answer.getvalue().decode()))]


def status(client, language: str, page: str = "About Sirtex") -> str:
    (row,) = [one for one in rows(client) if (one["Page"], one["Language"]) == (page, language)]
    return row["Status"]


def test_what_is_behind_is_in_attention_for_its_region_alone(eu_editor, english, german):
    publish(english, intro="<p>Something new.</p>")
    shown = eu_editor.get(ATTENTION).text
    assert f"{german.title} (German)" in shown
    assert f"It has not taken over what “{english.title}” (English) changed on" in shown
    assert reverse("therapies_catch_up", args=[german.pk, english.pk]) in shown
    assert german.title not in signed_in("us-legal").get(ATTENTION).text


def test_a_safety_change_comes_first_in_attention_and_says_so(eu_editor, english, german):
    make_urgent(english)
    shown = eu_editor.get("/admin/reports/attention/").text
    first = shown.partition("<tbody>")[2].partition("</tr>")[0]
    assert "Safety change" in first
    assert "It has not taken over the safety change of" in first


def test_the_matrix_says_how_each_page_stands(eu_editor, english, german, french):
    title = english.title
    assert {status(eu_editor, one, title) for one in ("English", "German", "French")} == {"In step"}
    publish(english, intro="<p>Something new.</p>")
    german.unpublish()
    french.delete()
    assert status(eu_editor, "English", title) == "In step"
    assert status(eu_editor, "German", title) == "Behind its source"
    assert status(eu_editor, "French", title) == "Missing"
    CatchUp.objects.all().delete()
    make_urgent(english)
    assert status(eu_editor, "German", title) == "Behind a safety change"


def test_the_matrix_is_narrowed_and_shows_where_to_mend(eu_editor, english, german):
    publish(english, intro="<p>Something new.</p>")
    assert {row["Page"] for row in rows(eu_editor, "&status=behind")} == {english.title}
    shown = eu_editor.get(f"{MATRIX}?status=behind").text
    assert reverse("therapies_catch_up", args=[german.pk, english.pk]) in shown
    assert rows(eu_editor, "&region=999") == []


@pytest.mark.parametrize(
    ("username", "regions"),
    [("eu-editor", {"Europe"}), ("us-legal", {"United States"}), ("ca-editor", {"Canada"})],
)
def test_the_matrix_holds_ones_own_regions_alone(username, regions, db):
    assert {row["Region"] for row in rows(signed_in(username))} == regions


def test_the_matrix_is_closed_to_the_signed_out(client):
    assert client.get(MATRIX).status_code == 302


def test_the_matrix_takes_fifteen_queries_whatever_is_behind(administrator, english, german, french):
    def queries() -> int:
        administrator.get(MATRIX)
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(MATRIX).status_code == 200
        return len(captured)

    few = queries()
    publish(english, intro="<p>Something new.</p>")
    assert queries() == few <= 15
