"""What the tests of treatment content share."""

import json
from collections.abc import Callable

import pytest

from therapies.models import Reference, TherapyPage


@pytest.fixture
def therapy(eu_home) -> TherapyPage:
    """The European therapy page in English."""
    return TherapyPage.objects.descendant_of(eu_home).get()


@pytest.fixture
def references(db) -> list[Reference]:
    """Three references that nothing cites yet."""
    return [
        Reference.objects.create(text=f"{name} A. Liver 2020.", year=2020) for name in ("Ash", "Elm", "Oak")
    ]


def cite(reference: Reference) -> str:
    """Return a citation as the editor stores it."""
    return f'<a id="{reference.pk}" linktype="reference">{reference.short_name}</a>'


def section(text: str, heading: str = "A heading") -> dict[str, object]:
    """Return a section of a page's body as it is stored."""
    return {"type": "section", "value": {"heading": heading, "text": text}}


Write = Callable[..., TherapyPage]


@pytest.fixture
def write(therapy) -> Write:
    """Publish the page with an introduction and sections that hold given texts."""

    def write_page(*texts: str, intro: str = "") -> TherapyPage:
        therapy.intro = intro
        therapy.body = json.dumps([section(text) for text in texts])
        therapy.save_revision().publish()
        return therapy

    return write_page
