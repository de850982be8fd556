"""Where the site as a whole meets Wagtail."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.query import PageQuerySet

from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import DRAFT_SECTIONS
from therapies.editing.sections import AdviceSection, MissingSection
from therapies.outside_links.alerts import dead_links_outside, moved_links_outside
from therapies.page_record.notices import NOTICES_HOOK

from . import alerts, job_alerts  # noqa: F401 - registers what they call attention to
from .confidentiality import OwnDocumentsAPIViewSet, OwnImagesAPIViewSet, choosable
from .dead_links import dead_links, moved_links
from .page_record import notices_on_record

hooks.register(NOTICES_HOOK, notices_on_record)


@hooks.register(DRAFT_SECTIONS)
def missing_among_the_findings(draft: Draft) -> MissingSection:
    """Tell what visitors would look for in vain."""
    return MissingSection(draft, [*dead_links(draft), *dead_links_outside(draft)])


@hooks.register(DRAFT_SECTIONS, order=2)
def advice_after_the_findings(draft: Draft) -> AdviceSection:
    """Tell what could be better, with the links to what has moved."""
    return AdviceSection(draft, [*moved_links(draft), *moved_links_outside(draft)])


@hooks.register("construct_admin_api", order=10)  # after Wagtail's own
def tell_of_own_uploads(router: Any) -> None:
    """Have the admin's API tell of nobody else's pictures and documents."""
    router.register_endpoint("images", OwnImagesAPIViewSet)
    router.register_endpoint("documents", OwnDocumentsAPIViewSet)


@hooks.register("construct_page_chooser_queryset")
def offer_what_may_be_told(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Offer no draft of another region."""
    return choosable(pages, request.user)


@hooks.register("construct_reports_menu")
def offer_no_report_of_everything(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out the report that would tell of all regions' work, but for those who work in all."""
    items[:] = [item for item in items if item.name != "page-types-usage" or request.user.is_superuser]
