"""A hold, and what tries to delete what it names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.exceptions import RefusedError
from home.models import StandardPage
from legal_holds import deciding
from legal_holds.forms import named_by
from legal_holds.models import LegalHold
from region_gate import clock
from tests.conftest import signed_in

Hold = Callable[..., LegalHold]


def person(username: str) -> User:
    """Return a person of the demo."""
    return get_user_model().objects.get(username=username)


@contextmanager
def refused(match: str = "legal hold") -> Iterator[None]:
    """Expect what is inside to be refused, with nothing changed."""
    with pytest.raises(RefusedError, match=match), transaction.atomic():
        yield


def end(hold: LegalHold) -> None:
    """End `hold` by two people."""
    deciding.ask_for_end(hold.subject, "The matter is settled.", person("eu-legal"))
    deciding.answer(hold.subject, True, "Agreed.", person("admin"))


@pytest.fixture
def hold(db) -> Hold:
    """Put something under a hold, as the European legal reviewer."""

    def set_hold(field: str, thing: Any, **more: Any) -> LegalHold:
        starts = more.pop("starts", clock.today())
        target = named_by(field, thing)
        return deciding.set_hold(target, "Matter 7", "A claim.", starts, person("eu-legal"))

    return set_hold


@pytest.fixture
def draft(eu_home) -> StandardPage:
    """A page of the European region that was never live, with two drafts."""
    page = eu_home.add_child(instance=StandardPage(title="Plans", slug="plans", live=False))
    page.save_revision(user=person("eu-editor"))
    page.save_revision(user=person("eu-editor"))
    return page


@pytest.fixture
def document(eu) -> Any:
    """A document in the European collection, which nothing shows."""
    file = ContentFile(b"words", name="words.txt")
    return get_document_model().objects.create(title="Words", file=file, collection=eu.collection)


@pytest.fixture
def image(eu) -> Any:
    """An image in the European collection, which nothing shows."""
    return get_image_model().objects.create(
        title="Photo", file=get_test_image_file(), collection=eu.collection
    )


@pytest.fixture
def us_legal(db) -> Client:
    """A browser in which another region's legal reviewer is signed in."""
    return signed_in("us-legal")
