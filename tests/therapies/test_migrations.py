"""Lists of references made by hand become citations, and none is lost on the way."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from therapies.citing.citations import in_order

ROOT = Path(__file__).resolve().parents[2]
convert = import_module("therapies.migrations.0002_references").convert

LISTED = [(7, "Ash A et al. Liver 2020; 1: 2."), (9, "Elm <B>. Liver & Bile 2021."), (8, "Oak, no year")]
ASH = '<a id="7" linktype="reference">Ash 2020</a>'
ELM = '<a id="9" linktype="reference">Elm &lt;B&gt;. Liver &amp; Bile 2021.</a>'
OAK = '<a id="8" linktype="reference">Oak, no year</a>'


def by_hand(place: int) -> str:
    return f'<a href="#reference-{place}">{place}</a>'


def section(text: str) -> dict[str, object]:
    return {"type": "section", "value": {"heading": "H", "text": text}, "id": "a"}


@pytest.mark.parametrize(
    ("text", "listed", "converted"),
    [
        (f"<p>A.<sup>{by_hand(1)}</sup></p>", LISTED[:1], f"<p>A.{ASH}</p>"),
        ('<p>A.<a href="#reference-1"><sup>1</sup></a></p>', LISTED[:1], f"<p>A.{ASH}</p>"),
        ('<p>A.<a id="x" href="#reference-1">1</a></p>', LISTED[:1], f"<p>A.{ASH}</p>"),
        (f"<p>A.<sup>{by_hand(2)}, {by_hand(1)}</sup></p>", LISTED[:2], f"<p>A.{ELM}, {ASH}</p>"),
        (f"<p>A.<sup>{by_hand(1)} B{by_hand(1)}</sup></p>", LISTED[:1], f"<p>A.<sup>{ASH} B{ASH}</sup></p>"),
        ("<p>A.</p>", LISTED, f"<p>A.{ASH}{ELM}{OAK}</p>"),
        (f"<p>A.<sup>{by_hand(2)}</sup></p><ul><li>B</li></ul>", LISTED, None),
        (f"<p>A.{by_hand(4)}</p>", LISTED[:1], f"<p>A.{by_hand(4)}{ASH}</p>"),
        ("", LISTED[:1], f"<p>{ASH}</p>"),
        ("<p>A.</p>", [LISTED[0], LISTED[0]], f"<p>A.{ASH}</p>"),
        ("<p>x<sup>2</sup></p>", [], "<p>x<sup>2</sup></p>"),
    ],
)
def test_a_text_is_converted(text, listed, converted):
    _intro, body = convert("", [section(text)], listed)
    found = body[0]["value"]["text"]
    assert {key for key, _ in listed} == set(in_order([found]))
    if converted is None:
        converted = f"<p>A.{ELM}</p><ul><li>B{ASH}{OAK}</li></ul>"
    assert found == converted


def test_what_was_never_linked_goes_to_the_last_text_or_to_the_introduction():
    figure = {"type": "figure", "value": {"image": 1, "caption": "C"}}
    intro, body = convert("<p>I.</p>", [section("<p>A.</p>"), figure], LISTED[:1])
    assert (intro, body[0]["value"]["text"]) == ("<p>I.</p>", f"<p>A.{ASH}</p>")
    assert convert("<p>I.</p>", [figure], LISTED[:1]) == (f"<p>I.{ASH}</p>", [figure])
    assert convert(None, [], LISTED[:1]) == (f"<p>{ASH}</p>", [])


# Run by a process of its own, on a database of its own, for it goes back to before the citations.
OLD_SITE = """
import json
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

call_command("migrate", verbosity=0)
call_command("migrate", "therapies", "0001_initial", verbosity=0)
apps = MigrationExecutor(connection).loader.project_state([("therapies", "0001_initial")]).apps
get = apps.get_model
ContentType = get("contenttypes", "ContentType")
page_type = ContentType.objects.get(app_label="wagtailcore", model="page")
evidence_type = ContentType.objects.get(app_label="therapies", model="evidencepage")
printed = [("Ash A. 2020.", "10.1000/A"), ("Elm A. 2021.", ""), ("Ash A, again. 2020.", "10.1000/a")]
references = [get("therapies", "Reference").objects.create(text=text, doi=doi) for text, doi in printed]
by_hand = '<p>A.<sup><a href="#reference-2">2</a></sup></p>'
body = [{"type": "section", "id": "s", "value": {"heading": "H", "text": by_hand}}]
page = get("therapies", "EvidencePage").objects.create(
    title="P", draft_title="P", slug="p", path="00019999", depth=2, numchild=0, url_path="/p/", live=True,
    locale=get("wagtailcore", "Locale").objects.first(), content_type=evidence_type, body=json.dumps(body),
)
for order, reference in enumerate(references):
    get("therapies", "PageReference").objects.create(page_id=page.pk, reference=reference, sort_order=order)
draft = '<p>B.<sup><a href="#reference-1">1</a></sup></p>'
cited = [{"pk": n, "sort_order": n, "reference": references[n].pk} for n in (1, 0)]
content = {"intro": draft, "body": json.dumps([]), "cited": cited}
revision = get("wagtailcore", "Revision").objects.create(
    content_type=evidence_type, base_content_type=page_type, object_id=str(page.pk), content=content,
    created_at="2026-01-01T00:00:00Z",
)
call_command("migrate", verbosity=0)

from therapies.models import EvidencePage, Reference
from wagtail.models import Revision

page = EvidencePage.objects.get(pk=page.pk)
print(json.dumps({
    "live": page.body[0].value["text"].source,
    "draft": Revision.objects.get(pk=revision.pk).content,
    "references": list(Reference.objects.order_by("pk").values_list("text", flat=True)),
}))
"""


@pytest.mark.long
def test_a_site_of_before_is_migrated_whole(tmp_path):
    database = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    migrated = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", OLD_SITE],
        cwd=ROOT,
        env={
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": database,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert migrated.returncode == 0, migrated.stderr
    found = json.loads(migrated.stdout)
    ash, elm = (
        '<a id="1" linktype="reference">Ash 2020</a>',
        '<a id="2" linktype="reference">Elm 2021</a>',
    )
    assert found == {
        "live": f"<p>A.{elm}{ash}</p>",
        "draft": {"intro": f"<p>B.{ash}{elm}</p>", "body": "[]"},
        "references": ["Ash A. 2020.", "Elm A. 2021."],
    }


@pytest.mark.long
@pytest.mark.django_db
def test_labels_of_before_become_one_in_all_languages(tmp_path, empty_database):
    migrated = subprocess.run(
        [sys.executable, "-m", "tests.therapies.labels_of_before"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": empty_database,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert migrated.returncode == 0, migrated.stderr
    found = json.loads(migrated.stdout)
    number, later = found["numbers"], found["later"]
    labels = {name: found["labels"].get(str(pk)) for name, pk in number.items()}
    # What agrees is one, and its texts have the labels' numbers.
    assert labels["en"]["texts"] == {
        "en": [number["en"], "<p>One</p>", False],
        "de": [number["de"], "<p>Eins</p>", False],
        "fr": [number["fr"], "<p>Un</p>", False],
    }
    assert labels["de"] is labels["fr"] is None
    # An older language is behind in the present label; what has ended stays as it was.
    assert labels["ended"]["texts"] == {"en": [number["ended"], "<p>Old</p>", False]}
    assert labels["newest"]["texts"]["de"] == [number["behind"], "<p>Alt</p>", True]
    assert labels["newest"]["days"] == ["2025-06-01", "None"]
    # A language that was to go on goes on in the next label, behind it.
    assert labels["first"]["texts"]["de"][0] == number["going_on"]
    assert labels["first"]["days"][1] == labels["following"]["days"][0] == later
    assert labels["following"]["texts"]["de"][1:] == ["<p>Weiter</p>", True]
    # No text stays up that was to end.
    assert labels["stays"]["days"][1] == later
    assert labels["stays"]["texts"]["de"] == [number["ends"], "<p>Endet</p>", True]
    assert set(labels["refused"]["texts"]) == {"en", "fr"}
    assert set(labels["waiting"]["texts"]) == {"en", "de"}
    assert not labels["waiting"]["live"]
    # Nobody loses a draft, nor passes it for somebody else's; what was approved is told from it.
    assert found["drafts"] == {
        "en": "<p>Two, a draft</p>",
        "de": "<p>Zwei, ein Entwurf</p>",
        "fr": "<p>Un</p>",
    }
    assert found["authors"] == ["ann", "bob"]
    assert found["approved"] == {"en": "<p>One</p>", "de": "<p>Eins</p>", "fr": "<p>Un</p>"}
    assert found["opened"] == found["revisions"]
    assert found["reviews"] == ["approved"] * 3 + ["cancelled"]
    assert [note[:20] for note in found["notes"]] == ["This review ended wh"]
    assert str(number["en"]) in found["logged"]
    # The record goes on, and its past is as it was.
    assert found["clean"] == ["All is as it was made."] * 2
    assert found["unchanged"]
    assert found["added"][str(number["behind"])] == [2, ""]
    assert found["added"][str(number["fr"])] == [2, "Cara Old"]
    assert found["next"] > found["highest"]
