"""Two ways to add a part: from the release by choosing, and from the editor of a page or snippet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from ..release_models import Release, ReleaseItem
from . import parts, permissions
from .choosing import MAX_CHOICES, choices, chosen, kinds
from .forms import FindForm
from .views import ReleasePage


class ChooseView(ReleasePage, TemplateView):
    """Offers what may be added to a release."""

    template_name = "review/releases/choose.html"
    page_title = gettext_lazy("Add to the release")

    @cached_property
    def form(self) -> FindForm:
        """Return the question."""
        return FindForm(self.request.GET, kinds=kinds())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the choices."""
        asked = self.form.cleaned_data if self.form.is_valid() else {"kind": "", "words": ""}
        offered = choices(self.release, self.request.user, asked["kind"], asked["words"])
        context = {"form": self.form, "release": self.release, "choices": offered}
        return {**super().get_context_data(**kwargs), **context, "max_choices": MAX_CHOICES}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add what is ticked, all or nothing."""
        ticked = request.POST.getlist("part")
        for value in ticked:
            _add(self.release, _chosen(value), request)
        words = ngettext("%(number)s part was added.", "%(number)s parts were added.", len(ticked))
        messages.success(request, words % {"number": len(ticked)})
        return redirect(self.release)


class AddView(ReleasePage, TemplateView):
    """Offers the releases to which a page or snippet may be added."""

    template_name = "review/releases/add.html"
    page_title = gettext_lazy("Add to a release")

    @cached_property
    def thing(self) -> Any:
        """Return what is to be added. Raises Http404 for what cannot be."""
        return _chosen(f"{self.kwargs['kind']}:{self.kwargs['number']}")

    @cached_property
    def offered(self) -> list[Release]:
        """Return the releases that may change and to which the person may add it."""
        found = permissions.visible(self.request.user).open().prefetch_related("regions")
        may_add, user = permissions.may_add, self.request.user
        return [one for one in found if one.may_change and may_add(one, self.thing, user)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the releases, and the one that holds it already."""
        held = ReleaseItem.objects.holding(self.thing)
        context = {"thing": self.thing, "releases": self.offered, "held": held}
        return {**super().get_context_data(**kwargs), **context}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add it to the chosen release."""
        number = request.POST.get("release", "")
        found = permissions.visible(request.user)
        release = get_object_or_404(found, pk=number if number.isdecimal() and len(number) < 19 else 0)
        _add(release, self.thing, request)
        messages.success(request, _("“%(part)s” was added.") % {"part": self.thing})
        return redirect(release)


def _chosen(value: str) -> Any:
    try:
        return chosen(value)
    except LookupError:
        raise Http404 from None


def _add(release: Release, thing: Any, request: HttpRequest) -> None:
    if not permissions.may_add(release, thing, request.user):
        raise PermissionDenied
    parts.add(release, thing, request.user)
