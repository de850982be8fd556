"""OpenSSL alone verifies a document's signature, an entry's and the time-stamp, without a program of ours."""

import json
import re
import subprocess
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from config import record_keys
from therapies.anchoring import making
from therapies.models import Publication
from therapies.page_record.circumstances import Circumstances, form
from therapies.page_record.document import document
from therapies.page_record.rendering import Then

from .authority import OPENSSL, Authority, authority

pytestmark = pytest.mark.django_db
# What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410).
BEFORE_THE_KEY = bytes.fromhex("302a300506032b6570032100")
SIGNED = re.compile(r'id="record-signature" data-key="(\w+)">([\w-]+)<')
STATED = re.compile(r'id="record-sha256">(\w+)<')
PROOF = re.compile(r'<script id="record-proof" type="application/json">([^<]*)</script>')


@pytest.fixture(scope="module")
def stamper(tmp_path_factory) -> Iterator[Authority]:
    """An authority that stamps."""
    with authority(tmp_path_factory.mktemp("authority")) as found:
        yield found


@pytest.fixture
def handed_over(stamper, settings) -> str:
    """The document of a European page whose entry is in a stamped anchor."""
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES = stamper.url, str(stamper.roots)
    assert making.make()
    entry, now = Publication.objects.filter(region="eu", language="en").last(), timezone.now()
    then = Then.at(Publication.objects.all(), entry.subject, entry.since, now)
    assert then
    return document(then, Circumstances(entry.subject, entry.since, "UTC", "en", now, "eu-legal", form("en")))


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def says(folder: Path, *words: str, **files: bytes) -> str:
    """Return what OpenSSL answers in a folder that has these files and no others."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    done = subprocess.run([OPENSSL, *words], cwd=folder, capture_output=True, text=True, env={})
    return done.stdout + done.stderr


def signature_is(folder: Path, key: str, value: str, statement: str) -> str:
    """Return what OpenSSL says of a signature by one of the published keys."""
    (jwk,) = (one for one in record_keys.signer().published["keys"] if one["kid"] == key)
    return says(
        folder,
        *("pkeyutl", "-verify", "-pubin", "-inkey", "key", "-keyform", "DER", "-rawin"),
        *("-sigfile", "signature", "-in", "statement"),
        key=BEFORE_THE_KEY + bytes_of(jwk["x"]),
        signature=bytes_of(value),
        statement=statement.encode(),
    )


def proof_in(html: str) -> dict[str, Any]:
    found = PROOF.search(html)
    assert found
    return json.loads(found[1])


def entry_statement(entry: dict[str, Any]) -> str:
    return f"record entry\n{entry['chain']} {entry['subject']} {entry['number']}\n{entry['sha256']}\n"


def test_the_documents_signature_holds(handed_over, tmp_path):
    stated, signed = STATED.search(handed_over), SIGNED.search(handed_over)
    assert stated
    assert signed
    unsigned = handed_over.replace(stated[0], 'id="record-sha256"><')
    unsigned = unsigned.replace(signed[0], 'id="record-signature" data-key=""><')
    assert sha256(unsigned.encode()).hexdigest() == stated[1]
    statement = f"record document\n{stated[1]}\n"
    assert "Verified Successfully" in signature_is(tmp_path, signed[1], signed[2], statement)
    changed = f"record document\n{'0' * 64}\n"
    assert "Verification Failure" in signature_is(tmp_path, signed[1], signed[2], changed)


def test_the_entrys_signature_holds(handed_over, tmp_path):
    entry = proof_in(handed_over)["entry"]
    assert sha256(entry["facts"].encode()).hexdigest() == entry["sha256"]
    told = signature_is(tmp_path, entry["key"], entry["signature"], entry_statement(entry))
    assert "Verified Successfully" in told
    moved = {**entry, "number": entry["number"] + 1}
    told = signature_is(tmp_path, entry["key"], entry["signature"], entry_statement(moved))
    assert "Verification Failure" in told


@pytest.mark.parametrize(("added", "told"), [(b"", "Verification: OK"), (b" ", "Verification: FAILED")])
def test_the_time_stamp_is_the_authoritys(handed_over, stamper, tmp_path, added, told):
    (anchor,) = proof_in(handed_over)["anchors"].values()
    assert told in says(
        tmp_path,
        *("ts", "-verify", "-token_in", "-in", "token", "-data", "statement", "-CAfile", "roots"),
        token=b64decode(anchor["time_stamp"]),
        statement=anchor["statement"].encode() + added,
        roots=stamper.roots.read_bytes(),
    )
