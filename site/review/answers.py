"""Answering and closing comments on a snippet, by whoever may change it."""

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages as admin_messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from home.access import is_legal_in
from home.exceptions import RefusedError

from .comment_places import places_of
from .comments import comments_on, open_comments, words
from .regions import region_of
from .snippet_comments import SnippetComment, SnippetReply
from .workflows import SHARED_MODELS


def may_answer(thing: Any, user: Any) -> bool:
    """Say whether `user` may change `thing`, and so answers what is said of it."""
    policy = thing.snippet_viewset.permission_policy
    region = region_of(thing)
    is_theirs = region is None or is_legal_in(region, user)
    return bool(is_theirs and policy.user_has_permission_for_instance(user, "change", thing))


def address_of(thing: Any) -> str:
    """Return where the comments on `thing` are answered."""
    return reverse("review_comments", args=[ContentType.objects.get_for_model(thing).pk, thing.pk])


class CommentsView(WagtailAdminTemplateMixin, TemplateView):
    """All comments on a snippet, for whoever may change it."""

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
        """Return the snippet. Raises Http404 for anything else."""
        model = get_object_or_404(ContentType, pk=self.kwargs["kind"]).model_class()
        if model not in SHARED_MODELS:
            raise Http404
        return get_object_or_404(model, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the snippet."""
        return str(self.thing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the comments, each with the name of its field."""
        places = [place for known in places_of(self.thing).values() for place in known]
        return super().get_context_data(
            remarks=comments_on(self.thing),
            places=places,
            edit_url=AdminURLFinder().get_edit_url(self.thing),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take an answer, or close a comment."""
        own = SnippetComment.objects.on(self.thing)
        with transaction.atomic():
            pk = request.POST.get("close") or request.POST.get("answer") or ""
            comment = get_object_or_404(own.select_for_update(), pk=pk if pk.isdecimal() else None)
            if "close" in request.POST:
                self._close(comment)
            else:
                self._answer(comment)
        return redirect(address_of(self.thing))

    def _answer(self, comment: SnippetComment) -> None:
        try:
            said = words(self.request.POST.get("text", ""))
        except RefusedError as refusal:
            messages.error(self.request, refusal.messages[0])
            return
        person: Any = self.request.user
        reply = SnippetReply.objects.create(comment=comment, user=person, text=said)
        told = {"comment": comment.log_values, "reply": {"id": reply.pk, "text": said}}
        log(self.thing, "wagtail.comments.create_reply", user=person, data=told)

    def _close(self, comment: SnippetComment) -> None:
        """Close it; what is closed stays as it was closed."""
        if comment.resolved_at is None:
            person: Any = self.request.user
            comment.resolved_at, comment.resolved_by = timezone.now(), person
            comment.save(update_fields=["resolved_at", "resolved_by"])
            told = {"comment": comment.log_values}
            log(self.thing, "wagtail.comments.resolve", user=person, data=told)


def tell_of_comments(request: HttpRequest, thing: Any) -> None:
    """Lead whoever opens the editor of a snippet to the open comments on it."""
    if request.method != "GET" or not isinstance(thing, SHARED_MODELS) or not may_answer(thing, request.user):
        return
    if number := len(open_comments(thing)):
        said = ngettext("%(number)s comment is open.", "%(number)s comments are open.", number)
        button = admin_messages.button(address_of(thing), _("Read and answer"))
        admin_messages.warning(request, said % {"number": number}, buttons=[button])
