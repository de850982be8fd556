"""Has the worker tell the cache in front of the site what to drop, in the transaction that changes it."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import local
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.models import Site

from jobs.exceptions import JobFailedError
from jobs.registry import PURGE

from . import conf

ALL = "/*"  # of a host: what `deploy/varnish.vcl` and CloudFront take for every address there
MAX_ADDRESSES = 100  # of one transaction; where it would be more, everything is dropped


class Told(local):
    """The tasks that a thread's open transaction has given the worker, with their addresses."""

    def __init__(self) -> None:
        """Begin with none."""
        self.tasks: dict[str, set[str]] = {}

    def addresses(self) -> set[str]:
        """Return the addresses; a task that was undone since, as with a savepoint, waits no more."""
        if self.tasks:
            kept = DBTaskResult.objects.ready().filter(pk__in=self.tasks).values_list("pk", flat=True)
            self.tasks = {str(key): self.tasks[str(key)] for key in kept}
        return set().union(*self.tasks.values())

    def add(self, addresses: set[str]) -> None:
        """Have the worker tell of `addresses`."""
        self.tasks[drop.enqueue(sorted(addresses)).id] = addresses
        transaction.on_commit(self.forget, robust=True)

    def withdraw(self) -> None:
        """Have the worker tell of none of them: something takes their place."""
        DBTaskResult.objects.filter(pk__in=self.tasks).delete()
        self.forget()

    def forget(self) -> None:
        """Begin anew: the transaction is over."""
        self.tasks = {}


_told = Told()


class PurgeError(JobFailedError):
    """The cache in front was told what to drop, and did not do it."""


def purge(addresses: Iterable[str]) -> None:
    """Have `addresses` (absolute) dropped when the transaction is committed, each once."""
    if not conf.is_fronted():
        return
    told = _told.addresses()
    left = _left(addresses, told)
    if left and len(told) + len(left) > MAX_ADDRESSES:
        purge_all()
    elif left:
        _told.add(left)


def purge_all() -> None:
    """Have everything dropped when the transaction is committed."""
    if not conf.is_fronted():
        return
    everything = {f"{site.root_url}{ALL}" for site in Site.objects.all()}
    if not everything <= _told.addresses():
        _told.withdraw()
        _told.add(everything)


def _left(addresses: Iterable[str], told: set[str]) -> set[str]:
    """Return those that were not told of as yet, neither by themselves nor with their whole host."""
    hosts = {urlsplit(address).netloc for address in told if address.endswith(ALL)}
    return {address for address in addresses if address not in told and urlsplit(address).netloc not in hosts}


@task(backend="worker", queue_name=PURGE)
def drop(addresses: list[str]) -> None:
    """Have the cache in front drop `addresses`. Raises PurgeError where it has not."""
    with _errors() as errors:
        for backend in get_backends().values():
            backend.purge_batch(addresses)
    if errors:
        said = _("The cache in front has not dropped %(addresses)s.")
        raise PurgeError(said % {"addresses": ", ".join(addresses)})


@contextmanager
def _errors() -> Iterator[list[str]]:
    """Give what Wagtail's backends log as errors inside, and tell in no other way."""
    found: list[str] = []
    told, handler = logging.getLogger("wagtail.frontendcache"), ErrorCollector(found)
    told.addHandler(handler)
    try:
        yield found
    finally:
        told.removeHandler(handler)


class ErrorCollector(logging.Handler):
    """Puts errors on a list."""

    def __init__(self, found: list[str]) -> None:
        """Put them on `found`."""
        super().__init__(logging.ERROR)
        self.found = found

    def emit(self, record: logging.LogRecord) -> None:
        """Put `record` on the list."""
        self.found.append(record.getMessage())
