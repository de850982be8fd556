"""Rules as CSV files: out without formulas, in without surprises, and the same either way."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from redirecting.models import Redirect

pytestmark = pytest.mark.django_db

IMPORT = "/admin/redirects/import/"
EXPORT = "/admin/redirects/?export=csv"


def send(browser, content: str | bytes, **more: str):
    raw = content if isinstance(content, bytes) else content.encode()
    return browser.post(IMPORT, {"file": SimpleUploadedFile("rules.csv", raw), **more})


def exported(browser) -> bytes:
    return b"".join(browser.get(EXPORT))


def problems(answer) -> list[tuple[int, str]]:
    return [tuple(problem) for problem in answer.context["outcome"].problems]


def kept() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_an_export_names_its_columns_and_runs_nothing(administrator, client, keep):
    keep("/eu/old", "/eu/about/", notes='=HYPERLINK("https://evil.test")')
    client.get("/eu/old/")
    header, row = csv.reader(io.StringIO(exported(administrator).decode()))
    assert header == ["from", "to", "match", "status", "priority", "notes", "hits", "last hit"]
    assert row[:7] == ["/eu/old", "/eu/about/", "exact", "301", "0", '\'=HYPERLINK("https://evil.test")', "1"]


def test_an_export_is_read_back_as_it_was(administrator, keep):
    keep("/eu/old", "/eu/about/", notes="=1", counter=3)
    keep("^/eu/p/(.*)$", "/eu/x/$1", "regex", priority=2, type_status_code=302)
    before = list(Redirect.objects.values())
    answer = send(administrator, exported(administrator))
    outcome = answer.context["outcome"]
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 2)
    assert list(Redirect.objects.values()) == before
    Redirect.objects.all().delete()
    export = "from,to,match,status,priority,notes,hits,last hit\n/eu/old,/eu/about/,exact,301,0,'=1,3,\n"
    for added in (1, 0):
        assert send(administrator, export).context["outcome"].added == added
    assert Redirect.objects.get().notes == "=1"
    assert Redirect.objects.get().counter == 0


def test_a_file_brings_no_rule_by_which_visitors_choose_a_page_elsewhere(administrator):
    answer = send(
        administrator, "from,to,match\n^/go/(.*)$,https://evil.test/$1,regex\n/eu/old/,/eu/contact/,exact\n"
    )
    ((line, reason),) = problems(answer)
    assert line == 2
    assert "Visitors could choose any page of evil.test" in reason
    assert kept() == {}


def test_two_columns_are_enough(administrator):
    answer = send(administrator, "from,to\n/eu/old/,/eu/about/\n\n/eu/older/,https://partner.example/\n")
    assert answer.context["outcome"].added == 2
    assert kept() == {"/eu/old": "/eu/about/", "/eu/older": "https://partner.example/"}


def test_a_german_spreadsheet_is_read_too(administrator):
    send(administrator, "﻿To;From\r\n/eu/about/;/eu/old/\r\n")
    assert kept() == {"/eu/old": "/eu/about/"}


def test_a_known_address_is_changed_and_keeps_its_hits(administrator, keep):
    keep("/eu/old", "/eu/about/", counter=3)
    outcome = send(administrator, "from,to\n/EU/old/,/eu/contact/\n").context["outcome"]
    assert (outcome.added, outcome.changed) == (0, 1)
    assert Redirect.objects.values_list("new_path", "counter").get() == ("/eu/contact/", 3)


MIXED = """from,to,match,status
/eu/good/,/eu/about/,exact,301
/eu/about/,/eu/contact/,exact,301
^/eu/(a+)+$,/eu/about/,regex,301
/eu/bad/,javascript:alert(1),exact,301
/eu/good,/eu/contact/,exact,301
/eu/few,/eu/about/
"/eu/two
lines",/eu/about/,exact,301
/eu/status/,/eu/about/,exact,999
/eu/match/,/eu/about/,near,301
/eu/there/,/eu/back/,exact,301
/eu/back/,/eu/there/,exact,301
"""


@pytest.mark.parametrize(("choice", "expected"), [({}, {}), ({"keep_good": "on"}, {"/eu/good"})])
def test_bad_rows_are_named_with_line_and_reason(administrator, choice, expected):
    answer = send(administrator, MIXED, **choice)
    found = dict(problems(answer))
    assert list(found) == [3, 4, 5, 6, 7, 10, 11, 12, 13]
    for line, reason in {
        3: "from: /eu/about shows the page",
        4: "from: A group cannot be repeated",
        5: "to: Only paths",
        6: "the same address as line 2",
        7: "more or fewer cells",
        10: "status: ",
        11: "match: ",
        12: "to: Visitors find no page at /eu/back/",
        13: "to: Visitors find no page at /eu/there/",
    }.items():
        assert reason in found[line]
        assert f"Line {line}:" in answer.text
    assert set(kept()) == set(expected) | ({"/eu/twolines"} & set(kept()))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"from\n/eu/old/\n", "“to” is missing"),
        (b"/eu/old/,/eu/about/\n", "“from” is missing"),
        (b"from,to,colour\n", "“colour”"),
        (b"from,to,to\n", "“to”"),
        (b'from,to\n"/eu/old/,/eu/about/\n', "is no CSV"),
        (b"from,to\n" + b"/a/,/b/\n" * 2100, "more than 2000 rows"),
        (b"from,to\n" + b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_none_is_refused(administrator, content, reason):
    answer = send(administrator, content)
    assert answer.status_code == 200
    assert reason in " ".join(answer.context["form"].errors["file"])
    assert not Redirect.objects.exists()


def test_many_rows_are_read_in_little_time(administrator, django_assert_max_num_queries):
    rows = "".join(f"/eu/old-{number}/,/eu/about/\n" for number in range(300))
    with django_assert_max_num_queries(2 * 300 + 60):  # each is written, and tells the gate
        assert send(administrator, f"from,to\n{rows}").context["outcome"].added == 300
