"""Has the cache in front of the site drop what has changed, once that is committed."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import local
from urllib.parse import urlsplit

from django.db import transaction
from django_tasks import task
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.models import Site

from . import conf

ALL = "/*"  # of a host: what `deploy/varnish.vcl` and CloudFront take for every address there
ATTEMPTS = 3


class Due(local):
    """What a thread has yet to tell, once its transaction is committed; more than that does no harm."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.addresses: set[str] = set()


_due = Due()


class PurgeError(Exception):
    """The cache in front was told what to drop, and did not do it."""


def purge(addresses: Iterable[str]) -> None:
    """Have `addresses` (absolute) dropped when the transaction is committed."""
    if conf.is_fronted():
        _due.addresses.update(addresses)
        transaction.on_commit(_tell, robust=True)


def purge_all() -> None:
    """Have everything dropped when the transaction is committed."""
    if conf.is_fronted():
        purge(f"{site.root_url}{ALL}" for site in Site.objects.all())


def _tell() -> None:
    addresses, _due.addresses = sorted(_due.addresses), set()
    whole = {urlsplit(address).netloc for address in addresses if address.endswith(ALL)}
    left = [url for url in addresses if url.endswith(ALL) or urlsplit(url).netloc not in whole]
    if left:
        drop.enqueue(left)


@task()
def drop(addresses: list[str]) -> None:
    """Have the cache in front drop `addresses`. Raises PurgeError where it has not, tried several times."""
    for _attempt in range(ATTEMPTS):
        with _errors() as errors:
            for backend in get_backends().values():
                backend.purge_batch(addresses)
        if not errors:
            return
    raise PurgeError(f"Not dropped by the cache in front, which keeps them until they end: {addresses}")


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
