"""Which of the live pages visitors are shown: other apps may withhold some, as long as a reason lasts.

What is withheld stays live for whoever works on it, and keeps its place in the tree: a region whose
home page is withheld does not leave the gate.
"""

from collections.abc import Callable

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.http import Http404
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from .ownership import owned_by

# Each returns what holds for the pages, in a query of pages, that are kept from visitors at this moment.
withheld_by: list[Callable[[], Exists]] = []

WITHHELD, PRIVATE = "is_withheld", "is_private"

# What of a page or snippet only those see who work on it: what saving a draft writes.
UNSEEN_FIELDS = frozenset(
    {
        *("latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
        *("locked", "locked_at", "locked_by", "owner"),
    }
)


class WithheldError(Http404):
    """A live page that is kept from visitors at present."""


def shown(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages`, live ones, that visitors are shown at this moment; what is private is not."""
    return public(pages).exclude(_withheld()) if withheld_by else public(pages)


def public(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages`, live ones, that everybody may see, be they withheld at this moment or not."""
    return pages.exclude(_private())


def withheld(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages`, live ones, that are kept from visitors at this moment."""
    return pages.filter(_withheld()) if withheld_by else pages.none()


def private(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that only some people may see; where these begin is asked for first."""
    places = PageViewRestriction.objects.values_list("page__path", flat=True)
    return pages.filter(owned_by(places))


def marked(pages: PageQuerySet) -> PageQuerySet:
    """Return `pages`, each of which says whether it is withheld at this moment."""
    return pages.annotate(**{WITHHELD: _withheld()}) if withheld_by else pages


def marked_private(pages: PageQuerySet) -> PageQuerySet:
    """Return `pages`, each of which says whether only some people may see it."""
    return pages.annotate(**{PRIVATE: _private()})


def check_shown(page: Page) -> None:
    """Raise WithheldError where `page` is kept from visitors at this moment."""
    is_withheld = getattr(page, WITHHELD, None)
    if is_withheld is None:
        is_withheld = withheld(Page.objects.filter(pk=page.pk)).exists()
    if is_withheld:
        raise WithheldError


def _private() -> Exists:
    """Return what holds for the pages, in a query of pages, that only some people may see.

    The few restrictions are read first: in a join with them SQLite would read all pages for each page.
    """
    restrictions = PageViewRestriction.objects.annotate(
        place=ExpressionWrapper(OuterRef("path"), CharField()),
        beginning=Subquery(Page.objects.order_by().filter(pk=OuterRef("page")).values("path")),
    )
    return Exists(restrictions.filter(place__startswith=F("beginning")))


def _withheld() -> Q:
    condition = Q()
    for found in withheld_by:
        condition |= Q(found())
    return condition
