"""Comparisons: what regions say of the same, part by part, and where it differs."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from wagtail.rich_text import RichText

from home.models import Region
from region_gate.word_diff import Mark
from tests.benchmarks import reporting
from tests.conftest import TOPIC, signed_in
from therapies.comparing.comparison import ComparedText, Part, State, are_alike, compare
from therapies.comparing.text_fields import text_of
from therapies.content_walk import Leaf
from therapies.models import Label, LabelText, Product, TherapyPage, Topic

from .conftest import allow, publish
from .label_texts import add_texts, set_words

COMPARE = "/admin/reports/compare/"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<p>10<sup>9</sup> &lt; 2</p>", "109 < 2"),
        ("<h3>Head</h3><p>A <b>b</b> c</p>", "Head\nA b c"),
        ("", ""),
    ],
)
def test_each_paragraph_stands_on_a_line(html, text):
    assert text_of(Leaf((), None, RichText(html))) == text


def section(title: str, text: str) -> Part:
    return Part(f"section {title.casefold()}", title, text, "section")


def version(*parts: Part) -> ComparedText:
    return ComparedText(1, "R", "en", parts)


LONG = "Selective internal radiation therapy is given by a catheter in the liver artery."
RISKS = section("Risks", "Tiredness and pain in the belly are common for some days.")
USE = section("Use", LONG)


def states(*versions: ComparedText, base: int = 0) -> dict[str, list[State]]:
    return {line.title: [entry.state for entry in line.entries] for line in compare(versions, base)}


def test_what_only_the_base_has_is_missing_elsewhere():
    assert states(version(USE, RISKS), version(USE)) == {
        "Use": [State.BASE, State.SAME],
        "Risks": [State.BASE, State.MISSING],
    }


def test_what_the_base_does_not_have_stands_where_it_follows():
    found = states(version(USE, section("End", "The end of it all.")), version(USE, RISKS))
    assert list(found) == ["Use", "Risks", "End"]
    assert found["Risks"] == [State.EMPTY, State.ADDED]
    assert found["End"] == [State.BASE, State.MISSING]


def test_two_regions_own_section_of_one_heading_stands_in_one_line():
    found = states(version(USE), version(USE, RISKS), version(USE, RISKS))
    assert found["Risks"] == [State.EMPTY, State.ADDED, State.ADDED]


def test_a_section_that_moved_is_compared_with_its_like():
    found = states(version(USE, RISKS), version(RISKS, USE))
    assert found == {"Use": [State.BASE, State.SAME], "Risks": [State.BASE, State.SAME]}


def test_a_section_under_another_heading_is_known_by_its_words():
    renamed = section("How it is used", LONG.replace("catheter", "thin catheter"))
    (line,) = compare([version(USE), version(renamed)], 0)
    assert line.entries[1].state == State.CHANGED
    assert line.entries[1].title == "How it is used"
    assert (Mark.ADDED, "thin ") in line.entries[1].phrases


def test_the_same_words_under_another_heading_are_no_same_section():
    (line,) = compare([version(USE), version(section("How it is used", LONG))], 0)
    assert line.entries[1].state == State.CHANGED


def test_two_sections_of_one_heading_keep_apart():
    first, second = Part("section x 1", "X", "One.", "section"), Part("section x 2", "X", "Two.", "section")
    lines = compare([version(first, second), version(first)], 0)
    assert [[entry.state for entry in line.entries] for line in lines] == [
        [State.BASE, State.SAME],
        [State.BASE, State.MISSING],
    ]


def test_sections_about_something_else_are_not_taken_for_one_another():
    assert not are_alike(USE.text, RISKS.text)
    assert states(version(USE), version(RISKS)) == {
        "Use": [State.BASE, State.MISSING],
        "Risks": [State.EMPTY, State.ADDED],
    }


def test_any_version_may_be_the_base():
    assert states(version(USE), version(USE, RISKS), base=1)["Risks"] == [State.MISSING, State.BASE]


def test_a_region_that_says_nothing_lacks_everything():
    assert states(version(USE), version())["Use"] == [State.BASE, State.MISSING]


def test_what_nobody_fills_in_is_left_out():
    assert states(version(Part("seo_title", "Title tag", "")), version()) == {}


@pytest.fixture
def topic(db) -> Topic:
    return Topic.objects.get(slug=TOPIC)


def read(client: Client, **asked) -> LexborHTMLParser:
    answer = client.get(COMPARE, asked)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(found.text().split()) for found in page.css(selector)]


def columns(page: LexborHTMLParser) -> list[str]:
    return [heading.text().split("\n")[1].strip() for heading in page.css("thead th")[1:]]


def rewrite(region: Region, **values) -> TherapyPage:
    """Publish the region's English therapy page with `values`."""
    home = region.home_pages.get(locale__language_code="en")
    page = TherapyPage.objects.descendant_of(home).get(slug=TOPIC)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def row(page: LexborHTMLParser, title: str) -> list[str]:
    (found,) = [line for line in page.css("tbody tr") if line.css_first("th").text() == title]
    return [" ".join(cell.text().split()) for cell in found.css("td")]


def test_a_topics_pages_are_compared_word_by_word(eu_legal, topic, eu, us):
    rewrite(us, intro="<p>Treatment by a doctor in a hospital.</p>")
    rewrite(eu, intro="<p>Treatment by a doctor in a clinic.</p>")
    page = read(eu_legal, subject=f"topic-{topic.pk}", regions=[us.pk, eu.pk], languages="en", base=us.pk)
    first, second = row(page, "Introduction")
    assert first == "Treatment by a doctor in a hospital."
    assert "Removed: hospital" in second
    assert "Added: clinic" in second
    assert "Differs" in second


def test_a_comparison_is_cut_down_to_what_differs(eu_legal, topic, eu, us):
    rewrite(eu, intro="<p>Treatment by a doctor in a clinic.</p>")
    asked = {"subject": f"topic-{topic.pk}", "regions": [us.pk, eu.pk], "languages": "en", "differing": "on"}
    titles = words(read(eu_legal, base=us.pk, **asked), "tbody th")
    assert "Introduction" in titles
    assert "Title" not in titles
    alone = read(eu_legal, **{**asked, "regions": us.pk})
    assert "Nothing differs." in alone.text()


def test_a_missing_section_is_marked_in_words(eu_legal, topic, eu, us):
    section_ = {"type": "section", "value": {"heading": "Only in Europe", "text": "<p>Words.</p>"}}
    rewrite(eu, body=[section_])
    asked = {"subject": f"topic-{topic.pk}", "regions": [us.pk, eu.pk], "languages": "en"}
    assert row(read(eu_legal, base=us.pk, **asked), "Only in Europe") == ["–", "Only here Words."]
    assert row(read(eu_legal, base=eu.pk, **asked), "Only in Europe") == ["Missing here", "Words."]


def test_drafts_are_not_compared(eu_legal, topic, eu):
    home = eu.home_pages.get(locale__language_code="en")
    draft = TherapyPage.objects.descendant_of(home).get(slug=TOPIC)
    draft.intro = "<p>Only a draft.</p>"
    draft.save_revision()
    assert "Only a draft." not in read(eu_legal, subject=f"topic-{topic.pk}").text()


def test_each_language_is_compared_by_itself(eu_legal, topic):
    page = read(eu_legal, subject=f"topic-{topic.pk}")
    assert words(page, ".comparison-language h3") == ["English", "German", "French"]


def test_a_products_labels_are_compared(eu_legal, product, eu, us):
    asked = {"subject": f"product-{product.pk}", "regions": [us.pk, eu.pk], "languages": "en"}
    number = row(read(eu_legal, **asked), "Registration number")
    assert number[0] == "SAMPLE-US-0001"
    assert "Removed: US" in number[1]
    assert "Added: EU" in number[1]


def test_the_label_in_force_is_compared_and_not_the_next(eu_legal, product, us):
    (only,) = Label.objects.filter(region=us)
    only.withdrawn_on = "2036-01-01"
    publish(only)
    following = Label(product=product, region=us, status="approved", live=True, effective_from="2036-01-01")
    add_texts(QuerySet(Label).bulk_create([following]))
    page = read(eu_legal, subject=f"product-{product.pk}", regions=us.pk)
    assert row(page, "Authority") == ["sample authority"]


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("eu-editor", {"Europe"}),
        ("eu-legal", {"United States", "Europe", "Asia Pacific", "Canada"}),
        ("us-legal", {"United States", "Europe", "Asia Pacific", "Canada"}),
        ("admin", {"United States", "Europe", "Asia Pacific", "Canada"}),
    ],
)
@pytest.mark.parametrize("kind", ["topic", "product"])
def test_legal_compares_all_regions_and_editors_their_own(topic, product, person, seen, kind):
    subject = {"topic": topic, "product": product}[kind]
    page = read(signed_in(person), subject=f"{kind}-{subject.pk}", languages="en")
    assert set(columns(page)) == seen


def test_comparisons_are_closed_to_others(topic, client, django_user_model, eu_editor, us):
    asked = {"subject": f"topic-{topic.pk}"}
    assert client.get(COMPARE, asked).status_code == 302
    django_user_model.objects.create_user("nobody")
    assert signed_in("nobody").get(COMPARE, asked).status_code == 302
    assert not read(eu_editor, regions=us.pk, **asked).css("table")


@pytest.mark.parametrize("subject", ["topic-999999", "product-0", "label-1", "topic-", "-"])
def test_a_question_about_nothing_is_not_answered(eu_legal, subject):
    page = read(eu_legal, subject=subject)
    assert not page.css("table")
    assert "please check the choices" in page.text()


def test_what_is_said_nowhere_is_said_so(eu_legal, db):
    nothing = Topic.objects.create(name="Nothing yet", slug="nothing-yet")
    assert "No region has published anything" in read(eu_legal, subject=f"topic-{nothing.pk}").text()


def test_html_in_a_text_stays_text(eu_legal, product, us):
    set_words(Label.objects.filter(region=us), authority="<script>alert(1)</script>")
    page = read(eu_legal, subject=f"product-{product.pk}", regions=us.pk)
    assert not page.css("td script")
    assert "<script>alert(1)</script>" in page.text()


def test_a_comparison_of_ten_regions_takes_few_queries(administrator, topic):
    reporting.fill(1, 10)
    reporting.write_therapies(topic)
    asked = {"subject": f"topic-{topic.pk}", "languages": "en"}
    administrator.get(COMPARE, asked)
    with CaptureQueriesContext(connection) as queries:
        page = read(administrator, **asked)
    assert len(columns(page)) == 10
    assert len(queries) <= 30


def test_a_region_whose_label_is_new_is_compared_at_once(eu_legal, product, ca):
    allow(ca)
    assert row(
        read(eu_legal, subject=f"product-{product.pk}", regions=ca.pk, languages="en"), "Indication"
    ) == ["As approved."]


def test_a_product_without_any_label_is_said_so(eu_legal, db):
    made = Product.objects.create(name="Newol", maker="M")
    assert "No region has published anything" in read(eu_legal, subject=f"product-{made.pk}").text()


def exported(client: Client, **asked: object) -> list[dict[str, str]]:
    answer = client.get(COMPARE, {"export": "csv", **asked})
    text = b"".join(answer.streaming_content).decode()
    return [*csv.DictReader(io.StringIO(text, newline=""))]


def test_the_export_holds_what_the_page_shows(administrator, db):
    subject = f"product-{Product.objects.get().pk}"
    rows = exported(administrator, subject=subject)
    label = LabelText.objects.get(label__region__code="eu", locale__language_code="en")
    said = {(row["Language"], row["Part"], row["Region"]): row for row in rows}
    assert said[("English", "Authority", label.label.region.name)]["Text"] == label.authority
    assert {row["Against the base"] for row in rows} >= {"base", "Differs"}
    workbook = administrator.get(COMPARE, {"export": "xlsx", "subject": subject})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(workbook.streaming_content))).active
    assert [cell.value for cell in sheet[1]] == [*rows[0]]
    assert sheet.max_row == len(rows) + 1


@pytest.mark.parametrize("written", ["=1+1", "@SUM(A1)", "+1", "-1"])
def test_no_cell_of_the_export_is_a_formula(administrator, db, written):
    label = LabelText.objects.get(label__region__code="eu", locale__language_code="en")
    set_words([label.label], authority=f"{written}\x0b")
    subject = f"product-{label.product.pk}"
    rows = exported(administrator, subject=subject, regions=label.label.region_id)
    assert f"'{written}" in {row["Text"].strip("\x0b") for row in rows}
    workbook = administrator.get(COMPARE, {"export": "xlsx", "subject": subject})
    assert openpyxl.load_workbook(io.BytesIO(b"".join(workbook.streaming_content)))


@pytest.mark.parametrize(
    "asked", [{}, {"subject": "product-x"}, {"subject": "topic-99999999999999999999"}, {"base": "x"}]
)
def test_a_question_that_makes_no_sense_exports_nothing_but_the_columns(administrator, db, asked):
    assert exported(administrator, **asked) == []
