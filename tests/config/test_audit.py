"""The audit passes on the demo, and names whatever is planted."""

import json
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from pypdf import PdfWriter
from pypdf.annotations import Link
from wagtail.documents.models import Document

from config import canonical_addresses
from redirecting.models import Redirect
from region_gate import middleware, snapshot
from region_gate.auditing import notice_check
from region_gate.auditing.audit import audit
from region_gate.auditing.flaws import AuditFault
from region_gate.auditing.reachable import unreachable_addresses
from region_gate.links.policies import Decision
from region_gate.models import Notice, Policy

pytestmark = pytest.mark.django_db

TREATMENT = "http://localhost/eu/therapies/liver-metastases-colorectal-cancer/"


def run(*words: str) -> tuple[int, str]:
    """Return the exit status and output of `manage.py audit_gate`."""
    out = StringIO()
    try:
        call_command("audit_gate", *words, stdout=out)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue()
    return 0, out.getvalue()


def pdf(address: str) -> bytes:
    """Return a PDF of one page that links to `address`."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    link = Link(rect=(0, 0, 50, 50), url=address)
    writer.add_annotation(0, link)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


@pytest.fixture
def document(settings, tmp_path, eu, monkeypatch):
    """Return what puts a PDF that links to an address into the European collection."""
    monkeypatch.setattr("config.documents.is_public", lambda document: True)
    settings.MEDIA_ROOT = tmp_path

    def make(address: str) -> Document:
        file = ContentFile(pdf(address), "leaflet.pdf")
        return Document.objects.create(title="Leaflet", file=file, collection=eu.collection)

    return make


def test_the_demo_passes_with_its_totals():
    status, printed = run()
    assert status == 0, printed
    assert "0 flaws" in printed
    for kind in ("cross-region", "third-party", "same region", "neutral", "contact"):
        assert kind in printed


def test_what_is_planted_in_a_template_a_rule_and_a_document_is_named(document, settings, tmp_path):
    template = tmp_path / "templates" / "home" / "search.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "base.html" %}{% block content %}<a href="ftp://template.test/">T</a>{% endblock %}'
    )
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates", *settings.TEMPLATES[0]["DIRS"]]}
    ]
    Redirect.objects.create(old_path="/eu/old/", new_path="https://rule.test/")
    Policy.objects.create(decision=Decision.BLOCKED, host="rule.test", reason="A rival's.", live=True)
    document("https://document.test/")
    status, printed = run()
    assert status == 1
    for planted in ("ftp://template.test/", "https://rule.test/", "https://document.test/"):
        assert planted in printed


def test_a_page_that_slips_past_the_gate_is_found(monkeypatch):
    monkeypatch.setattr(middleware, "gate_links", lambda html, gate: html)
    found = audit([TREATMENT])
    assert {flaw.fault for flaw in found.flaws} == {AuditFault.UNGATED}
    assert any("doi.org" in flaw.address for flaw in found.flaws)
    assert any("/us/clinical-evidence/" in flaw.address for flaw in found.flaws)


def test_a_redirect_that_slips_past_the_gate_is_found(monkeypatch):
    Redirect.objects.create(old_path="/eu/old/", new_path="https://evil.test/")
    monkeypatch.setattr(middleware, "_gate_redirect", lambda request, response, gate: response)
    (flaw,) = audit(["http://localhost/eu/old/"]).flaws
    assert (flaw.fault, flaw.address) == (AuditFault.UNGATED, "https://evil.test/")


def test_a_gate_before_what_is_no_crossing_is_found(monkeypatch):
    seen_from_us = SimpleNamespace(seen_by=lambda request, region=None: snapshot.seen_by(request, "us"))
    monkeypatch.setattr(middleware, "snapshot", seen_from_us)
    found = audit([TREATMENT])
    assert AuditFault.WRONGLY_GATED in {flaw.fault for flaw in found.flaws}


def test_words_that_nobody_approved_are_found():
    QuerySet(Notice).filter(kind="third-party").update(heading="Now going")
    assert audit([TREATMENT]).flaws == []
    notice = Notice.objects.get(kind="third-party", locale__language_code="en")
    assert notice.heading == "Now going"


def test_altered_words_on_the_page_are_found(monkeypatch):
    monkeypatch.setattr(notice_check, "_approved_words", lambda *of: "Other words\n")
    faults = [flaw.fault for flaw in audit([TREATMENT]).flaws]
    assert AuditFault.WRONG_WORDS in faults


def test_a_broken_page_is_found(client, monkeypatch):
    monkeypatch.setattr(middleware, "gate_links", None)
    client.handler.raise_request_exception = False
    (flaw,) = audit([TREATMENT]).flaws
    assert (flaw.fault, flaw.detail) == (AuditFault.BROKEN, "HTTP 500")


@pytest.mark.parametrize(
    ("address", "is_flaw"),
    [
        ("https://evil.test/", True),
        ("http://localhost/us/", True),
        ("http://localhost/eu/", False),
        ("mailto:a@b.test", False),
        ("javascript:alert(1)", True),
    ],
)
def test_the_links_of_a_pdf_are_seen_from_its_region(document, address, is_flaw):
    made = document(address)
    found = audit([f"http://localhost{made.url}"])
    assert bool(found.flaws) is is_flaw


def test_a_pdf_that_cannot_be_read_is_a_flaw(document):
    made = document("https://evil.test/")
    made.file.save("broken.pdf", ContentFile(b"%PDF-1.4 broken"))
    (flaw,) = audit([f"http://localhost{made.url}"]).flaws
    assert flaw.element == "pdf"


def test_one_region_can_be_audited_alone():
    status, printed = run("--region", "us", "--format", "json")
    assert status == 0
    assert 0 < json.loads(printed)["pages"] < 30


def test_an_unknown_region_is_refused():
    with pytest.raises(CommandError, match="no region with the code 'atlantis'"):
        run("--region", "atlantis")


@pytest.mark.long
def test_a_table_for_spreadsheets_computes_nothing(document):
    document("\thttps://evil.test/")
    status, printed = run("--format", "csv")
    assert status == 1
    assert printed.splitlines()[0] == "fault,page,element,address,detail"
    assert ",'\thttps://evil.test/," in printed


def test_a_document_is_asked_for_by_its_other_spellings(document, monkeypatch):
    made = document("http://localhost/eu/")
    address = f"http://localhost{made.url}"
    others = unreachable_addresses()[address]
    assert f"http://localhost/documents/00{made.pk}/{made.filename}" in others
    assert f"http://localhost/media/images/..%2f{made.file.name}" in others
    assert audit([], {address: others}).flaws == []
    monkeypatch.setattr(canonical_addresses, "is_as_spelt", lambda request: True)
    flaws = audit([], {address: others}).flaws
    assert {(flaw.fault, flaw.page, flaw.detail) for flaw in flaws} == {
        (AuditFault.OTHER_SPELLING, address, "HTTP 200")
    }
    assert any("%2f" in flaw.address for flaw in flaws)


@pytest.mark.long
def test_a_document_that_is_served_by_another_spelling_is_named(document, monkeypatch):
    document("http://localhost/eu/")
    monkeypatch.setattr(canonical_addresses, "is_as_spelt", lambda request: True)
    status, printed = run("--region", "eu")
    assert status == 1
    assert "another spelling" in printed
    assert run("--region", "us")[0] == 0
