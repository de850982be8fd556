"""What a page answers its visitors with at this moment, as the record keeps it."""

import logging
from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.exceptions import RefusedError
from home.routing import as_served
from region_gate.internal_client import Visit, visitor

from .archiving import kept

logger = logging.getLogger(__name__)


class NotOnRecordError(RefusedError):
    """A page cannot be put on record: visitors get no page there, or it cannot be stored."""

    def __init__(self, page: Page, reason: str) -> None:
        """Tell of `page`, for `reason`, a sentence for people."""
        self.reason = reason
        told = _(
            "Nothing was changed, because what visitors would meet at “%(page)s” cannot be put on record. "
            "%(reason)s The site’s log says more."
        )
        super().__init__(told % {"page": page, "reason": reason})


class NotShownError(Exception):
    """A visit got something other than a page; the message says what."""


def answer(page: Page) -> str:
    """Return what visitors of `page` are shown. Raises NotOnRecordError, once the log has the reason."""
    try:
        with transaction.atomic():  # a query that fails must not spoil what the page is a part of
            return _kept(visitor().page(as_served(page)))
    except Exception as error:
        logger.exception("What visitors meet at “%s” (page %s) cannot be put on record.", page, page.pk)
        reason = str(error) if isinstance(error, NotShownError) else _("A part of it cannot be kept.")
        raise NotOnRecordError(page, reason) from error


def _kept(visit: Visit) -> str:
    if not visit.is_whole:
        raise NotShownError(_reason(visit)) from visit.error
    return kept(visit.html, visit.url)


def _reason(visit: Visit) -> str:
    if visit.location:
        return _("It leads elsewhere (HTTP %(status)s).") % {"status": visit.status}
    if visit.status != HTTPStatus.OK:
        return _("Visitors would meet an error (HTTP %(status)s).") % {"status": visit.status}
    if not visit.is_page:
        return _("It is no page of HTML, but “%(type)s”.") % {"type": visit.content_type}
    return _("It is empty.")
