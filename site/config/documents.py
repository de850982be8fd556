"""Documents: the public gets what something live shows, and a region's people what is theirs.

Wagtail serves any document to whoever counts up the numbers, and its own pattern takes any digits: 007, and
those of every script.
"""

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import re_path
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as wagtail_serve
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.access import is_legal_in
from home.models import Region
from home.ownership import owner_at
from home.visibility import shown
from region_gate import clock
from therapies.models import Label
from therapies.usage.uses import live_uses_of

from . import errors
from .byte_ranges import ranged

NUMBER = r"([1-9][0-9]{0,18})"
OF_EDITORS = ["add", "change", "choose"]


def serve(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """Serve the document with this `number` and file `name`. Raises Http404 for whom it is not."""
    document = get_object_or_404(get_document_model(), pk=number)
    if is_public(document):
        return ranged(request, document, wagtail_serve(request, document.pk, name))
    if not may_read(request, document):
        raise Http404
    response = ranged(request, document, wagtail_serve(request, document.pk, name))
    response["Cache-Control"] = "private, no-store"
    return response


def is_public(document: Model) -> bool:
    """Say whether visitors are shown something at this moment that leads to `document`."""
    return any(_is_shown(thing) for thing in live_uses_of(document))


def may_read(request: HttpRequest, document: Model) -> bool:
    """Say whether `request` is of somebody who works with `document`: its region's editors and legal."""
    user = request.user
    if not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
        return False
    policy = policy_registry.get_by_type(type(document))
    if policy.user_has_any_permission_for_instance(user, OF_EDITORS, document):
        return True
    region = owner_at(document.collection.path, Region.objects.by_collection())  # type: ignore[attr-defined]
    return region is None or is_legal_in(region, user)


def _is_shown(thing: Model) -> bool:
    if isinstance(thing, Page):
        return shown(Page.objects.live().public().filter(pk=thing.pk)).exists()
    return not isinstance(thing, Label) or thing.is_in_force(clock.today())


urlpatterns = [
    re_path(rf"^{NUMBER}/([^/]*)$", serve, name="wagtaildocs_serve"),
    re_path(
        rf"^authenticate_with_password/{NUMBER}/$",
        errors.no_page,  # no document has a password
        name="wagtaildocs_authenticate_with_password",
    ),
]
