"""Anchors in a bucket with object lock: what was put there first is what counts, whatever comes over it."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError
from django.conf import settings as given
from django.core.files.storage import storages
from django.db.models import QuerySet
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

from config.storage_url import read_anchor_storage
from home.models import StandardPage
from therapies.anchoring import making, place
from therapies.models import Anchor

from .recorded import publish
from .test_signatures import faults

pytestmark = pytest.mark.django_db
BUCKET, NAME = "anchors", "site/00000001.json"


@pytest.fixture
def bucket(settings) -> Iterator[boto3.client]:
    """A bucket whose objects are locked for a year, and in it the site's write-once place."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="site",
        aws_secret_access_key="secret",
        region_name="eu-central-1",
    )
    where = {"LocationConstraint": "eu-central-1"}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where, ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 365}}
    lock = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    client.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=lock)
    url = f"s3://site:secret@{host}:{port}/{BUCKET}?region=eu-central-1&prefix=site&tls=0"
    settings.STORAGES = {**given.STORAGES, "anchors": read_anchor_storage(url)}
    yield client
    s3_backends.reset()  # which all servers of a process share
    server.stop()


def versions(client) -> list[str]:
    """Return the versions of the first anchor's file, the newest first."""
    found = client.list_object_versions(Bucket=BUCKET, Prefix=NAME).get("Versions", [])
    return [version["VersionId"] for version in found]


def test_an_anchor_is_kept_and_cannot_be_taken_out(bucket):
    anchor = making.make()
    (version,) = versions(bucket)
    assert bucket.head_object(Bucket=BUCKET, Key=NAME)["ObjectLockMode"] == "COMPLIANCE"
    with pytest.raises(ClientError, match="AccessDenied"):
        bucket.delete_object(Bucket=BUCKET, Key=NAME, VersionId=version)
    assert [there.statement for there in place.anchors()] == [anchor.statement]
    assert making.make() is None
    assert faults() == ""


def test_what_is_put_over_an_anchor_changes_nothing(bucket):
    anchor = making.make()
    bucket.put_object(Bucket=BUCKET, Key=NAME, Body=b"forged")
    assert len(versions(bucket)) == 2
    assert [there.statement for there in place.anchors()] == [anchor.statement]
    bucket.delete_object(Bucket=BUCKET, Key=NAME)  # which puts a mark of deletion over it
    assert [there.statement for there in place.anchors()] == [anchor.statement]
    assert faults() == ""


def test_an_older_database_is_found_by_the_bucket(bucket, eu_home):
    making.make()
    publish(StandardPage.objects.child_of(eu_home).get(slug="about"), "Since")
    making.make()
    QuerySet(Anchor).filter(number=2).delete()
    bucket.delete_object(Bucket=BUCKET, Key="site/00000002.json")
    assert "anchor 2 of" in faults()
    assert "only in the write-once place. An older database was restored since." in faults()


def test_two_that_put_it_there_at_once_leave_one_anchor(bucket, monkeypatch):
    exists = storages["anchors"].exists

    def overtaken(name: str) -> bool:
        monkeypatch.undo()
        place.keep(Anchor.objects.get())
        return exists("another")

    monkeypatch.setattr(storages["anchors"], "exists", overtaken)
    anchor = making.make()
    names = {file["Key"] for file in bucket.list_object_versions(Bucket=BUCKET)["Versions"]}
    assert names == {NAME}
    assert [there.statement for there in place.anchors()] == [anchor.statement]
    assert faults() == ""
