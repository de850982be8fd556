"""Headed blocks of a page have an anchor each, the same in the contents and in the body."""

import re

import pytest

from home.templatetags.anchors import anchored
from tests.conftest import TOPIC
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db


def section(heading: str) -> dict:
    return {"type": "section", "value": {"heading": heading, "text": "<p>Words.</p>"}}


def page_with(*headings: str) -> TherapyPage:
    page = TherapyPage.objects.first()
    page.body = [section(heading) for heading in headings]
    return page


def test_two_sections_under_one_heading_have_two_anchors(eu_home):
    body = page_with("Safety", "Safety", "Safety 2", "safety", "Main").body
    for _asked in range(2):
        anchors = [block.value.anchor for block in anchored(body)]
        assert anchors == ["safety", "safety-2", "safety-2-2", "safety-3", "main-2"]


def test_the_contents_lead_to_each(client, eu_home):
    page = TherapyPage.objects.descendant_of(eu_home).live().get(slug=TOPIC)
    page.body = [section("Safety"), section("Safety")]
    page.save_revision().publish()
    html = client.get(page.url).text
    assert re.findall(r'href="#(safety[^"]*)"', html) == ["safety", "safety-2"]
    assert re.findall(r'<h2 id="(safety[^"]*)"', html) == ["safety", "safety-2"]
