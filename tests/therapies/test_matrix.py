"""The label matrix: how a product stands where and when, who may see it, and what is exported."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from home.models import Region
from tests.benchmarks import reporting
from tests.conftest import signed_in
from therapies.models import Label, Product
from therapies.reports.label_status import Facts, LabelStatus, speaking, standing
from therapies.reports.matrix import Heading, NamingCount, matrix

from .conftest import NAME, allow, today

MATRIX = "/admin/reports/label-matrix/"
DAY = date(2026, 3, 1)
NOTICE = timedelta(days=30)
PRODUCT, EU = Heading(1, "P"), Heading(2, "Europe", ("en", "de"))


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def label(pk: int = 1, **values) -> Facts:
    given = {"language": "en", "status": "approved", "live": True, "effective_from": DAY}
    return Facts(pk=pk, product=1, region=2, **{**given, **values})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, LabelStatus.IN_FORCE),
        ({"effective_from": day(1)}, LabelStatus.BEGINS),
        ({"effective_from": day(1), "withdrawn_on": day(1)}, LabelStatus.WITHDRAWN),
        ({"effective_from": None}, LabelStatus.WITHDRAWN),
        ({"withdrawn_on": DAY}, LabelStatus.WITHDRAWN),
        ({"withdrawn_on": day(1)}, LabelStatus.IN_FORCE),
        ({"status": "withdrawn", "withdrawn_on": day(1)}, LabelStatus.IN_FORCE),
        ({"review_by": day(31)}, LabelStatus.IN_FORCE),
        ({"review_by": day(30)}, LabelStatus.REVIEW_DUE),
        ({"review_by": DAY}, LabelStatus.REVIEW_DUE),
        ({"review_by": day(-1)}, LabelStatus.REVIEW_OVERDUE),
        ({"status": "under review"}, LabelStatus.UNDER_REVIEW),
        ({"status": "not approved"}, LabelStatus.NOT_APPROVED),
        ({"live": False}, LabelStatus.DRAFT),
    ],
)
def test_a_label_says_how_its_product_stands_on_a_day(values, expected):
    assert standing(label(**values), DAY, NOTICE) == expected


def test_without_a_label_there_is_a_gap():
    assert standing(None, DAY, NOTICE) == LabelStatus.NONE


@pytest.mark.parametrize(
    ("labels", "speaks"),
    [
        # Two versions on one day: the one that ends that day is over, the other in force.
        ([label(1, effective_from=day(-9), withdrawn_on=DAY), label(2)], 2),
        ([label(2), label(1, effective_from=day(-9), withdrawn_on=DAY)], 2),
        ([label(1), label(2, effective_from=day(1))], 1),
        ([label(1, status="not approved"), label(2, effective_from=day(1))], 2),
        ([label(1, status="not approved"), label(2, withdrawn_on=DAY)], 2),
        ([label(1, withdrawn_on=DAY), label(2, status="under review")], 2),
        ([label(1, status="not approved"), label(2, live=False)], 1),
        ([label(1, review_by=day(90)), label(2, language="de", review_by=day(60))], 2),
        ([], None),
    ],
)
def test_of_several_labels_one_speaks(labels, speaks):
    chosen = speaking(labels, DAY)
    assert (chosen.pk if chosen else None) == speaks


def cell(*labels: Facts, pages: tuple[NamingCount, ...] = ()):
    ((only,),) = (row.cells for row in matrix([PRODUCT], [EU], labels, pages, DAY, NOTICE).rows)
    return only


def test_a_language_of_the_region_without_a_label_in_force_is_missing():
    assert cell(label()).missing == ("de",)
    assert cell(label(), label(2, language="de", effective_from=day(1))).missing == ("de",)
    assert cell(label(), label(2, language="de")).missing == ()


def test_where_nothing_is_in_force_no_language_is_missing_by_itself():
    assert cell(label(status="not approved")).missing == ()
    assert cell().missing == ()


def test_a_label_in_another_language_than_the_regions_own_is_shown_as_well():
    assert [one.language for one in cell(label(language="fr")).spoken] == ["en", "de", "fr"]


def test_the_next_label_is_announced():
    assert cell(label(withdrawn_on=day(9)), label(2, effective_from=day(9))).next_from == day(9)
    assert cell(label(effective_from=day(9))).next_from is None


def test_a_cell_holds_the_pages_of_its_region_only():
    here = NamingCount(1, 1, 2, "en", "Here", "/eu/here/")
    others = (NamingCount(2, 1, 3, "en", "There", "/us/"), NamingCount(3, 1, None, "en", "Nowhere", ""))
    assert cell(pages=(here, *others)).pages == (here,)


def test_narrowing_leaves_out_rows_and_columns_without_a_hit():
    regions = [EU, Heading(3, "Elsewhere")]
    whole = matrix([PRODUCT, Heading(9, "Q")], regions, [label()], (), DAY, NOTICE)
    narrow = whole.narrowed(lambda one: one.standing == LabelStatus.IN_FORCE)
    assert [region.pk for region in narrow.regions] == [2]
    assert [row.product.pk for row in narrow.rows] == [1]


def read(client: Client, **asked) -> LexborHTMLParser:
    answer = client.get(MATRIX, asked)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(found.text().split()) for found in page.css(selector)]


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("eu-editor", ["Europe"]),
        ("us-editor", ["United States"]),
        ("eu-legal", ["United States", "Europe", "Asia Pacific", "Canada"]),
        ("us-legal", ["United States", "Europe", "Asia Pacific", "Canada"]),
        ("admin", ["United States", "Europe", "Asia Pacific", "Canada"]),
    ],
)
def test_legal_sees_all_regions_and_editors_their_own(db, person, seen):
    client = signed_in(person)
    assert words(read(client), ".matrix thead th")[1:] == seen
    exported = {row["Region"] for row in rows_of(client.get(MATRIX, {"export": "csv"}))}
    assert exported == set(seen)


def test_the_matrix_is_closed_to_others(db, client, django_user_model):
    assert client.get(MATRIX).status_code == 302
    assert "/login/" in client.get(MATRIX).url
    django_user_model.objects.create_user("nobody")
    assert signed_in("nobody").get(MATRIX, {"export": "csv"}).status_code == 302


def test_an_editor_does_not_see_another_region_by_asking_for_it(eu_editor, us):
    page = read(eu_editor, region=us.pk)
    assert not page.css(".matrix")
    assert "please check the choices" in page.text()


@pytest.mark.parametrize(
    ("person", "act"), [("eu-legal", "edit"), ("us-legal", "inspect"), ("eu-editor", "inspect")]
)
def test_a_label_leads_to_where_the_person_may_change_or_read_it(db, eu, person, act):
    client = signed_in(person)
    page = read(client, region=eu.pk)
    addresses = [link.attributes["href"] for link in page.css(".matrix-labels a")]
    assert len(addresses) == 1
    for address in addresses:
        assert f"/label/{act}/" in address
        assert client.get(address).status_code == 200


def test_the_pages_that_name_a_product_are_linked(eu_legal, eu, client):
    (cell_,) = read(eu_legal, region=eu.pk).css("td.standing")
    addresses = [link.attributes["href"] for link in cell_.css(".matrix-pages a")]
    assert any(address.endswith("/de/eu/sir-spheres/") for address in addresses)
    for address in addresses:
        assert NAME in client.get(address).text


def test_in_the_whole_matrix_the_number_of_pages_leads_to_them(eu_legal, eu, product):
    links = [link.attributes["href"] for link in read(eu_legal).css("a.matrix-line")]
    assert f"?product={product.pk}&region={eu.pk}" in links


def test_a_gap_is_said_in_words_and_can_be_filled_by_its_legal_team(eu_legal, administrator, ca):
    Label.objects.filter(region=ca).delete()
    for client, may_add in ((eu_legal, False), (administrator, True)):
        (cell_,) = read(client, region=ca.pk).css("td.standing")
        assert "No label" in cell_.text()
        assert ("Add a label" in cell_.text()) is may_add


def test_a_label_that_begins_tomorrow_is_not_in_force_today(eu_legal, ca):
    allow(ca, today() + timedelta(days=1))
    (cell_,) = read(eu_legal, region=ca.pk).css("td.standing")
    assert "Not yet in force" in cell_.text()
    assert "begins on" in cell_.text()


@pytest.mark.parametrize(("clock", "word"), [("23:59:59", "In force"), ("00:00:00", "Withdrawn")])
def test_a_label_is_in_force_to_the_last_second_of_its_last_day(db, us, time_machine, clock, word):
    first = today() + timedelta(days=2)  # soon enough for the browser to stay signed in
    for one in Label.objects.filter(region=us):
        one.withdrawn_on = first
        one.review_by = None
        one.save()
    moment = datetime.combine(first, datetime.strptime(clock, "%H:%M:%S").time(), UTC)
    time_machine.move_to(moment - timedelta(days=clock == "23:59:59"), tick=False)
    (cell_,) = read(signed_in("us-legal"), region=us.pk).css("td.standing")
    assert words_in(cell_) == word


def words_in(cell_) -> str:
    return cell_.css_first(".standing-word").text()


def test_filtering_by_status_leaves_the_others_out(eu_legal):
    page = read(eu_legal, standing="not-approved")
    assert words(page, ".matrix thead th")[1:] == ["Canada"]
    assert words(page, ".matrix .standing-word") == ["Not approved"]


def rows_of(answer) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))]


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_an_export_is_a_formula(administrator, product, eu, name):
    QuerySet(Product).filter(pk=product.pk).update(name=name)
    QuerySet(Label).filter(region=eu).update(registration_number=name)
    QuerySet(Region).filter(pk=eu.pk).update(name=name)
    found = rows_of(administrator.get(MATRIX, {"export": "csv", "region": eu.pk}))
    cells = [value for row in found for value in row.values()]
    sheet = load_workbook(
        io.BytesIO(b"".join(administrator.get(MATRIX, {"export": "xlsx", "region": eu.pk}).streaming_content))
    ).active
    cells += [one.value for row in sheet.iter_rows(min_row=2) for one in row if isinstance(one.value, str)]
    assert sum(value.startswith("'") for value in cells) == 6
    assert not [value for value in cells if value.startswith(tuple("=+-@\t\r"))]
    assert "f" not in {one.data_type for row in sheet.iter_rows() for one in row}


def test_an_export_says_what_the_page_says(administrator, eu):
    (row,) = rows_of(administrator.get(MATRIX, {"export": "csv", "region": eu.pk}))
    assert row["Status"] == "In force"
    assert row["Effective from"] == "2026-01-01"
    assert row["Languages in force"] == "English, German, French"
    assert "/eu/sir-spheres/" in row["Pages that name the product"]


def test_the_matrix_grows_without_more_queries(administrator):
    counts = []
    for products, regions in ((3, 6), (20, 12)):
        reporting.fill(products, regions)
        administrator.get(MATRIX)
        with CaptureQueriesContext(connection) as queries:
            page = read(administrator)
        assert len(page.css("td.standing")) == products * regions
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_it_is_found_among_the_reports_by_those_who_may_read_it(eu_legal, eu_editor):
    for client in (eu_legal, eu_editor):
        assert MATRIX in client.get("/admin/").text
