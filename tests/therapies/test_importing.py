"""References from files: each bad row is named, the good ones are kept or none, as chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from therapies.models import Reference
from therapies.references import importing
from therapies.references.bibtex import read_entries

pytestmark = pytest.mark.django_db

IMPORT = "/admin/snippets/therapies/reference/import/"
EXPORT = "/admin/snippets/therapies/reference/?export=csv"
VAN_HAZEL = "van Hazel GA et al. J Clin Oncol 2016; 34: 1723–31."


def send(browser, content: str | bytes, name: str = "references.csv", **more: str):
    raw = content if isinstance(content, bytes) else content.encode()
    return browser.post(IMPORT, {"file": SimpleUploadedFile(name, raw), **more})


def new() -> list[str]:
    """Return the citations that the demo has not."""
    return sorted(Reference.objects.exclude(text=VAN_HAZEL).values_list("text", flat=True))


def test_a_csv_is_read_with_its_columns_in_any_order(eu_editor):
    csv = "year,text,kind,doi,url\n2020,Ash A. Liver 2020.,Book or chapter,doi:10.1000/1,\n,Elm B.,,,https://a.example/\n"
    outcome = send(eu_editor, csv).context["outcome"]
    assert (outcome.added, outcome.problems) == (2, [])
    ash, elm = Reference.objects.filter(text__in=["Ash A. Liver 2020.", "Elm B."]).order_by("text")
    assert (ash.kind, ash.year, ash.doi) == ("book", 2020, "10.1000/1")
    assert (elm.kind, elm.year, elm.url) == ("article", None, "https://a.example/")


def test_a_german_spreadsheet_is_read_too(eu_editor):
    send(eu_editor, "﻿Text;Kind\r\nMüller Ä. Leber 2020.;guideline\r\n")
    assert Reference.objects.get(text="Müller Ä. Leber 2020.").kind == "guideline"


def test_an_export_is_read_back_as_it_was(administrator):
    Reference.objects.create(text="=1+1", kind="book", year=1999, url="https://a.example/")
    before = list(Reference.objects.values())
    export = b"".join(administrator.get(EXPORT))
    outcome = send(administrator, export).context["outcome"]
    assert (outcome.added, outcome.unchanged, outcome.problems) == (0, 2, [])
    assert list(Reference.objects.values()) == before
    Reference.objects.filter(text="=1+1").delete()
    assert send(administrator, export).context["outcome"].added == 1
    assert list(Reference.objects.filter(text="=1+1").values_list("kind", "year")) == [("book", 1999)]


def test_addresses_are_put_right_or_refused_as_in_every_form(eu_editor):
    csv = "text,url\nA 2020.,WWW.Example.org/a\nB 2020.,https:evil.test\n"
    outcome = send(eu_editor, csv, keep_good="on").context["outcome"]
    assert Reference.objects.get(text="A 2020.").url == "https://www.example.org/a"
    assert [(problem.line, problem.reason[:4]) for problem in outcome.problems] == [(3, "url:")]
    assert "as in https://evil.test" in outcome.problems[0].reason


MIXED = """text,doi,url,kind,year
Good A. 2020.,10.1000/1,,article,2020
Bad B. 2020.,no-doi,,article,2020
Bad C. 2020.,10.1000/2,https://a.example/,article,2020
Bad D. 2020.,,,leaflet,2020
Bad E. 2020.,,,article,20
Same source.,https://doi.org/10.1000/1,,article,2020
good  a. 2020.,,,article,2020
,10.1000/3,,article,2020
Few,,
Changed van Hazel.,10.1200/jco.2015.66.1181,,article,2016
Bad F. 2020.,,javascript:alert(1),article,2020
Good G. 2020.,,,,
Good G. 2020.,,,,
"""


@pytest.mark.parametrize(
    ("choice", "expected"),
    [({}, []), ({"keep_good": "on"}, ["Good A. 2020.", "Good G. 2020.", "good  a. 2020."])],
)
def test_bad_rows_are_named_with_line_and_reason(eu_editor, choice, expected):
    answer = send(eu_editor, MIXED, **choice)
    found = dict(answer.context["outcome"].problems)
    reasons = {
        3: "doi: A DOI looks like",
        4: "url: Give the DOI or an address, not both.",
        5: "kind: ",
        6: "year: ",
        7: "the same source as line 2",
        9: "text: ",
        10: "more or fewer cells",
        11: "It is known already, with another text: “van Hazel GA et al.",
        12: "url: ",
        14: "the same source as line 13",
    }
    assert list(found) == list(reasons)
    for line, reason in reasons.items():
        assert reason in found[line]
        assert f"Line {line}:" in answer.text
    assert new() == expected


BIBTEX = r"""% Exported from elsewhere
@string{jco = "J Clin Oncol"}

@article{hazel,
  author = {van Hazel, Guy A. and Heinemann, Volker and Sharma, Navesh K.},
  title = {{SIRFLOX}: A randomized study},
  journal = jco,
  year = 2016, volume = 34, number = 15, pages = {1723--1731},
  doi = {10.1200/JCO.2015.66.1181}
}
@article{mueller,
  author = {M{\"u}ller, J{\"u}rgen and Garc\'{\i}a-L\'opez, Ana},
  title = {Leber}, journal = {Z Gastroenterol \& Leber}, year = {2019}, volume = {7}, pages = {11--9}
}
@book{smith, author={Smith, John}, title={The Liver}, publisher={Acme}, date={2010-05-01}}
@inproceedings{oak, author={Jean-Paul Oak and others}, title={SIRT}, booktitle={ESMO}, year={2021}, url={https://a.example/}}
@manual{ifu, title={Instructions for use}, organization={Sirtex Medical}, year={2022}}
@misc{web, author={{World Health Organization}}, title={Cancer}, year={2023}, url={https://who.example/}}
"""


def test_bibtex_becomes_citations_as_we_print_them():
    rows = [row.values for row in read_entries(BIBTEX.encode())]
    assert [row["text"] for row in rows] == [
        VAN_HAZEL,
        "Müller J, García-López A. Z Gastroenterol & Leber 2019; 7: 11–9.",
        "Smith J. The Liver. Acme 2010.",
        "Oak JP et al. SIRT. ESMO 2021.",
        "Instructions for use. Sirtex Medical 2022.",
        "World Health Organization. Cancer 2023.",
    ]
    assert [row["kind"] for row in rows] == ["article", "article", "book", "abstract", "labelling", "website"]
    assert [row["year"] for row in rows] == ["2016", "2019", "2010", "2021", "2022", "2023"]
    assert rows[0]["doi"] == "10.1200/JCO.2015.66.1181"
    assert [row.get("url") for row in rows[3:]] == ["https://a.example/", None, "https://who.example/"]


def test_a_bibtex_file_is_imported_and_what_is_known_stays(eu_editor):
    outcome = send(eu_editor, BIBTEX, "library.bib").context["outcome"]
    assert (outcome.added, outcome.unchanged, outcome.problems) == (5, 1, [])
    assert send(eu_editor, BIBTEX, "library.bib").context["outcome"].unchanged == 6


MIXED_BIBTEX = r"""@article{good, author={Ash, A}, title={T}, journal={Liver}, year={2020}}
@article{noyear, author={Elm, B}, title={T}, journal={Liver}}
@article{nojournal, author={Elm, B}, title={T}, year={2020}}
@article{noauthor, title={T}, journal={Liver}, year={2020}}
@article{broken, author={Elm, B}, title={T
@article{good, author={Oak, C}, title={T}, journal={Liver}, year={2020}}
@article{twice, author={Oak, C}, journal={Liver}, journal={Liver}, year={2020}}
@article{baddoi, author={Oak, C}, journal={Liver}, year={2020}, doi={10.1/x}}
@article{same, author={Ash, A}, title={T}, journal={Liver}, year={2020}}
@book{fine, author={Fir, D}, title={Trees}, publisher={Acme}, year={2020}}
"""


@pytest.mark.parametrize(
    ("choice", "expected"),
    [({}, []), ({"keep_good": "on"}, ["Ash A. Liver 2020.", "Fir D. Trees. Acme 2020."])],
)
def test_bad_entries_are_named_with_line_and_reason(eu_editor, choice, expected):
    answer = send(eu_editor, MIXED_BIBTEX, "library.bib", **choice)
    found = dict(answer.context["outcome"].problems)
    reasons = {
        2: "“year” is missing",
        3: "“journal” is missing",
        4: "“author” is missing",
        5: "cannot be read as BibTeX",
        6: "The key “good” is that of an earlier entry",
        7: "more than once: journal",
        8: "doi: A DOI looks like",
        9: "the same source as line 1",
    }
    assert list(found) == list(reasons)
    for line, reason in reasons.items():
        assert reason in found[line]
        assert f"Line {line}:" in answer.text
    assert new() == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\xff\xfe\x00", "UTF-8"),
        ("a.csv", b"doi\n10.1000/1\n", "“text” is missing"),
        ("a.csv", b"text,colour\n", "“colour”"),
        ("a.bib", b"\xff\xfe\x00", "UTF-8"),
        ("a.bib", b"Nothing of the kind.", "no BibTeX entries"),
        ("a.txt", b"  @comment{nothing}", "no BibTeX entries"),
        ("a.csv", b"text\n" + b"A 2020.\n" * 2100, "more than 2000 rows"),
        (
            "a.bib",
            b"".join(b"@book{a%d, title={T}, year=2020}\n" % n for n in range(2100)),
            "more than 2000 rows",
        ),
        ("a.csv", b"text\n" + b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_none_is_refused(eu_editor, name, content, reason):
    answer = send(eu_editor, content, name)
    assert answer.status_code == 200
    assert reason in " ".join(answer.context["form"].errors["file"])
    assert new() == []


NESTED = "{" * 50_000


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        ("@a{" * 300_000, "more than 2000 rows"),
        (f"@article{{a, title={{{NESTED}", "cannot be read as BibTeX"),
        (f"@book{{a, title={{{NESTED}{'}' * 50_000}}}, year=2020}}", "braces are nested too deeply"),
        (f"@book{{a, title={{T}}, author={{{'x and ' * 50_000}y}}, year=2020}}", "more than 5000 people"),
        ("@book{a, title={\\" + "'{" * 3 + "}, year=2020}", "cannot be read as BibTeX"),
    ],
)
def test_a_hostile_bibtex_file_is_read_to_its_end(eu_editor, content, outcome):
    assert outcome in send(eu_editor, content, "library.bib").text


def test_whoever_may_not_add_may_not_import(eu_legal, client):
    for browser in (eu_legal, client):
        assert browser.get(IMPORT).status_code == 302
        assert send(browser, "text\nAsh A. 2020.\n").status_code == 302
    assert new() == []


def test_the_import_is_offered_to_those_who_may(eu_editor, eu_legal):
    listing = "/admin/snippets/therapies/reference/"
    assert IMPORT in eu_editor.get(listing).text
    assert IMPORT not in eu_legal.get(listing).text
    assert "CSV or BibTeX file" in eu_editor.get(IMPORT).text


def entry(**fields: str) -> str:
    written = {"author": "Ash, A", "title": "T", "journal": "Liver", "year": "2020", **fields}
    return "@article{k," + ",".join(f"{name}={{{value}}}" for name, value in written.items()) + "}"


HOSTILE = {
    "40,000 authors": (entry(author=" and ".join(["Ash, A"] * 40_000)), "has more than 5000 people"),
    "fields": (entry(**{f"f{number}": "x" for number in range(200)}), "more than 100 fields"),
    "a long journal": (entry(journal="x" * 20_000), "is longer than 5000 characters"),
    "braces": (entry(journal="{" * 500 + "x" + "}" * 500), "nested too deeply"),
    "braces in a name": (entry(author="{" * 500 + "x" + "}" * 500), "nested too deeply"),
    "a NUL": (entry(journal="Li\0ver"), "Null characters are not allowed"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_entry_that_is_too_much_is_named_with_what(eu_editor, kind):
    content, reason = HOSTILE[kind]
    (problem,) = send(eu_editor, content, "hostile.bib").context["outcome"].problems
    assert reason in problem.reason
    assert not new()


def test_a_file_with_too_many_latex_commands_is_refused(eu_editor):
    answer = send(eu_editor, entry(note="\\&" * 30_000), "hostile.bib")
    assert "more than 20000 LaTeX commands" in answer.text


def test_a_paper_of_a_thousand_authors_is_taken(eu_editor):
    content = entry(author=" and ".join(f"Ash{number}, A" for number in range(1000)))
    assert send(eu_editor, content, "large.bib").context["outcome"].added == 1
    assert new() == ["Ash0 A et al. Liver 2020."]


HOSTILE_CSV = {
    "a million columns": "text" + "," * 900_000,
    "one column a hundred thousand times": "text," * 100_000 + "text\nA\n",
    "a huge name": "x" * 100_000 + ",text\n",
    "a huge cell": 'text\n"' + "x" * 900_000 + '"\n',
    "quotes": "text\n" + '"' * 100_001,
    "a NUL": "te\0xt\nA\n",
    "no rows": "\n" * 1000,
}


@pytest.mark.parametrize("kind", HOSTILE_CSV)
def test_a_hostile_csv_is_refused_in_words(eu_editor, kind):
    answer = send(eu_editor, HOSTILE_CSV[kind])
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    assert not new()


def test_a_file_is_read_before_the_transaction(eu_editor, monkeypatch):
    depths = []

    def read(content: bytes, columns: object) -> list:
        depths.append(len(connection.savepoint_ids))
        return []

    monkeypatch.setattr(importing, "read_rows", read)
    before = len(connection.savepoint_ids)
    send(eu_editor, "text\nA\n")
    assert depths == [before]
