"""Who may change a label: the legal team of its region, by every route."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from wagtail.permission_policies import ModelPermissionPolicy

from home.access import editors_name, is_legal_in, regions_of_legal
from home.models import Region
from therapies.models import Label

READING = "view"


class LabelPermissionPolicy(ModelPermissionPolicy):
    """Wagtail's for models, narrowed to the labels of the person's own regions."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Label) -> bool:
        """Say whether `user` may do `action` to this label."""
        is_allowed = bool(self.user_has_permission(user, action))
        return is_allowed and (action == READING or is_legal_in(instance.region, user))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet:
        """Return the labels to which `user` may do one of `actions`."""
        found = super().instances_user_has_any_permission_for(user, actions)
        return found if READING in actions else found.filter(region__in=regions_of_legal(user))


def in_own_region(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have `view` of the admin change a label only where it is the person's own region's.

    Some of Wagtail's views of snippets ask what a person may do to all of them, not to this one.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and kwargs.get("pk") and not _is_own(request, kwargs["pk"]):
            raise PermissionDenied
        if kwargs.get("pk") and not _may_read(request, kwargs["pk"]):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def read_in_others(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have `view`, the editor of a label, show those of other regions as they are read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" and not _is_own(request, kwargs["pk"]):
            return redirect(Label.snippet_viewset.get_url_name("inspect"), kwargs["pk"])
        return view(request, *args, **kwargs)

    return guarded


def _may_read(request: HttpRequest, pk: Any) -> bool:
    """Say whether the person may see the label: editors see no draft of another region's."""
    label = get_object_or_404(Label.objects.select_related("region"), pk=unquote(str(pk)))
    is_editors = request.user.groups.filter(name=editors_name(label.region.code)).exists()
    return label.live or is_editors or regions_of_legal(request.user).exists()


def _is_own(request: HttpRequest, pk: Any) -> bool:
    """Say whether the label is one of a region whose legal team the person belongs to."""
    region = Region.objects.filter(labels=get_object_or_404(Label, pk=unquote(str(pk)))).get()
    return is_legal_in(region, request.user)
