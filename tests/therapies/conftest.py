"""A region whose label does not allow the product, and what changes that."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import Region, RegionHomePage, StandardPage
from region_gate import clock
from tests.conftest import TOPIC, signed_in
from tests.therapies.label_texts import say
from therapies.models import Label, Product, Reference, TherapyPage
from therapies.models.in_force import Status

NAME = "SIR-Spheres"


@pytest.fixture
def product(db) -> Product:
    """The demo's product."""
    return Product.objects.get()


@pytest.fixture
def ca(db) -> Region:
    """The region of the demo in which the product is not approved."""
    return Region.objects.get(code="ca")


@pytest.fixture
def ca_home(ca) -> RegionHomePage:
    """Its home page in English."""
    return ca.home_pages.get(locale__language_code="en")


@pytest.fixture
def ca_page(ca_home) -> StandardPage:
    """A live page of that region which names no product."""
    return StandardPage.objects.child_of(ca_home).get(slug="about")


@pytest.fixture
def ca_editor(db) -> Client:
    """A browser in which that region's editor is signed in."""
    return signed_in("ca-editor")


@pytest.fixture
def ca_legal(db) -> Client:
    """A browser in which that region's legal reviewer is signed in."""
    return signed_in("ca-legal")


def today() -> date:
    return clock.today()


def allow(region: Region, starts: date | None = None) -> Label:
    """Put the label of `region` in force, in all its languages."""
    label = Label.objects.filter(region=region).order_by("pk").first()
    label.status, label.effective_from = Status.APPROVED, starts or today() - timedelta(days=1)
    label.registration_number = "1"
    words = "<p>As approved.</p>"
    say(label, indication=words, safety_information=words, authority="An authority")
    publish(label)
    return label


def withdraw(region: Region) -> None:
    """End every label of `region` today."""
    for label in Label.objects.filter(region=region, status=Status.APPROVED):
        label.status, label.withdrawn_on = Status.WITHDRAWN, today()
        publish(label)


def publish(label: Label) -> None:
    """Publish `label` as an approval would."""
    label.full_clean()
    label.save_revision().publish()
    label.refresh_from_db()


@pytest.fixture
def therapy(eu_home) -> TherapyPage:
    """The European therapy page in English."""
    return TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)


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


@pytest.fixture
def image(db):
    """A picture that nothing shows yet."""
    return get_image_model().objects.create(title="A drawing", file=get_test_image_file())


@pytest.fixture
def document(db):
    """A document that nothing links yet."""
    return get_document_model().objects.create(title="A leaflet", file=ContentFile(b"x", name="leaflet.txt"))
