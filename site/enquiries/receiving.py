"""Takes an enquiry: once, not too often, and with an e-mail that says no more than that it has come."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.throttle import Attempt, PausedError

from . import conf
from .mail import tell_team
from .models import Enquiry

HOUR = timedelta(hours=1)


def receive(request: HttpRequest, home: Any, number: str, written: dict[str, Any]) -> None:
    """Keep what was `written` to the region of the home page `home` by the form with this number.

    Raises PausedError, with nothing kept, where too much has come from the address of `request`, or from
    everybody together. What is kept by this number already was sent twice, and that is no error.
    """
    if Enquiry.objects.filter(form=number).exists():
        return
    try:
        with transaction.atomic():
            _check_rate(timezone.now())
            Attempt.to_write(request).start()
            enquiry = Enquiry.objects.create(
                region=home.region, language=home.locale.language_code, form=number, **written
            )
            tell_team(enquiry, home)
    except IntegrityError:
        if not Enquiry.objects.filter(form=number).exists():
            raise


def _check_rate(now: datetime) -> None:
    """Raise PausedError until the hour is over in which as many have come as are taken in one."""
    most = conf.most_per_hour()
    latest = Enquiry.objects.order_by("-received_at").values_list("received_at", flat=True)
    for received_at in latest[most - 1 : most]:
        if (wait := received_at + HOUR - now) > timedelta():
            raise PausedError(wait.total_seconds())
