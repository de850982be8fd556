"""Who is told by e-mail that an enquiry has come: where it is read, never what it says or whose it is."""

from typing import Any

from django.conf import settings

from home.mail import administrators, language_of, write_to
from home.models.frame import contact_of
from review.mailing import written

from .models import Enquiry
from .permissions import readers_of

TEMPLATE = "enquiries/mail/received.txt"


def tell_team(enquiry: Enquiry, home: Any) -> None:
    """Write to the region's contact; without an address there, to those who may read it, else administrators.

    Where that fails, the enquiry is kept all the same, and *Attention* lists it.
    """
    address = f"{settings.WAGTAILADMIN_BASE_URL}{enquiry.get_absolute_url()}"
    given = {"region": enquiry.region, "address": address}
    for recipient, language in _recipients(home):
        with written():
            write_to(recipient, language, TEMPLATE, given)


def _recipients(home: Any) -> list[tuple[str, str]]:
    """Return the addresses, each with the language in which it is written to."""
    contact = contact_of(home, home.region)
    if contact and contact.email:
        return [(contact.email, home.locale.language_code)]
    people = readers_of(home.region) or administrators()
    return [(person.email, language_of(person)) for person in people]
