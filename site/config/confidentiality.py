"""What a region is working on is not told to the others: no title of a draft, a picture or a document.

Wagtail asks what somebody may change, and shows what there is to everybody who may enter the admin.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from home.models import Region

IN_COLLECTIONS = {"image": get_image_model, "document": get_document_model}
USES = ["add", "change", "delete", "choose"]
# Lists of all that is there, by the names of their addresses.
OF_EVERYTHING = {"wagtailadmin_reports:page_types_usage", "wagtailadmin_reports:page_types_usage_results"}
# The pages that an address is about, by the parts of the address that hold their numbers.
ABOUT_PAGES = {
    "wagtailadmin_explore": ["parent_page_id"],
    "wagtailadmin_explore_results": ["parent_page_id"],
    "wagtailadmin_pages:collect_workflow_action_data": ["page_id"],
    "wagtailadmin_pages:confirm_workflow_cancellation": ["page_id"],
    "wagtailadmin_pages:move_confirm": ["page_to_move_id", "destination_id"],
    "wagtailadmin_pages:workflow_action": ["page_id"],
    "wagtailadmin_pages:workflow_preview": ["page_id"],
}
TO_CHOOSE = {"wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple"}


class ConfidentialityMiddleware:
    """Answers nobody with what another region is working on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]) -> None:
        """Raise Http404 where `request` asks for the titles of what is another region's."""
        if not request.path.startswith(reverse("wagtailadmin_home")) or request.resolver_match is None:
            return
        if request.user.is_authenticated and not request.user.is_superuser and _tells(request, kwargs):
            raise Http404


class OwnImagesAPIViewSet(ImagesAdminAPIViewSet):
    """The admin's API of pictures, of those that somebody works with."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return the pictures in the collections of whoever asks."""
        return super().get_queryset() & usable(self.request.user, get_image_model())


class OwnDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    """The admin's API of documents, of those that somebody works with."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return the documents in the collections of whoever asks."""
        return super().get_queryset() & usable(self.request.user, get_document_model())


def usable(user: Any, model: type[Any]) -> QuerySet[Any]:
    """Return the things of `model`, pictures or documents, that `user` may change or choose."""
    found: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, USES
    )
    return found


def choosable(pages: PageQuerySet, user: Any) -> PageQuerySet:
    """Return those of `pages` whose titles `user` may read: their own, and what visitors read as well."""
    if user.is_superuser:
        return pages
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    told = Page.objects.filter(Q(live=True, draft_title=F("title")) | Q(pk__in=own.values("pk")))
    return pages.filter(pk__in=told.values_list("pk", flat=True))


def _tells(request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
    name = request.resolver_match.view_name  # type: ignore[union-attr]
    if name in ABOUT_PAGES:
        return _are_foreign(request.user, [kwargs[part] for part in ABOUT_PAGES[name]])
    if name in TO_CHOOSE:
        keys = [*request.GET.getlist("id"), *filter(None, [kwargs.get("parent_page_id")])]
        pages = _pages(keys)
        return pages.count() > choosable(pages, request.user).count()
    if name == "wagtail_bulk_action":
        return _tells_in_bulk(request, kwargs["model_name"])
    return name in OF_EVERYTHING


def _tells_in_bulk(request: HttpRequest, kind: str) -> bool:
    """Say whether the pages, pictures or documents that are asked about are others'.

    All pages of a list are, unless it is one below a page of a region of the person's own.
    """
    keys, above = request.GET.getlist("id"), request.GET.get("childOf", "")
    if kind == "page" and "all" in keys:
        is_in_a_region = bool(Region.objects.owners_of(page.path for page in _pages([above])))
        return not is_in_a_region or _are_foreign(request.user, [above])
    return _are_others(request.user, kind, keys)


def _are_others(user: Any, kind: str, keys: Iterable[Any]) -> bool:
    if kind not in IN_COLLECTIONS:
        return kind == "page" and _are_foreign(user, keys)
    model = IN_COLLECTIONS[kind]()
    wanted = {int(key) for key in keys if str(key).isdecimal()}
    return model.objects.filter(pk__in=wanted).exclude(pk__in=usable(user, model).values("pk")).exists()


def _are_foreign(user: Any, keys: Iterable[Any]) -> bool:
    """Say whether one of the pages with `keys` is a region's in which `user` has nothing to do."""
    found = [page for page in _pages(keys) if not page.permissions_for_user(user).permissions]
    return bool(Region.objects.owners_of(page.path for page in found))


def _pages(keys: Iterable[Any]) -> PageQuerySet:
    return Page.objects.filter(pk__in={int(key) for key in keys if str(key).isdecimal()})
