"""An archive of a region, opened from the disk without a network: pages, pictures, notices, signatures."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import StandardPage
from tests.therapies.recorded import publish
from therapies.models import Publication
from therapies.page_record.document import check

from .axe import Axe
from .test_review import RULES

pytestmark = pytest.mark.django_db
TODAY = timezone.now().astimezone().strftime("%Y-%m-%d")


def make(folder: Path, **options: str) -> Path:
    """Make the European archive and unpack it; return where it lies."""
    file = folder / "archive.zip"
    given = {"region": "eu", "on": TODAY, "by": "eu-legal", "output": str(file), **options}
    call_command("archive", *(f"--{name}={value}" for name, value in given.items()), stdout=StringIO())
    with ZipFile(file) as archive:
        archive.extractall(folder / "archive")
    return folder / "archive"


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A browser without a network."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def test_the_archive_is_read_and_verified_without_a_network(offline, tmp_path):
    folder = make(tmp_path)
    offline.goto((folder / "index.html").as_uri())
    live = Publication.objects.open().filter(region="eu")
    assert offline.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"
    found = Axe().run(offline, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    links = offline.locator("tbody th a")
    assert links.count() == live.count() > 10
    for document in (folder / "documents").iterdir():
        assert check(document.read_text()).faults == []
    links.first.click()
    assert offline.locator("main h1").inner_text()
    within = offline.locator("main a[href$='.html'], nav a[href$='.html']")
    assert within.count() > 0
    within.first.click()
    assert offline.url.startswith(folder.as_uri() + "/pages/")
    assert offline.locator("h1").count() >= 1
    pictures = "Array.from(document.images).every((one) => !one.src || one.src.startsWith('data:'))"
    assert offline.evaluate(pictures)
    one = next((folder / "documents").iterdir())
    offline.goto(one.as_uri())
    assert offline.locator(".record-notice").count() == 2
    offline.goto((folder / "verify.html").as_uri())
    offline.set_input_files("#document", str(one))
    offline.set_input_files("#keys", str(folder / "record-keys.json"))
    offline.wait_for_selector("#verdict:text-matches('enuine')")
    assert offline.inner_text("#verdict") == "Genuine"
    assert json.loads((folder / "record-keys.json").read_text())["keys"]


@pytest.fixture
def pictured() -> StandardPage:
    """A live page with a picture."""
    image = get_image_model().objects.create(title="A drawing", file=get_test_image_file())
    about = StandardPage.objects.get(url_path__endswith="/eu/about/", locale__language_code="en")
    figure = {"image": {"image": image.pk, "decorative": False, "alt_text": "A liver"}, "caption": ""}
    return publish(about, "With a picture", body=[{"type": "figure", "value": figure}])


def test_pictures_and_all_documents_are_there_without_a_network(offline, pictured, tmp_path):
    folder = make(tmp_path)
    for place in ("pages", "documents"):
        offline.goto((folder / place / f"{pictured.pk}.html").as_uri())
        picture = offline.get_by_role("img", name="A liver")
        assert picture.evaluate("(one) => one.complete && one.naturalWidth") > 0
    offline.goto((folder / "verify.html").as_uri())
    offline.set_input_files("#keys", str(folder / "record-keys.json"))
    for document in (folder / "documents").iterdir():
        offline.set_input_files("#document", [])
        offline.evaluate("document.getElementById('verdict').textContent = ''")
        offline.set_input_files("#document", str(document))
        offline.wait_for_selector("#verdict:text-matches('enuine|proven')")
        assert offline.inner_text("#verdict") == "Genuine", offline.inner_text("#findings")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"region": "xx"}, "Nothing of a region"),
        ({"by": "nobody"}, "Nobody here has the name"),
        ({"on": str(date.fromisoformat(TODAY) + timedelta(days=2))}, "is yet to come"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_file(tmp_path, options, told):
    with pytest.raises(CommandError, match=told):
        make(tmp_path, **options)
    assert [*tmp_path.iterdir()] == []


def test_an_archive_of_a_day_before_the_record_is_empty(offline, tmp_path):
    folder = make(tmp_path, on="2020-01-01")
    assert not (folder / "pages").exists()
    offline.goto((folder / "index.html").as_uri())
    assert "No page was live then." in offline.inner_text("main")
