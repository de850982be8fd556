"""Each entry of the record is signed; what is older than the key is signed by a person’s act."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from config import record_keys
from region_gate.models import LateSignature
from region_gate.models.sealed import EntryFault, SealedQuerySet
from region_gate.signatures import Signature
from review.endings.choosing import choose
from therapies.chains import CHAINS
from therapies.models import LabelVersion, Publication

from .test_document import without_keys

pytestmark = pytest.mark.django_db


def faults() -> str:
    """Return what the command finds wrong, blank for nothing."""
    told = StringIO()
    try:
        call_command("check_record", stdout=StringIO(), stderr=told)
    except SystemExit:
        return told.getvalue()
    return ""


def forge(entry, **changed) -> None:
    """Write into `entry`, a row, by the database itself."""
    with connection.cursor() as cursor:
        for name, value in changed.items():
            cursor.execute(
                f"UPDATE {entry._meta.db_table} SET {name} = %s WHERE id = %s",  # noqa: S608
                [value, entry.pk],
            )


@pytest.fixture
def entry(eu_home) -> Publication:
    """The last entry about the European home page."""
    return Publication.objects.chain(eu_home.pk).last()


@pytest.mark.parametrize("model", [Publication, LabelVersion])
def test_every_entry_is_signed_by_the_key_of_now(model):
    entries = [*model.objects.all()]
    assert entries
    keys = record_keys.signer()
    assert all(keys.verifies(one.statement, Signature(one.key, one.signature)) for one in entries)
    assert faults() == ""


def test_a_change_that_is_hashed_anew_lacks_the_signature(entry):
    entry.title = "Cured"
    forge(entry, title="Cured", sha256=entry.seal())
    assert f"Page {entry.subject}, entry {entry.number}: {EntryFault.FORGED}." in faults()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"signature": ""}, EntryFault.UNSIGNED),
        ({"signature": "A" * 86}, EntryFault.FORGED),
        ({"signature": "no base64 ü"}, EntryFault.FORGED),
        ({"key": "0" * 16}, EntryFault.FORGED),
        ({"approval": '{"code": "X"}'}, EntryFault.ALTERED),
        ({"sha256": "0" * 64}, EntryFault.ALTERED),
        ({"since": "2020-01-01 00:00:00"}, EntryFault.ALTERED),
        ({"number": 9}, EntryFault.GAP),
        ({"previous": "0" * 64}, EntryFault.GAP),
    ],
)
def test_a_forged_entry_is_named_with_what_is_wrong(entry, changed, fault):
    forge(entry, **changed)
    assert f": {fault}." in faults()


def test_a_signature_is_not_another_entry_s(entry, about_entry):
    forge(entry, signature=about_entry.signature)
    assert f"Page {entry.subject}, entry {entry.number}: {EntryFault.FORGED}." in faults()


@pytest.fixture
def about_entry() -> Publication:
    """An entry about another page."""
    return Publication.objects.filter(url__endswith="/eu/about/").last()


@pytest.fixture
def _before_the_key():
    for model in CHAINS:
        QuerySet(model).update(signature="", key="")


@pytest.mark.usefixtures("_before_the_key")
def test_a_record_from_before_the_key_is_signed_once(entry):
    assert f"Page {entry.subject}, entry {entry.number}: the last from before" in faults()
    call_command("keep_record", sign_former=True, stdout=StringIO())
    assert faults() == ""
    number = LateSignature.objects.count()
    assert number == sum(SealedQuerySet(model).count() for model in CHAINS)
    call_command("keep_record", sign_former=True, stdout=StringIO())
    assert LateSignature.objects.count() == number


@pytest.mark.usefixtures("_before_the_key")
def test_what_was_signed_late_is_held_by_that(entry):
    call_command("keep_record", sign_former=True, stdout=StringIO())
    entry.title = "Cured"
    forge(entry, title="Cured", sha256=entry.seal())
    assert f"Page {entry.subject}, entry {entry.number}: {EntryFault.FORGED}" in faults()
    call_command("keep_record", stdout=StringIO())
    call_command("keep_record", sign_former=True, stdout=StringIO())
    assert f"Page {entry.subject}, entry {entry.number}: {EntryFault.FORGED}" in faults()


@pytest.mark.usefixtures("_before_the_key")
def test_a_chain_that_was_tampered_with_is_not_signed_late(entry):
    forge(entry, title="Cured")
    call_command("keep_record", sign_former=True, stdout=StringIO())
    assert not LateSignature.objects.filter(chain="page", subject=entry.subject).exists()
    assert LateSignature.objects.exclude(subject=entry.subject).exists()
    assert EntryFault.ALTERED in faults()


@pytest.mark.usefixtures("_before_the_key")
def test_chains_of_which_the_end_alone_was_signed_are_signed_wholly(entry):
    signed = record_keys.signer().sign(entry.statement)
    place = {"chain": "page", "subject": entry.subject, "number": entry.number}
    LateSignature.objects.create(**place, signature=signed.value, key=signed.key)
    call_command("keep_record", sign_former=True, stdout=StringIO())
    numbers = LateSignature.objects.filter(chain="page", subject=entry.subject)
    assert sorted(numbers.values_list("number", flat=True)) == [*range(1, entry.number + 1)]


def test_a_choice_is_sealed_with_who_made_it(us, django_user_model):
    legal = django_user_model.objects.get(username="us-legal")
    choice = choose(us, legal, keeps_up=False, reason="Safer.")
    assert (choice.person, choice.roles) == ("us-legal", ["us legal"])
    assert {"person", "roles", "by", "region"} <= {*choice.sealed_names}
    assert faults() == ""
    forge(choice, reason="Cheaper.")
    assert f"Choice 1, entry {choice.number}: {EntryFault.ALTERED}" in faults()


def test_without_keys_nothing_is_signed_and_nothing_is_wrong(entry):
    with without_keys():
        follower = Publication(subject=entry.subject, since=entry.since, is_live=True, language="en")
        follower.save()
        assert (follower.signature, follower.key) == ("", "")
        assert follower.fault(None) is None
        assert not [*LabelVersion.objects.unsigned_ends()]


def test_a_key_that_was_rotated_out_still_verifies(entry, settings):
    assert faults() == ""
    old, new = settings.RECORD_KEYS[0], "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldyE"
    settings.RECORD_KEYS = [new]
    assert EntryFault.FORGED in faults()
    settings.RECORD_KEYS = [new, old]
    assert faults() == ""
    public = record_keys.signer().published["keys"][1]
    settings.RECORD_KEYS = [new, f"public:{public['x']}"]
    assert faults() == ""
    assert record_keys.signer().sign("x").key != entry.key
