"""Players get the parts of a video that they ask for, and nobody more than that."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(eu):
    return get_document_model().objects.create(
        title="Film", file=ContentFile(b"0123456789", name="film.mp4"), collection=eu.collection
    )


def ask(film, **headers: str):
    return signed_in("eu-editor").get(film.url, headers=headers)


@pytest.mark.parametrize(
    ("asked", "status", "content", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=٣-", 200, b"0123456789", None),
    ],
)
def test_a_part_is_served(film, asked, status, content, said):
    answer = ask(film, range=asked)
    assert (answer.status_code, answer.getvalue(), answer.get("Content-Range")) == (status, content, said)


def test_the_whole_says_that_parts_can_be_had(film):
    answer = ask(film)
    assert (answer.status_code, answer["Accept-Ranges"]) == (200, "bytes")
    assert answer.getvalue() == b"0123456789"


def test_a_part_is_no_way_around_who_may_read(film, client):
    assert client.get(film.url, headers={"range": "bytes=0-3"}).status_code == 404


def test_a_part_of_what_may_have_changed_is_the_whole(film):
    answer = ask(film, range="bytes=0-3", if_range='"old"')
    assert answer.status_code == 200
    answer.close()
