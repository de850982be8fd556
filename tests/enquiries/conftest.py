"""A contact form, filled in as a visitor would, at a moment that a test may move on."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from enquiries.models import Enquiry
from enquiries.views import FORM_TYPE

FORM = "/eu/contact-form/"
WORDS = "My scar aches since Tuesday."
FILLED = {
    "subject": "treatment",
    "message": WORDS,
    "email": "patient@example.org",
    "name": "Pat Ient",
    "role": "patient",
    "consent": "on",
    "website": "",
}
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


def ticket_in(page: Any) -> str:
    """Return the ticket of the form on a page."""
    found = TICKET.search(page.text)
    assert found
    return found[1]


@pytest.fixture
def clock():
    """A clock that a test moves on."""
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved


@pytest.fixture
def send(client, clock) -> Callable[..., Any]:
    """Open the form, wait as people do, and send it with what is given otherwise."""

    def sent(address: str = FORM, *, browser: Client = client, after: float = 30, **given: str) -> Any:
        ticket = ticket_in(browser.get(address))
        clock.shift(timedelta(seconds=after))
        return post(browser, {**FILLED, "ticket": ticket, **given}, address)

    return sent


def post(browser: Client, given: dict[str, str], address: str = FORM, **more: Any) -> Any:
    """Send the form as a browser does."""
    return browser.post(address, urlencode(given), content_type=FORM_TYPE, **more)


@pytest.fixture
def enquiry(eu) -> Enquiry:
    """What somebody has written to Europe."""
    return make(eu)


def make(region: Any, **given: Any) -> Enquiry:
    """Return an enquiry to `region`, with what is given otherwise."""
    number = Enquiry.objects.count()
    values = {"language": "en", "subject": "treatment", "message": WORDS, "email": "patient@example.org"}
    return Enquiry.objects.create(
        region=region, **{**values, "name": "Pat Ient", "consent": "Yes.", "form": f"{number}", **given}
    )
