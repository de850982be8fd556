"""Who may change what belongs to one region, such as a label: the region's legal team, by every route."""

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

READING = "view"
View = Callable[..., HttpResponseBase]


class RegionalPermissionPolicy(ModelPermissionPolicy):
    """Wagtail's for models, narrowed to what belongs to the person's own regions."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Say whether `user` may do `action` to `instance`."""
        is_allowed = bool(self.user_has_permission(user, action))
        return is_allowed and (action == READING or is_legal_in(instance.region, user))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet:
        """Return those to which `user` may do one of `actions`."""
        found = super().instances_user_has_any_permission_for(user, actions)
        return found if READING in actions else found.filter(region__in=regions_of_legal(user))


def in_own_region(view: View, model: Any) -> View:
    """Have `view` of the admin change one of `model` only where it is the person's own region's.

    Some of Wagtail's views of snippets ask what a person may do to all of them, not to this one.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs.get("pk"):
            thing = _found(model, kwargs["pk"])
            is_allowed = request.method != "POST" or is_legal_in(thing.region, request.user)
            if not (is_allowed and _may_read(request, thing)):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def read_in_others(view: View, model: Any) -> View:
    """Have `view`, the editor of one of `model`, show those of other regions as they are read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_own = is_legal_in(_found(model, kwargs["pk"]).region, request.user)
        if request.method != "POST" and not is_own:
            return redirect(model.snippet_viewset.get_url_name("inspect"), kwargs["pk"])
        return view(request, *args, **kwargs)

    return guarded


def _found(model: Any, pk: Any) -> Any:
    return get_object_or_404(model.objects.select_related("region"), pk=unquote(str(pk)))


def _may_read(request: HttpRequest, thing: Any) -> bool:
    """Say whether the person may see `thing`: editors see no draft of another region's."""
    is_editors = request.user.groups.filter(name=editors_name(thing.region.code)).exists()
    return thing.live or is_editors or regions_of_legal(request.user).exists()
