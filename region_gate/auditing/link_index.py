"""Keeps the register: each publication records the page's links."""

from collections.abc import Iterable
from datetime import datetime
from logging import getLogger

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from region_gate import snapshot
from region_gate.html.survey import SurveyedLink
from region_gate.internal_client import Visit, visitor
from region_gate.models import RegisteredLink

logger = getLogger(__name__)

Key = tuple[str, str, str]  # a link: element, address as written, text


class NoLinksError(Exception):
    """The page cannot be shown to visitors, so its links cannot be listed."""


def record(page: Page) -> bool:
    """Visit `page` as a visitor would, and put its links in the place of those recorded before.

    Where that fails, what was recorded stays, the log says why, and `behind` names the page.
    """
    try:
        with transaction.atomic():
            visit = visitor().page(page)
            if not visit.is_whole:
                raise NoLinksError(f"The answer was {visit.status} {visit.content_type}.") from visit.error
            _replace(page, visit, timezone.now())
    except Exception:  # a page that is out stays out, whatever goes wrong here
        logger.exception("The links of page %s could not be recorded.", page.pk)
        return False
    return True


def behind() -> QuerySet[Page]:
    """Return the live pages whose links have not been recorded since they were last published."""
    recorded = RegisteredLink.objects.filter(page=OuterRef("pk"))
    since = recorded.filter(last_seen__gte=OuterRef("last_published_at"))
    is_behind = ~Exists(recorded) | Q(last_published_at__isnull=False) & ~Exists(since)
    return Page.objects.live().filter(is_behind, depth__gt=1)


def forget(page: Page) -> None:
    """Forget the links of `page`, which visitors cannot see any more."""
    RegisteredLink.objects.filter(page=page.pk).delete()


def _replace(page: Page, visit: Visit, now: datetime) -> None:
    # First the page, as whoever takes it down does: else each waits for what the other holds.
    Page.objects.select_for_update().filter(pk=page.pk).first()
    before = RegisteredLink.objects.filter(page=page.pk)
    first_seen = {(link.element, link.href, link.text): link.first_seen for link in before}
    before.delete()
    RegisteredLink.objects.bulk_create(_links(page, visit, first_seen, now))


def _links(
    page: Page, visit: Visit, first_seen: dict[Key, datetime], now: datetime
) -> Iterable[RegisteredLink]:
    region = snapshot.viewpoint(visit.url).region
    for found in visit.findings:
        yield _link(found, page, region, visit.language, first_seen, now)


def _link(
    found: SurveyedLink,
    page: Page,
    region: str,
    language: str,
    first_seen: dict[Key, datetime],
    now: datetime,
) -> RegisteredLink:
    destination = found.destination
    return RegisteredLink(
        page_id=page.pk,
        region=region,
        language=language,
        element=found.element,
        href=found.href,
        url=destination.url,
        host=destination.host,
        text=found.text,
        kind=destination.kind.value,
        outcome=found.outcome.value,
        reason=destination.reason.value,
        policy_id=destination.policy or None,
        first_seen=first_seen.get((found.element, found.href, found.text), now),
        last_seen=now,
    )
