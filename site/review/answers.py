"""Answering and closing comments, by whoever may change what they are on."""

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages as admin_messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from home.access import is_legal_in
from home.breadcrumbs import BreadcrumbsMixin
from home.exceptions import RefusedError

from . import comments
from .comment_places import places_of
from .regions import region_of
from .workflows import SHARED_MODELS


def may_answer(thing: Any, user: Any) -> bool:
    """Say whether `user` may change `thing`, and so answers what is said of it; even while it waits."""
    if isinstance(thing, Page):
        return bool(thing.permissions_for_user(user).can_edit())
    policy = thing.snippet_viewset.permission_policy
    region = region_of(thing)
    is_theirs = region is None or is_legal_in(region, user)
    return bool(is_theirs and policy.user_has_permission_for_instance(user, "change", thing))


def address_of(thing: Any) -> str:
    """Return where the comments on `thing` are answered."""
    kind = ContentType.objects.get_for_model(Page if isinstance(thing, Page) else thing)
    return reverse("review_comments", args=[kind.pk, thing.pk])


class CommentsView(BreadcrumbsMixin, TemplateView):
    """All comments on a page or snippet, for whoever may change it."""

    template_name = "review/comments.html"
    page_title = _("Comments")
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve those only who may answer."""
        if not may_answer(self.thing, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def thing(self) -> Any:
        """Return the page or snippet. Raises Http404 for anything else."""
        model: Any = get_object_or_404(ContentType, pk=self.kwargs["kind"]).model_class()
        if model is Page:
            return get_object_or_404(Page, pk=self.kwargs["pk"]).get_latest_revision_as_object()
        if model not in SHARED_MODELS:
            raise Http404
        return get_object_or_404(model, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the page or snippet."""
        return str(self.thing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the comments, each with the name of its field."""
        places = [place for known in places_of(self.thing).values() for place in known]
        return super().get_context_data(
            remarks=comments.comments_on(self.thing),
            places=places,
            edit_url=AdminURLFinder().get_edit_url(self.thing),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take an answer, or close a comment."""
        with transaction.atomic():
            pk = request.POST.get("close") or request.POST.get("answer") or ""
            kept = comments.kept_on(self.thing).select_for_update()
            comment = get_object_or_404(kept, pk=pk if pk.isdecimal() else None)
            if "close" in request.POST:
                comments.close(comment, request.user)
                messages.success(request, _("The comment is closed."))
            else:
                self._answer(comment)
        return redirect(address_of(self.thing))

    def _answer(self, comment: comments.Remark) -> None:
        try:
            comments.answer(comment, self.request.user, self.request.POST.get("text", ""))
        except RefusedError as refusal:
            messages.error(self.request, refusal.messages[0])
        else:
            messages.success(self.request, _("Your answer is kept, and shown with the comment."))


def tell_of_comments(request: HttpRequest, thing: Any) -> None:
    """Lead whoever opens an editor to the open comments on what is in it.

    A page's editor shows them itself, and takes no answer while the page waits for its review.
    """
    user = request.user
    if request.method != "GET" or not (_asks_elsewhere(thing, user) and may_answer(thing, user)):
        return
    if number := len(comments.open_comments(thing)):
        said = ngettext("%(number)s comment is open.", "%(number)s comments are open.", number)
        button = admin_messages.button(address_of(thing), _("Read and answer"))
        admin_messages.warning(request, said % {"number": number}, buttons=[button])


def _asks_elsewhere(thing: Any, user: Any) -> bool:
    """Say whether the editor of `thing` takes no answers from `user`."""
    if isinstance(thing, Page):
        return bool(thing.permissions_for_user(user).page_locked())
    return isinstance(thing, SHARED_MODELS)
