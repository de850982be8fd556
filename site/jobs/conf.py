"""The app's settings, read nowhere else.

`MAIL_DELIVERY_BACKEND`: the backend by which the worker sends the mails that are stored.
`JOBS_KEPT_DAYS`, `MAILS_KEPT_DAYS`: for how long runs, and mails that were sent, are kept.
"""

from datetime import timedelta

from django.conf import settings

DELIVERY = "MAIL_DELIVERY_BACKEND"
JOBS_KEPT, MAILS_KEPT = "JOBS_KEPT_DAYS", "MAILS_KEPT_DAYS"
USUAL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
USUAL_DAYS = 30


def delivery_backend() -> str:
    """Return the path of the backend that sends mails."""
    return str(getattr(settings, DELIVERY, USUAL_DELIVERY))


def kept_days(name: str) -> object:
    """Return the setting `name`, of the two, as it stands."""
    return getattr(settings, name, USUAL_DAYS)


def kept_for(name: str) -> timedelta:
    """Return for how long what the setting `name` is about is kept."""
    return timedelta(days=int(str(kept_days(name))))
