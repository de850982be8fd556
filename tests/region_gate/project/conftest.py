"""What the made-up site's tests stand on."""

import pytest
from django.core.management import call_command
from django.test import Client

HOST = {"HTTP_HOST": "www.example.com"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Put the site's words on record, as its README has it."""
    with django_db_blocker.unblock():
        call_command("record_notices", verbosity=0)


@pytest.fixture
def visitor() -> Client:
    """Return a browser on the site."""
    return Client(**HOST)
