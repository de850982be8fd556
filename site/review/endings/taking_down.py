"""Pages that legal takes down at once, on its own or because an editor asked for it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState

from home.access import editors_name, is_legal_in
from home.exceptions import RefusedError
from home.models import Region, RegionHomePage, RegionSelectorPage
from region_gate.models import Edition
from region_gate.signoff import acting_as

from .. import four_eyes
from . import mail
from .models import PageTakeDown, TakeDownAnswer, TakeDownRequest

ACTION = "review.take_down"
OVERDUE_ACTION = "review.take_down_overdue"
REQUEST_ACTION = "review.request_take_down"


def region_for(page: Page, user: Any) -> Region:
    """Return the region of `page`, of whose legal team `user` is. Raises RefusedError."""
    region = Region.objects.owning(page.path)
    if region is None or not is_legal_in(region, user):
        raise RefusedError(_("Only the legal team of a page’s region takes it down at once."))
    return region


def pages_in(page: Page, *, with_below: bool = False, with_translations: bool = False) -> list[Page]:
    """Return what of `page` is live or scheduled and would come down, in the tree's order.

    Not a region's home page, nor the selector: all others stand below them.
    """
    heads = [page, *_translations(page)] if with_translations else [page]
    places = Q(pk__in=[head.pk for head in heads])
    for head in heads if with_below else ():
        places |= Q(path__startswith=head.path)
    found = Page.objects.filter(places).filter(Q(live=True) | Q(pk__in=_scheduled()))
    entrances = (RegionHomePage.objects.values("pk"), RegionSelectorPage.objects.values("pk"))
    return [*found.exclude(pk__in=entrances[0]).exclude(pk__in=entrances[1]).order_by("path")]


def _translations(page: Page) -> list[Page]:
    """Return the translations of `page` in its own region."""
    region = Region.objects.owning(page.path)
    return [one for one in page.get_translations() if Region.objects.owning(one.path) == region]


def _scheduled() -> list[int]:
    """Return the numbers of the pages of which a revision is approved for a day to come."""
    pages = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
    due = pages.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    return [int(number) for number in due]


@transaction.atomic
def take_down(
    page: Page, user: Any, reason: str, *, with_below: bool = False, with_translations: bool = False
) -> list[Page]:
    """Take `page` down now, with what is below it and its translations if told; return what came down.

    All of it or none. Raises RefusedError where it is another region's, or nothing there is live.
    """
    Edition.lock()
    page = Page.objects.get(pk=page.pk)
    region = region_for(page, user)
    pages = pages_in(page, with_below=with_below, with_translations=with_translations)
    if not pages:
        raise RefusedError(
            _("Nothing here is live. A region’s home page itself stays: take down what is below.")
        )
    with acting_as(user):
        for one in pages:
            _take_down(one, page, region, user, reason)
    mail.write_taken_down(region, pages, user, reason)
    return pages


def take_down_overdue(page: Page, reason: str) -> bool:
    """Take `page` down now, by the site itself, as what is overdue; say whether it came down.

    A region's home page and what belongs to no region stay. To be called while nobody else decides.
    """
    region = Region.objects.owning(page.path)
    if region is None or page not in pages_in(page):
        return False
    _take_down(page, page, region, None, reason)
    mail.write_taken_down(region, [page], None, reason)
    return True


def _take_down(page: Page, head: Page, region: Region, user: Any, reason: str) -> None:
    if page.live:
        page.specific.unpublish(log_action=False)  # by nobody: no group has the right to unpublish
    else:
        page.revisions.update(approved_go_live_at=None)
    log(page, ACTION if user else OVERDUE_ACTION, user=user, data={"reason": reason})
    PageTakeDown(page=page.pk, title=page.title, head=head.pk, region=region, reason=reason, by=user).save()


def is_spent(revision: Revision) -> bool:
    """Say whether `revision` was approved before its page was taken down: then it brings nothing back."""
    if not revision.object_id.isdecimal() or revision.base_content_type.model_class() is not Page:
        return False
    last = PageTakeDown.objects.filter(page=revision.object_id).first()
    if last is None:
        return False
    approved = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    return not approved.filter(finished_at__gt=last.at).exists()


def last_take_down(page: Page) -> PageTakeDown | None:
    """Return how legal took `page` down, None where it is live, or legal did not."""
    return None if page.live else PageTakeDown.objects.filter(page=page.pk).select_related("by").first()


def may_request(page: Page, user: Any) -> bool:
    """Say whether `user` is among the editors of the region of `page`, or an administrator."""
    region = Region.objects.owning(page.path)
    is_editor = region is not None and user.groups.filter(name=editors_name(region.code)).exists()
    return region is not None and (is_editor or user.is_superuser)


def open_requests(regions: Iterable[int]) -> Any:
    """Return the requests in `regions`, by their numbers, that wait for an answer, the oldest first."""
    waiting = TakeDownRequest.objects.filter(answer=None, region__in=[*regions])
    return waiting.select_related("region", "by").order_by("pk")


@transaction.atomic
def request(page: Page, user: Any, reason: str) -> TakeDownRequest:
    """Ask legal to take `page` down. Raises RefusedError where it is not live, or somebody has asked."""
    Edition.lock()
    page = Page.objects.get(pk=page.pk)
    region = Region.objects.owning(page.path)
    if region is None or not may_request(page, user):
        raise RefusedError(_("Only the editors of a page’s region ask for this."))
    if not page.live:
        raise RefusedError(_("This page is not live."))
    if TakeDownRequest.objects.filter(page=page.pk, answer=None).exists():
        raise RefusedError(_("Legal has been asked for this already, and has not answered yet."))
    asked = TakeDownRequest(page=page.pk, title=page.title, region=region, reason=reason, by=user)
    asked.save()
    log(page, REQUEST_ACTION, user=user, data={"reason": reason})
    return asked


def may_answer(asked: TakeDownRequest, user: Any) -> bool:
    """Say whether `user`, of legal, may answer: nobody grants their own request."""
    is_other = user.pk != asked.by_id or not four_eyes.is_required()
    return is_other and is_legal_in(asked.region, user)


@transaction.atomic
def answer(asked: TakeDownRequest, user: Any, *, is_granted: bool, reason: str) -> TakeDownAnswer:
    """Grant or refuse what was asked; granted, the page comes down. Raises RefusedError."""
    Edition.lock()
    if not may_answer(asked, user):
        raise RefusedError(_("Another person of the legal team must answer this."))
    if TakeDownAnswer.objects.filter(request=asked).exists():
        raise RefusedError(_("This has been answered already."))
    if is_granted:
        page = Page.objects.filter(pk=asked.page).first()
        if page is None:
            raise RefusedError(_("The page has been deleted."))
        take_down(page, user, reason or asked.reason)
    said = TakeDownAnswer(request=asked, is_granted=is_granted, reason=reason, by=user)
    said.save()
    return said
