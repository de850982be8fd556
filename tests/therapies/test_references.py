"""The library of references: one spelling for each DOI, a list with uses, and nothing cited is lost."""

import csv
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from home.exceptions import RefusedError
from therapies.citing import dois
from therapies.models import Reference, TherapyPage
from therapies.models.reference import short_name
from therapies.usage.uses import pages_citing

from .conftest import cite, section

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/therapies/reference/"


@pytest.mark.parametrize(
    "text",
    [
        "10.1000/182",
        " 10.1000/182 ",
        "doi:10.1000/182",
        "DOI: 10.1000/182",
        "https://doi.org/10.1000/182",
        "HTTPS://DX.DOI.ORG/10.1000/182",
        "http://www.doi.org/10.1000/182",
        "doi.org/10.1000/182",
        "https://doi.org/10.1000%2F182",
        "10.1000%2f182",
    ],
)
def test_a_doi_is_kept_bare(text):
    reference = Reference(text="Smith A. 2016.", doi=text)
    reference.full_clean()
    assert reference.doi == "10.1000/182"


@pytest.mark.parametrize("text", ["", "182", "doi.org", "https://example.org/10.1000/182", "11.1000/182"])
def test_what_is_no_doi_stays_as_it_is(text):
    assert dois.bare(text) == text


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1200/JCO.2015.66.1181", "https://doi.org/10.1200/JCO.2015.66.1181"),
        (
            "10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#",
            "https://doi.org/10.1002/(SICI)1097%3C1::AID-X%3E3.0.CO;2-%23",
        ),
        ("10.1000/a?b=c", "https://doi.org/10.1000/a%3Fb=c"),
    ],
)
def test_a_doi_leads_to_the_proxy(doi, address):
    assert dois.address(doi) == address


@pytest.mark.parametrize("doi", ["10.1200/jco.2015.66.1181", "https://doi.org/10.1200/JCO.2015.66.1181"])
def test_one_doi_has_one_reference(doi):
    with pytest.raises(ValidationError) as refusal:
        Reference(text="van Hazel, once more.", doi=doi).full_clean()
    assert refusal.value.message_dict == {"doi": ["Another reference has this DOI."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.create(text="van Hazel, once more.", doi=dois.bare(doi))


def test_references_without_a_doi_are_many():
    for text in ("A", "B"):
        Reference.objects.create(text=text)


@pytest.mark.parametrize(
    ("year", "is_taken"), [(None, True), (1800, True), (2100, True), (20, False), (3016, False)]
)
def test_a_year_is_one_in_which_people_published(year, is_taken):
    reference = Reference(text="Smith A.", year=year)
    if is_taken:
        reference.full_clean()
    else:
        with pytest.raises(ValidationError, match="year"):
            reference.full_clean()


@pytest.mark.parametrize(
    ("text", "year", "name"),
    [
        ("van Hazel GA et al. J Clin Oncol 2016; 34: 1723–31.", None, "van Hazel 2016"),
        ("de la Fuente MC. Liver 1999; 2: 1901–2010.", None, "de la Fuente 1999"),
        ("Smith J. Liver.", 2011, "Smith 2011"),
        ("Smith J. Liver.", None, "Smith"),
        ("Smith et al. Liver 2012.", None, "Smith 2012"),
        ("Müller-Lüdenscheidt ÄÖ. Leber 2013.", None, "Müller-Lüdenscheidt 2013"),
        ("EASL 2018", None, "EASL 2018"),
        ("A title of many words without any author at all", 2018, "A title of many words without any autho…"),
        ("", None, ""),
    ],
)
def test_a_short_name_is_the_first_author_and_the_year(text, year, name):
    assert short_name(text, year) == name


def delete_whole(reference: Reference) -> None:
    reference.delete()


def delete_with_others(reference: Reference) -> None:
    Reference.objects.filter(text__endswith="Liver 2020.").delete()


@pytest.mark.parametrize("delete", [delete_whole, delete_with_others])
def test_a_cited_reference_cannot_be_deleted(delete, write, references):
    page = write(f"<p>A.{cite(references[0])}</p>")
    before = Reference.objects.count()
    with pytest.raises(RefusedError, match="is cited") as refusal, transaction.atomic():
        delete(references[0])
    assert Reference.objects.count() == before
    assert refusal.value.messages == [
        f"“Ash A. Liver 2020.” cannot be deleted, for it is cited: “{page.title}” ({page.url_path})."
    ]


def test_what_nothing_cites_is_deleted(write, references):
    write(f"<p>A.{cite(references[0])}</p>")
    references[1].delete()
    write("<p>A.</p>")
    references[0].delete()
    assert not Reference.objects.filter(pk__in=[it.pk for it in references[:2] if it.pk]).exists()


def in_a_call_out(reference: Reference) -> dict[str, object]:
    return {"type": "callout", "value": {"heading": "", "text": f"<p>{cite(reference)}</p>"}}


def test_a_citation_counts_in_every_text(therapy, references):
    ash, elm, _oak = references
    therapy.intro = f"<p>{cite(ash)}</p>"
    therapy.body = json.dumps([in_a_call_out(elm)])
    therapy.save_revision().publish()
    assert [bool(pages_citing([it.pk])) for it in references] == [True, True, False]


def test_a_citation_in_a_draft_counts_and_one_in_an_old_draft_does_not(therapy, references):
    ash, elm, _oak = references
    for reference in (ash, elm):
        therapy.body = json.dumps([section(f"<p>{cite(reference)}</p>")])
        therapy.save_revision()
    assert [len(pages_citing([it.pk])) for it in references] == [0, 1, 0]


def test_a_citation_that_the_draft_dropped_still_counts_while_the_page_shows_it(write, references):
    page = write(f"<p>{cite(references[0])}</p>")
    page.body = json.dumps([section("<p>Nothing.</p>")])
    page.save_revision()
    with pytest.raises(RefusedError):
        references[0].delete()


def test_a_citation_that_is_scheduled_counts(therapy, references):
    therapy.body = json.dumps([section(f"<p>{cite(references[0])}</p>")])
    therapy.go_live_at = timezone.now() + timezone.timedelta(days=1)
    therapy.save_revision().publish()
    therapy.refresh_from_db()
    therapy.body = json.dumps([section("<p>Nothing.</p>")])
    therapy.save_revision()
    assert len(pages_citing([references[0].pk])) == 1


def test_many_pages_are_named_in_part(therapy, references):
    index = therapy.get_parent()
    body = json.dumps([section(f"<p>{cite(references[0])}</p>")])
    for number in range(7):
        topic = type(therapy.topic).objects.create(name=f"Topic {number}", slug=f"topic-{number}")
        index.add_child(instance=TherapyPage(title=f"Page {number}", topic=topic, body=body))
    with pytest.raises(RefusedError, match=r"Page 4.*; and 2 more pages"):
        references[0].delete()


@pytest.mark.parametrize("ask", ["get", "post"])
def test_the_admin_says_where_a_reference_is_cited_before_deleting(administrator, ask, write, references):
    page = write(f"<p>{cite(references[0])}</p>")
    answer = getattr(administrator, ask)(f"{LIST}delete/{references[0].pk}/", follow=True)
    assert answer.redirect_chain[0][0] == f"{LIST}usage/{references[0].pk}/"
    assert "cannot be deleted, for it is cited" in answer.text
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in answer.text
    assert Reference.objects.filter(pk=references[0].pk).exists()


@pytest.mark.parametrize("ask", ["get", "post"])
def test_deleting_many_at_once_stops_at_one_that_is_cited(administrator, ask, write, references):
    write(f"<p>{cite(references[1])}</p>")
    keys = "&".join(f"id={it.pk}" for it in references)
    bulk = f"/admin/bulk/therapies/reference/delete/?{keys}"
    answer = getattr(administrator, ask)(bulk, follow=True)
    assert "cannot be deleted, for it is cited" in answer.text
    assert Reference.objects.filter(pk__in=[it.pk for it in references]).count() == 3


def test_the_admin_deletes_what_nothing_cites(administrator, references):
    administrator.post(f"{LIST}delete/{references[0].pk}/")
    keys = "&".join(f"id={it.pk}" for it in references[1:])
    administrator.post(f"/admin/bulk/therapies/reference/delete/?{keys}")
    assert not Reference.objects.filter(pk__in=[it.pk for it in references]).exists()


def test_the_list_tells_kind_year_doi_and_uses(administrator, write, references):
    write(f"<p>{cite(references[0])}{cite(references[0])}</p>")
    listing = administrator.get(LIST)
    uses = {it.pk: it.uses for it in listing.context["object_list"]}
    assert [uses[it.pk] for it in references] == [1, 0, 0]
    for words in ("Kind", "Year", "Used 1 time", f"{LIST}usage/{references[0].pk}/", f"{LIST}import/"):
        assert words in listing.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [("q=elm", ["Elm"]), ("kind=book", ["Oak"]), ("year=2020", ["Ash", "Elm"]), ("q=10.1000", ["Oak"])],
)
def test_the_list_is_searched_and_filtered(administrator, references, query, shown):
    QuerySet(Reference).filter(pk=references[2].pk).update(kind="book", year=1999, doi="10.1000/182")
    found = administrator.get(f"{LIST}?{query}").context["object_list"]
    assert [it.text.split()[0] for it in found] == shown


def test_a_long_list_takes_no_more_queries_than_a_short_one(administrator):
    def visit() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert administrator.get(f"{LIST}?ordering=uses").status_code == 200
        return len(queries)

    visit()
    few = visit()
    QuerySet(Reference).bulk_create(Reference(text=f"Author{n} A. 2020.") for n in range(5000))
    assert visit() <= few


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_runs_nothing(administrator, form):
    Reference.objects.create(text="=1+1")
    raw = b"".join(administrator.get(f"{LIST}?export={form}"))
    if form == "csv":
        header, *rows = csv.reader(io.StringIO(raw.decode()))
    else:
        sheet = load_workbook(io.BytesIO(raw)).active
        header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert header == ["text", "kind", "year", "doi", "url", "uses"]
    assert "'=1+1" in [row[0] for row in rows]


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("eu_editor", {"see", "add", "import"}),
        ("eu_legal", {"see"}),
        ("client", set()),
        ("administrator", {"see", "add", "import", "change", "delete"}),
    ],
)
def test_who_may_do_what(person, may, request, references):
    browser = request.getfixturevalue(person)
    key = references[0].pk
    values = {"text": "Changed A. 2020.", "kind": "book", "year": "", "doi": "", "url": ""}
    file = io.BytesIO(b"text\nImported A. 2020.\n")
    file.name = "new.csv"
    asked = {
        "see": browser.get(LIST).status_code == 200,
        "add": browser.post(f"{LIST}add/", {**values, "text": "Added A. 2020."}) and has("Added"),
        "import": browser.post(f"{LIST}import/", {"file": file}) and has("Imported"),
        "change": browser.post(f"{LIST}edit/{key}/", values) and has("Changed"),
        "delete": browser.post(f"{LIST}delete/{key}/") and not Reference.objects.filter(pk=key).exists(),
    }
    assert {act for act, done in asked.items() if done} == may


def has(word: str) -> bool:
    return Reference.objects.filter(text__startswith=word).exists()


def test_the_chooser_gives_the_short_name(eu_editor, references):
    chosen = eu_editor.get(f"/admin/snippets/choose/therapies/reference/chosen/{references[0].pk}/").json()
    assert chosen["result"]["short_name"] == "Ash 2020"
    assert chosen["result"]["id"] == str(references[0].pk)


def test_a_reference_is_added_while_choosing(eu_editor, eu_legal):
    values = {"text": "New A. Liver 2021.", "kind": "article", "year": "2021", "doi": "", "url": ""}
    create = "/admin/snippets/choose/therapies/reference/create/"
    assert eu_editor.post(create, values).json()["result"]["short_name"] == "New 2021"
    assert eu_legal.post(create, {**values, "text": "Other A. 2021."}).status_code in (302, 403)
    assert not has("Other")


def test_an_address_that_the_gate_would_block_is_not_added_while_choosing(eu_editor):
    values = {"text": "New A. 2021.", "kind": "article", "year": "", "doi": "", "url": "https:evil.test"}
    answer = eu_editor.post("/admin/snippets/choose/therapies/reference/create/", values)
    assert "as in https://evil.test" in answer.json()["htmlFragment"]
    assert not has("New")
