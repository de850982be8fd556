"""A page is found by the label that it shows, in its region, as long as the label is in force."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from home.finding.changes import find_source
from home.models import SearchDocument
from region_gate import clock
from therapies.labels.label_source import LabelSource
from therapies.models import Label, LabelText

pytestmark = pytest.mark.django_db

RESULT = re.compile(r'<h2 class="entries-title"><a href="([^"]+)">')


def found(query: str, home: str = "/eu/") -> list[str]:
    return RESULT.findall(Client().get(f"{home}search/", {"q": query}).text)


@pytest.fixture
def label(eu) -> Label:
    """The European label, whose English text alone has a word."""
    label = Label.objects.get(region=eu)
    text = LabelText.objects.get(label=label, locale__language_code="en")
    text.indication = "<p>For zebras.</p>"
    text.save_base(raw=True)
    label = Label.objects.get(pk=label.pk)
    find_source(LabelSource(), label.region)
    return label


def test_a_products_page_is_found_by_its_label_with_the_words_marked(label):
    assert found("zebra") == ["/eu/sir-spheres/"]
    assert "For <mark>zebras</mark>" in Client().get("/eu/search/", {"q": "zebra"}).text


def test_a_label_is_found_in_its_region_and_language_only(label):
    assert found("zebra", "/us/") == []
    assert found("zebra", "/de/eu/") == []


def test_a_label_that_has_ended_is_not_found(label):
    label.withdrawn_on = clock.today()
    label.save_base(raw=True)
    assert found("zebra") == []


def test_a_label_that_begins_later_is_not_found(label):
    label.effective_from = clock.today() + timedelta(days=1)
    label.save_base(raw=True)
    assert found("zebra") == []


def test_a_label_that_goes_leaves_nothing(label):
    texts = [*label.texts.values_list("pk", flat=True)]
    label.live = False
    label.save()
    assert not SearchDocument.objects.filter(source="label", key__in=texts).exists()
