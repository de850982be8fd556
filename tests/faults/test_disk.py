"""The disk of a site on SQLite is full, and has room again."""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from requests import Response

from ..home.test_access import form
from .full_disk import clear, fill, small_disk
from .site import Site
from .visitor import Visitor, healed

PAGES = ("/eu/therapies/liver-metastases-colorectal-cancer/", "/de/eu/", "/eu/", "/us/")
ADD = "/admin/pages/add/home/standardpage/14/"  # below the European home page
TITLE = "Written on a full disk"


@pytest.fixture
def on_small_disk(on_sqlite: Site, tmp_path_factory) -> Iterator[Site]:
    """A site on a disk that a test may fill."""
    with small_disk(tmp_path_factory.mktemp("disk")) as folder:
        shutil.copytree(on_sqlite.folder, folder, dirs_exist_ok=True)
        yield Site(folder, f"sqlite:///{folder / 'db.sqlite3'}")


@pytest.mark.short
def test_pages_go_on_and_saving_says_what_happened(on_small_disk: Site):
    with on_small_disk.visited() as visitor:
        assert visitor.sign_in("admin").status_code == 302
        fill(on_small_disk.folder)
        _are_served(visitor)
        _is_told(visitor, on_small_disk.folder)
        clear(on_small_disk.folder)
        healed(lambda: visitor.sign_in("admin"), 302)
        assert _upload(visitor).status_code == 302
    assert "All is as it was made." in on_small_disk.manage("check_record")


@pytest.mark.short
def test_a_process_that_starts_on_a_full_disk_serves_pages(on_small_disk: Site):
    on_small_disk.manage("keep_record")  # as any process, it leaves a reserve
    fill(on_small_disk.folder)
    with on_small_disk.visited() as visitor:
        _are_served(visitor)
        clear(on_small_disk.folder)
        healed(lambda: visitor.sign_in("admin"), 302)


def _are_served(visitor: Visitor) -> None:
    for path in PAGES:
        assert Visitor(visitor.address).get(path).status_code == 200, path


def _is_told(visitor: Visitor, folder: Path) -> None:
    told = next(answer for answer in _drafts(visitor) if answer.status_code != 302)
    assert told.status_code == 503, (folder / "log").read_text()[-1500:]
    assert f'name="title" value="{TITLE}"' in told.text
    assert told.headers["Retry-After"]
    assert _upload(visitor).status_code == 503
    assert [*folder.rglob("noise*.png")] == []


def _drafts(visitor: Visitor) -> Iterator[Response]:
    """Save long drafts: the first may still find room in the write-ahead log."""
    words = {"key": "a", "text": "x" * 500_000, "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    intro = json.dumps({"blocks": [{**words, "entityRanges": []}], "entityMap": {}})
    for number in range(40):
        yield visitor.post(ADD, form(TITLE, intro=intro, slug=f"full-{number}"))


def _upload(visitor: Visitor) -> Response:
    picture = io.BytesIO()
    Image.effect_noise((600, 600), 90).save(picture, "PNG")
    told = {"title": "Noise", "description": "Noise.", "collection": "1", "tags": ""}
    file = {"file": ("noise.png", picture.getvalue(), "image/png")}
    return visitor.post("/admin/images/add/", told, files=file)
