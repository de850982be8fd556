"""What visitors see of a picture, and of one that is gone."""

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return get_image_model().objects.create(title="A drawing", file=get_test_image_file())


def shown(client, home, image) -> str:
    value = {
        "image": {"image": image.pk, "decorative": False, "alt_text": "A vial"},
        "caption": "How it looks",
    }
    page = home.add_child(instance=StandardPage(title="P", body=[{"type": "figure", "value": value}]))
    return client.get(page.url).text


def test_a_picture_is_shown_in_its_widths_with_its_caption(client, eu_home, image):
    html = shown(client, eu_home, image)
    assert 'alt="A vial"' in html
    assert 'loading="lazy"' in html
    assert 'sizes="(min-width: 48rem) 42rem, 100vw"' in html
    assert "How it looks" in html


def test_of_a_picture_whose_file_is_gone_nothing_is_shown(client, eu_home, image):
    image.file.storage.delete(image.file.name)
    html = shown(client, eu_home, image)
    assert "not-found" not in html
    assert "<figure" not in html


def test_of_a_picture_that_is_deleted_nothing_is_shown(client, eu_home, image):
    key = image.pk
    image.delete()
    image.pk = key
    assert "<figure" not in shown(client, eu_home, image)
