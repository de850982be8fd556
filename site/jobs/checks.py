"""System checks of the settings that jobs and mails depend on."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from . import conf

OWN_BACKEND = "jobs.mail_backend.StoringBackend"
MAX_DAYS = 3650


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with the settings of jobs and mails."""
    return [*_wrong_days(), *_wrong_delivery(), *_wrong_senders()]


def _wrong_days() -> list[CheckMessage]:
    names = [name for name in (conf.JOBS_KEPT, conf.MAILS_KEPT) if not _is_days(conf.kept_days(name))]
    said = "{} must be a whole number of days from 1 to {}."
    return [Error(said.format(name, MAX_DAYS), id="jobs.E001") for name in names]


def _is_days(value: object) -> bool:
    return type(value) is int and 1 <= value <= MAX_DAYS


def _wrong_delivery() -> list[CheckMessage]:
    path = conf.delivery_backend()
    if path == OWN_BACKEND:
        said = f"{conf.DELIVERY} must not be the backend that stores mails: none would ever be sent."
        return [Error(said, id="jobs.E002")]
    if not path:
        said = "EMAIL_URL says no way to send that is known: it is like smtp+tls://user:password@host:587."
        return [Error(said, id="jobs.E002")]
    try:
        import_string(path)
    except ImportError:
        return [Error(f"{conf.DELIVERY} names {path!r}, which cannot be imported.", id="jobs.E002")]
    return []


def _wrong_senders() -> list[CheckMessage]:
    senders = {name: getattr(settings, name) for name in ("DEFAULT_FROM_EMAIL", "SERVER_EMAIL")}
    return [
        Error(f"{name} is {sender!r}, which is no e-mail address.", id="jobs.E003")
        for name, sender in senders.items()
        if "@" not in parseaddr(sender)[1]
    ]
