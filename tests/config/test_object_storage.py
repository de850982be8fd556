"""Uploads in an S3-compatible storage: what editors and visitors meet is the same as with a disk."""

import io
from collections.abc import Iterator

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from moto.server import ThreadedMotoServer
from PIL import Image as Pillow
from wagtail.images.models import Image

from config.storage_url import media_sources, read_media_url, read_storage
from home.storage import files_undone_on_error

pytestmark = pytest.mark.django_db

KEY = {"aws_access_key_id": "site", "aws_secret_access_key": "s/e+cret", "region_name": "eu-central-1"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3-compatible server on this machine, with a bucket in it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", **KEY)
    client.create_bucket(Bucket="uploads", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def storage(server, settings) -> str:
    """Have the site keep its uploads there, and return STORAGE_URL."""
    url = f"s3://site:s%2Fe%2Bcret@{server}/uploads?region=eu-central-1&prefix=site&tls=0"
    settings.STORAGES = {**settings.STORAGES, "default": read_storage(url)}
    return url


def picture() -> bytes:
    file = io.BytesIO()
    Pillow.effect_noise((300, 300), 80).save(file, "PNG")
    return file.getvalue()


def uploaded(client, title: str = "Liver") -> Image:
    """Upload a picture in the admin, as an administrator, and return it."""
    file = SimpleUploadedFile("liver.png", picture(), "image/png")
    client.post("/admin/images/add/", {"title": title, "file": file, "collection": "1"})
    return Image.objects.get(title=title)


def test_a_picture_is_uploaded_and_shown_by_the_site(storage, administrator, client):
    shown = uploaded(administrator).get_rendition("width-100")
    assert shown.url.startswith("/media/images/liver")
    answer = client.get(shown.url)
    assert answer.headers["Content-Type"] == "image/png"
    assert Pillow.open(io.BytesIO(answer.getvalue())).width == 100
    again = client.get(shown.url, headers={"If-Modified-Since": answer.headers["Last-Modified"]})
    assert again.status_code == 304


def test_two_pictures_of_one_name_stay_two(storage, administrator):
    first, second = uploaded(administrator, "First"), uploaded(administrator, "Second")
    assert first.file.name != second.file.name
    assert first.file.storage.exists(first.file.name)


@pytest.mark.parametrize("path", ["/media/images/none.png", "/media/original_images/liver.png"])
def test_what_is_not_there_or_not_public_is_a_404(storage, administrator, client, path):
    uploaded(administrator)
    assert client.get(path).status_code == 404


def save_and_fail() -> None:
    """Save a file in a transaction that fails."""
    with files_undone_on_error(), transaction.atomic():
        default_storage.save("documents/late.txt", ContentFile(b"text"))
        assert default_storage.exists("documents/late.txt")
        raise ValueError("late")


def test_a_file_is_deleted_again_when_its_request_fails(storage):
    with pytest.raises(ValueError, match="late"):
        save_and_fail()
    assert not default_storage.exists("documents/late.txt")


def test_pictures_may_come_from_a_host_of_their_own(storage, administrator, client, settings):
    settings.MEDIA_URL = read_media_url("https://media.example.com/")
    assert (
        uploaded(administrator).get_rendition("width-100").url.startswith("https://media.example.com/images/")
    )
    assert "https://media.example.com" in administrator.get("/admin/").headers["Content-Security-Policy"]


def test_a_storage_that_does_not_answer_raises_what_a_disk_would(settings):
    url = "s3://site:secret@127.0.0.1:9/uploads?region=eu-central-1&tls=0"
    settings.STORAGES = {**settings.STORAGES, "default": read_storage(url)}
    for ask in (default_storage.exists, default_storage.size, default_storage.open):
        with pytest.raises(OSError, match="object storage"):
            ask("images/none.png")
    with pytest.raises(OSError, match="object storage"):
        default_storage.save("documents/a.txt", ContentFile(b"text"))


def test_no_url_is_this_machine_s_disk():
    assert read_storage("") == {"BACKEND": "home.storage.UploadStorage"}


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("s3:///uploads", {"bucket_name": "uploads"}),
        ("s3:///uploads?region=eu-west-1", {"bucket_name": "uploads", "region_name": "eu-west-1"}),
        (
            "s3://k:s%3A@s3.example.com/uploads",
            {
                "bucket_name": "uploads",
                "endpoint_url": "https://s3.example.com",
                "access_key": "k",
                "secret_key": "s:",
            },
        ),
    ],
)
def test_a_url_says_where_the_bucket_is(url, options):
    assert read_storage(url)["OPTIONS"] == options


@pytest.mark.parametrize(
    "url", ["s3://host", "s3://host/a/b", "http://host/uploads", "uploads", "s3://host/uploads?rigion=x"]
)
def test_what_is_no_storage_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL has to be like"):
        read_storage(url)


@pytest.mark.parametrize(
    "url",
    ["media/", "/files/", "http://media.example.com/", "https://media.example.com", "https:///", "//m.test/"],
)
def test_pictures_come_from_the_site_or_by_https(url):
    with pytest.raises(ImproperlyConfigured, match="MEDIA_URL has to be"):
        read_media_url(url)


def test_the_csp_allows_what_media_url_names_and_no_more():
    assert media_sources("/media/") == []
    assert media_sources("https://media.example.com/site/") == ["https://media.example.com"]
