"""The record's anchors: time-stamped, kept apart, and what they find that a chain by itself does not."""

import json
import stat
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as given
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.test import override_settings

from config import record_keys
from config.storage_url import read_anchor_storage
from home.models import StandardPage
from region_gate.models.sealed import EntryFault
from region_gate.signatures import Signature
from therapies import merkle
from therapies.anchoring import anchor_folder, checking, making
from therapies.anchoring.exceptions import OlderDatabaseError, StampError
from therapies.anchoring.place import keep
from therapies.chains import CHAINS
from therapies.models import Anchor, EndingChoice, LabelVersion, Publication, RecordedFile

from .authority import Authority, Between, authority
from .recorded import publish
from .test_signatures import faults, forge

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stamper(tmp_path_factory) -> Iterator[Authority]:
    """An authority that stamps."""
    with authority(tmp_path_factory.mktemp("authority")) as found:
        yield found


@pytest.fixture
def place(tmp_path, stamper, settings) -> Path:
    """The write-once place, here a folder; anchors are stamped."""
    folder = tmp_path / "anchors"
    settings.STORAGES = {**given.STORAGES, "anchors": read_anchor_storage(str(folder))}
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES = stamper.url, str(stamper.roots)
    return folder


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A European page."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


def anchored() -> Anchor:
    """Return a new anchor."""
    anchor = making.make()
    assert anchor
    return anchor


def test_an_anchor_has_every_entry_signed_and_stamped(place):
    anchor = anchored()
    number = sum(QuerySet(model).count() for model in CHAINS)
    assert len(anchor.entries) == number
    assert record_keys.signer().verifies(anchor.statement, Signature(anchor.key, anchor.signature))
    assert anchor.time_stamp
    (file,) = place.iterdir()
    assert json.loads(file.read_text())["statement"] == anchor.statement
    assert stat.S_IMODE(file.stat().st_mode) == 0o400
    assert making.make() is None
    assert faults() == ""


def test_the_next_anchor_has_only_what_is_new(place, about):
    first = anchored()
    publish(about, "Second")
    second = anchored()
    assert 0 < len(second.entries) < len(first.entries)
    assert f"previous {first.sha256}" in second.statement
    assert faults() == ""


@pytest.mark.parametrize("size", [*range(1, 18), 100])
def test_each_leaf_leads_to_the_root(size):
    leaves = [merkle.leaf(str(number)) for number in range(size)]
    for place, found in enumerate(leaves):
        for step in merkle.path(place, merkle.levels(leaves)):
            other = urlsafe_b64decode(step[1:] + "==")
            found = merkle._node(other, found) if step[0] == merkle.LEFT else merkle._node(found, other)
        assert found == merkle.root(leaves)


def test_the_tree_is_that_of_the_rfc():
    one, two, three = (merkle.leaf(text) for text in "abc")
    assert merkle.root([one, two, three]) == merkle._node(merkle._node(one, two), three)


def rewritten(about) -> None:
    """Rewrite the whole chain of a page, with our own key: whoever has both can."""
    entries = [*Publication.objects.chain(about.pk)]
    previous = ""
    for entry in entries:
        entry.title, entry.previous = "Never said", previous
        previous = entry.seal()
        signed = record_keys.signer().sign(f"record entry\npage {entry.subject} {entry.number}\n{previous}\n")
        forge(entry, title="Never said", previous=entry.previous, sha256=previous, signature=signed.value)


def without_a_label(about) -> None:
    """Delete all that a label ever said."""
    QuerySet(LabelVersion).filter(subject=LabelVersion.objects.first().subject).delete()


def cut(about) -> None:
    """Take the end of a chain away."""
    QuerySet(Publication).filter(pk=Publication.objects.chain(about.pk).last().pk).delete()


def gap(about) -> None:
    """Take an entry out of the middle."""
    QuerySet(Publication).filter(subject=about.pk, number=2).delete()


def restored(about) -> None:
    """Put a database in place that was backed up before the anchor."""
    cut(about)
    QuerySet(Anchor).filter(number=2).delete()


def swapped(about) -> None:
    """Change the order of two entries."""
    second, third = Publication.objects.filter(subject=about.pk, number__in=[2, 3]).order_by("number")
    forge(third, number=99)
    forge(second, number=3)
    forge(third, number=2)


def other_choice(about) -> None:
    """Change what was to become of pages whose label has ended."""
    forge(EndingChoice.objects.get(number=1), keeps_up=True)


def without_files(about) -> None:
    """Delete the pictures and styles that pages showed."""
    QuerySet(RecordedFile).delete()


def changing(**fields):
    """Return what changes the second entry of a page."""
    return lambda about: forge(Publication.objects.get(subject=about.pk, number=2), **fields)


FORGERIES = {
    "words": (changing(html="<p>It cures.</p>"), "entry 2: " + EntryFault.ALTERED),
    "code": (changing(approval='{"code": "EU-1"}'), "entry 2: " + EntryFault.ALTERED),
    "hash": (changing(sha256="0" * 64), "entry 2: " + EntryFault.ALTERED),
    "date": (changing(since="2020-01-01 00:00:00"), "entry 2: " + EntryFault.ALTERED),
    "signature": (changing(signature="A" * 86), "entry 2: " + EntryFault.FORGED),
    "no signature": (changing(signature=""), "entry 2: " + EntryFault.UNSIGNED),
    "a choice": (other_choice, "Choice 1, entry 1: " + EntryFault.ALTERED),
    "a file": (without_files, ": missing. Page "),
    "order": (swapped, EntryFault.GAP),
    "a deleted entry": (gap, "entry 2: deleted since anchor 1 of"),
    "a rewritten chain": (rewritten, "entry 1: rewritten since anchor 1 of"),
    "all versions of a label deleted": (without_a_label, "entry 1: deleted since anchor 1 of"),
    "a truncated chain": (cut, "entry 4: deleted since anchor 2 of"),
    "an older database": (restored, "only in the write-once place. An older database was restored since."),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_each_forgery_is_found_with_what_is_wrong(place, about, name):
    for title in ("First", "Second"):
        publish(about, title)
    anchored()
    publish(about, "Third")
    anchored()
    assert faults() == ""
    forgery, told = FORGERIES[name]
    forgery(about)
    assert told in faults()


def test_what_lies_after_the_last_anchor_is_not_found(place, about):
    anchored()
    publish(about, "Since")
    cut(about)
    assert "deleted" not in faults()


def test_entries_put_in_later_among_older_ones_are_found(place, about):
    anchored()
    publish(about, "Since")
    newest = Publication.objects.chain(about.pk).last()
    forge(newest, id=Publication.objects.order_by("pk").first().pk - 1)
    assert "put in among entries that are older than anchor 1" in faults()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"lines": "page 1 1 " + "0" * 64}, "its entries were changed"),
        ({"statement": "record anchor 1\nprevious -\nroot 0\n"}, "its signature is none of ours"),
        ({"time_stamp": "AAAA"}, "The time-stamp is not the authority’s"),
        ({"until": '{"page": 1}'}, "its entries were changed"),
        ({"made_at": "2020-01-01 00:00:00"}, "the date on which it was noted was changed"),
        ({"made_at": "2090-01-01 00:00:00"}, "the date on which it was noted was changed"),
    ],
)
def test_a_forged_anchor_is_found_even_without_a_place(settings, stamper, changed, told):
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES = stamper.url, str(stamper.roots)
    forge(anchored(), **changed)
    assert any(told in fault for fault in checking.faults())


def test_an_anchor_changed_here_or_gone_there_is_found(place):
    forge(anchored(), time_stamp="")
    assert "not as it is in the write-once place" in faults()
    for file in place.iterdir():
        file.unlink()
    assert "missing in the write-once place" in faults()


def test_a_silent_authority_is_asked_again_and_leaves_nothing_half(place, stamper):
    stamper.asked.clear()
    stamper.failures = 1
    with pytest.raises(StampError):
        making.make()
    with pytest.raises(CommandError) as failed, override_settings(TIMESTAMP_URL="http://127.0.0.1:1/"):
        call_command("anchor_record")
    assert failed.value.returncode == 2
    assert not Anchor.objects.exists()
    assert not place.exists() or not [*place.iterdir()]
    assert anchored().number == 1
    stamper.failures = 0


def test_an_anchor_that_was_kept_and_not_noted_is_taken_over(place, about):
    first = anchored()
    QuerySet(Anchor).delete()
    publish(about, "Since")
    second = anchored()
    assert (second.number, Anchor.objects.first().statement) == (2, first.statement)
    assert faults() == ""


def test_two_that_are_made_at_once_become_one(place, monkeypatch):
    stamped = making.stamp

    def overtaken(statement: str) -> str:
        monkeypatch.setattr(making, "stamp", stamped)
        anchored()
        return stamped(statement)

    monkeypatch.setattr(making, "stamp", overtaken)
    assert making.make() is None
    assert Anchor.objects.count() == len([*place.iterdir()]) == 1
    assert making.make() is None
    assert faults() == ""


def test_two_that_put_it_into_the_place_at_once_leave_it_there_once(place, monkeypatch):
    exists = storages["anchors"].exists

    def overtaken(name: str) -> bool:
        monkeypatch.undo()
        keep(Anchor.objects.get())
        return exists("another")

    monkeypatch.setattr(storages["anchors"], "exists", overtaken)
    anchored()
    assert [file.name for file in place.iterdir()] == ["00000001.json"]
    keep(Anchor.objects.get())
    with pytest.raises(OSError, match="already"):
        keep(Anchor(number=1, statement="Another", lines="", until={}))
    assert faults() == ""


def test_an_anchor_that_was_noted_and_not_kept_is_kept_the_next_time(place, monkeypatch):
    monkeypatch.setattr(making.place, "keep", broken)
    with pytest.raises(OSError, match="It stopped"):
        making.make()
    monkeypatch.undo()
    assert making.make() is None
    assert [file.name for file in place.iterdir()] == ["00000001.json"]
    assert faults() == ""


def broken(*given) -> None:
    """Stop in the middle."""
    raise OSError("It stopped.")


def test_a_file_is_whole_or_not_there_whenever_the_machine_stops(place, monkeypatch):
    monkeypatch.setattr(anchor_folder.os, "fsync", broken)
    with pytest.raises(OSError, match="It stopped"):
        making.make()
    assert [file.suffix for file in place.iterdir()] == [".part"]
    monkeypatch.undo()
    assert making.make() is None
    assert [file.name for file in place.iterdir()] == ["00000001.json"]
    assert faults() == ""


def test_an_anchor_that_was_taken_away_there_is_not_put_back_in_silence(place, about):
    anchored()
    publish(about, "Since")
    anchored()
    (place / "00000001.json").unlink()
    publish(about, "Then")
    anchored()
    assert "anchor 1 of" in faults()
    assert "missing in the write-once place" in faults()


def test_time_stamps_that_nobody_compares_are_named(place, settings):
    anchored()
    assert checking.note() == ""
    settings.TIMESTAMP_CERTIFICATES = ""
    out = StringIO()
    call_command("check_record", stdout=out)
    assert "whose the anchors’ time-stamps are" in out.getvalue()
    settings.TIMESTAMP_CERTIFICATES = "/nowhere.pem"
    assert "certificates cannot be read" in faults()


@pytest.mark.parametrize(
    ("between", "is_refused"),
    [(Between(), False), (Between(is_authority=False), True), (Between(days=-1), True)],
)
def test_what_stands_between_authority_and_root_may_certify_and_is_valid(
    settings, tmp_path, between, is_refused
):
    with authority(tmp_path, between=between) as other:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES = other.url, str(other.roots)
        if is_refused:
            with pytest.raises(StampError, match="not the authority’s"):
                making.make()
        else:
            assert anchored().time_stamp


def test_no_anchor_is_made_over_an_older_database(place, about):
    publish(about, "Gone")
    anchored()
    cut(about)
    QuerySet(Anchor).delete()
    with pytest.raises(OlderDatabaseError, match="an older database was restored"):
        making.make()
    with pytest.raises(CommandError) as failed:
        call_command("anchor_record", stdout=StringIO())
    assert failed.value.returncode == 1


def test_a_stamp_of_another_authority_is_refused(place, tmp_path_factory, settings):
    folder = tmp_path_factory.mktemp("other")
    with authority(folder, curve="P-256") as other:
        settings.TIMESTAMP_URL = other.url
        with pytest.raises(StampError, match="not the authority’s"):
            making.make()
        settings.TIMESTAMP_CERTIFICATES = str(other.roots)
        assert anchored().time_stamp
