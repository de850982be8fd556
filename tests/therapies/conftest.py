"""A region whose label does not allow the product, and what changes that."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from home.models import Region, RegionHomePage, StandardPage
from tests.conftest import signed_in
from therapies.models import Label, Product
from therapies.models.label import Status

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
    return timezone.localdate()


def allow(region: Region, starts: date | None = None) -> Label:
    """Put the label of `region` in force, in its first language."""
    label = Label.objects.filter(region=region).order_by("pk").first()
    label.status, label.effective_from = Status.APPROVED, starts or today() - timedelta(days=1)
    label.indication = label.safety_information = "<p>As approved.</p>"
    label.registration_number, label.authority = "1", "An authority"
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
