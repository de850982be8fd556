"""Pictures come in the widths that pages show them in, and in none that they have not."""

import re

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.pictures import responsive


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "offered"), [(300, []), (700, ["480", "700"]), (1600, ["480", "960", "1440"])]
)
def test_no_width_is_offered_twice(width, offered):
    picture = get_image_model().objects.create(title="A liver", file=get_test_image_file(size=(width, 200)))
    assert re.findall(r" (\d+)w", str(responsive(picture))) == offered
