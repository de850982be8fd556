"""Deletes enquiries whose time is over, and notes that, without what they said."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from region_gate.retention import purgeable

from . import conf
from .models import Enquiry

PURGED = "enquiries.purge"


@transaction.atomic
def purge() -> str:
    """Delete the enquiries that have been kept for long enough, but those held; say how many."""
    over = Enquiry.objects.received_before(timezone.now() - conf.kept_for())
    gone = [*purgeable(over)]
    for enquiry in gone:
        log(enquiry, PURGED)
    Enquiry.objects.filter(pk__in=[enquiry.pk for enquiry in gone]).delete()
    return f"{len(gone)} enquiries." if gone else ""
