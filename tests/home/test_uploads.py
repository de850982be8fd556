"""Files that are sent: none that is broken is kept, and none that its request did not keep."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from pypdf import PdfWriter
from wagtail.documents.models import Document
from wagtail.images.models import Image

from home.image_form import ImageForm
from home.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """An empty folder for files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 300)) -> bytes:
    file = io.BytesIO()
    Pillow.effect_noise(size, 80).save(file, kind)
    return file.getvalue()


def bomb() -> bytes:
    """Return a small PNG that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")


def pdf() -> bytes:
    file, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(file)
    return file.getvalue()


BROKEN_PICTURES = {
    "cut.png": picture()[:2000],
    "cut.jpg": picture("JPEG")[:2000],
    "cut.gif": picture("GIF")[:2000],
    "cut.webp": picture("WEBP")[:2000],
    "head.png": picture()[:20],
    "garbage.png": b"garbage" * 100,
    "empty.png": b"",
    "other.png": picture("JPEG"),
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "entities.png": b"<!DOCTYPE x [<!ENTITY a 'a'>]><svg>&a;</svg>",
    "bomb.png": bomb(),
    "cut.avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
}
BROKEN_PDFS = {
    "garbage.pdf": b"garbage" * 100,
    "cut.pdf": pdf()[:200],
    "head.pdf": b"%PDF-1.7",
    "end.pdf": pdf()[:-7],
    "half.pdf": b"%PDF-1.7\n%%EOF\n" + pdf()[9:-10] + b" " * 3000,
    "EMPTY.PDF": b"",
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
}


def files_in(media: Path) -> list[str]:
    return [str(path) for path in media.rglob("*") if path.is_file()]


def add(client: Client, name: str, raw: bytes, app: str = "wagtailimages"):
    form = {"title": "Sent", "file": SimpleUploadedFile(name, raw), "collection": "1", "tags": ""}
    return client.post(reverse(f"{app}:add"), form)


def add_many(client: Client, name: str, raw: bytes, app: str = "wagtailimages"):
    form = {"title": "Sent", "files[]": SimpleUploadedFile(name, raw), "collection": "1"}
    return client.post(reverse(f"{app}:add_multiple"), form)


def choose(client: Client, name: str, raw: bytes, app: str = "wagtailimages"):
    prefix = "image" if app == "wagtailimages" else "document"
    form = {
        f"{prefix}-chooser-upload-title": "Sent",
        f"{prefix}-chooser-upload-file": SimpleUploadedFile(name, raw),
        f"{prefix}-chooser-upload-collection": "1",
        f"{prefix}-chooser-upload-tags": "",
    }
    return client.post(reverse(f"{app}_chooser:create"), form)


WAYS = [add, add_many, choose]


@pytest.mark.parametrize("name", BROKEN_PICTURES)
@pytest.mark.parametrize("way", WAYS)
def test_a_broken_picture_is_refused_and_not_kept(administrator, media, way, name):
    answer = way(administrator, name, BROKEN_PICTURES[name])
    assert answer.status_code == 200
    assert not Image.objects.filter(title="Sent").exists()
    assert not files_in(media)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("way", WAYS)
def test_a_whole_picture_is_kept(administrator, way, kind):
    way(administrator, f"whole.{kind.lower()}", picture(kind))
    assert Image.objects.filter(title="Sent").exists()


def test_the_form_says_what_is_wrong(administrator):
    assert "corrupted" in add(administrator, "cut.png", BROKEN_PICTURES["cut.png"]).text
    assert (
        "corrupted" in add_many(administrator, "cut.png", BROKEN_PICTURES["cut.png"]).json()["error_message"]
    )
    assert "damaged" in add(administrator, "a.pdf", BROKEN_PDFS["garbage.pdf"], "wagtaildocs").text


@pytest.mark.parametrize("name", ["cut.png", "garbage.png", "bomb.png"])
def test_a_broken_picture_does_not_replace_a_whole_one(administrator, media, name):
    with ContentFile(picture(), "whole.png") as file:
        whole = Image.objects.create(title="Whole", file=file)
    whole.file.close()
    form = {
        "title": "Whole",
        "file": SimpleUploadedFile(name, BROKEN_PICTURES[name]),
        "collection": "1",
        "tags": "",
    }
    answer = administrator.post(reverse("wagtailimages:edit", args=[whole.pk]), form)
    assert answer.status_code == 200
    assert Path(Image.objects.get(pk=whole.pk).file.path) == Path(whole.file.path)
    assert Path(whole.file.path).exists()
    assert not [path for path in files_in(media) if name in path]


@pytest.mark.parametrize("name", BROKEN_PDFS)
@pytest.mark.parametrize("way", WAYS)
def test_a_broken_pdf_is_refused_and_not_kept(administrator, media, way, name):
    answer = way(administrator, name, BROKEN_PDFS[name], "wagtaildocs")
    assert answer.status_code == 200
    assert not Document.objects.filter(title="Sent").exists()
    assert not files_in(media)


@pytest.mark.parametrize("name", BROKEN_PDFS)
@pytest.mark.parametrize("way", WAYS)
def test_nothing_more_is_said_of_a_broken_pdf(administrator, way, name):
    assert "is not allowed" not in way(administrator, name, BROKEN_PDFS[name], "wagtaildocs").content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_another_kind_of_file_is_still_refused(administrator, way):
    assert "is not allowed" in way(administrator, "a.exe", b"x", "wagtaildocs").content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_a_whole_pdf_is_kept(administrator, way):
    way(administrator, "whole.pdf", pdf(), "wagtaildocs")
    assert Document.objects.filter(title="Sent").exists()


def test_what_fails_after_its_file_was_kept_leaves_no_file(administrator, media, monkeypatch):
    def fail(form: ImageForm, commit: bool = True) -> None:
        form.instance.file.save("kept.png", form.cleaned_data["file"], save=False)
        raise RuntimeError

    monkeypatch.setattr(ImageForm, "save", fail)
    with pytest.raises(RuntimeError):
        add(administrator, "whole.png", picture())
    assert not files_in(media)


@pytest.mark.parametrize("raw", [b"", b"garbage", picture()[:2000], bomb()])
def test_a_picture_that_broke_on_disk_leaves_its_page_and_the_admin_up(client, administrator, media, raw):
    broken = Image.objects.create(title="Broken", file=ContentFile(picture(), "broken.png"))
    Path(broken.file.path).write_bytes(raw)
    page = StandardPage.objects.live().get(url_path__endswith="/eu/about/", locale__language_code="en")
    shown_as = {"image": broken.pk, "alt_text": "A thing", "decorative": False}
    figure = {"image": shown_as, "caption": ""}
    QuerySet(StandardPage).filter(pk=page.pk).update(body=[{"type": "figure", "value": figure}])
    shown = client.get(page.url)
    assert shown.status_code == 200
    assert "A thing" not in shown.text  # nor a frame around nothing
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[broken.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:select_format", args=[broken.pk]),
    ):
        assert administrator.get(address).status_code == 200


@pytest.mark.parametrize("raw", [None, b"", b"garbage", picture()[:2000]])
def test_a_picture_that_broke_on_disk_can_be_chosen_and_has_no_preview(administrator, raw):
    broken = Image.objects.create(title="Broken", file=ContentFile(picture(), "broken.png"))
    file = Path(broken.file.path)
    file.unlink() if raw is None else file.write_bytes(raw)
    prefix = "image-chooser-insertion"
    form = {f"{prefix}-format": "fullwidth", f"{prefix}-alt_text": "A thing"}
    select_format = reverse("wagtailimages_chooser:select_format", args=[broken.pk])
    answers = [
        administrator.get(reverse("wagtailimages_chooser:chosen", args=[broken.pk])),
        administrator.get(reverse("wagtailimages_chooser:chosen_multiple"), {"id": broken.pk}),
        administrator.post(select_format, form),
    ]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert all("not-found" in answer.text for answer in answers)
    preview = reverse("wagtailimages:preview", args=[broken.pk, "width-100"])
    assert administrator.get(preview).status_code == 404


def test_the_preview_of_a_whole_picture_is_shown(administrator, eu_editor):
    whole = Image.objects.create(title="Whole", file=ContentFile(picture(), "whole.png"))
    preview = reverse("wagtailimages:preview", args=[whole.pk, "width-100"])
    assert administrator.get(preview).headers["Content-Type"] == "image/png"
    assert eu_editor.get(preview).status_code == 302


def test_no_alternative_text_is_proposed(administrator):
    chosen = Image.objects.create(title="IMG_2034", file=ContentFile(picture(), "IMG_2034.png"))
    answers = [
        administrator.get(reverse("wagtailimages_chooser:chosen", args=[chosen.pk])).json()["result"],
        *administrator.get(reverse("wagtailimages_chooser:chosen_multiple"), {"id": chosen.pk}).json()[
            "result"
        ],
    ]
    assert [answer["default_alt_text"] for answer in answers] == ["", ""]
