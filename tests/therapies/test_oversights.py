"""File names for text alternatives, headings that stand twice, empty captions: each is told, no more is."""

import pytest

from tests.conftest import TOPIC, findings
from therapies.editing.oversights import is_file_name, oversights_in
from therapies.models import TherapyPage

from .test_parts import figure


@pytest.mark.parametrize(
    "text",
    [
        *("photo.jpg", "My photo.JPEG", "scan 3.pdf", "IMG_2034", "DSC00123", "PXL_20261127_101112", "image"),
        *("Screenshot 2026-11-27", "image (1)", "untitled-2", "final_v2"),
    ],
)
def test_a_file_name_is_told(text):
    assert is_file_name(text, "images/final_v2.png")


@pytest.mark.parametrize(
    "text",
    [
        *("A vial of beads", "Image of a liver", "microscope", "SIR-Spheres", "Y-90", "Photograph"),
        *("Scan of a liver, 2026", "See www.example.com", "final_v3"),
    ],
)
def test_words_are_no_file_name(text):
    assert not is_file_name(text, "images/final_v2.png")


def section(heading: str, text: str = "") -> dict:
    return {"type": "section", "value": {"heading": heading, "text": text}}


@pytest.mark.django_db
def test_what_was_overlooked_is_told_with_its_place(eu_home, image):
    page = TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)
    (decorative,) = figure(image)
    (named,) = figure(image, "IMG_1.png", " ")
    (without,) = figure(image, "")
    without["value"]["image"]["decorative"] = False
    (good,) = figure(image, "A drawing", "What it shows")
    page.body = [
        *(decorative, named, without, good),
        *(section("Safety", "<h3>Before you go</h3>"), section("  safety ", "<h3>Before you go:</h3>")),
        section(page.title),
    ]
    assert [(one.place, one.why.partition(",")[0].partition(":")[0]) for one in oversights_in(page)] == [
        ("Body 2: Figure, Image", "The alternative text is the name of a file"),
        ("Body 3: Figure, Image", "It has no alternative text"),
        ("Body: Figure", "The picture has no caption."),
        ("Body: Figure", "The picture has no caption."),
        ("Body 6: Section, Heading", "Another heading of the page says the same."),
        ("Body 6: Section, Text", "Another heading of the page says the same."),
        ("Body 7: Section, Heading", "Another heading of the page says the same."),
    ]


@pytest.mark.django_db
def test_editors_and_reviewers_are_told(eu_editor, eu_home):
    page = TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)
    page.body = [section("Safety"), section("Safety")]
    page.save_revision()
    assert "Another heading of the page says the same." in findings(eu_editor, page)
