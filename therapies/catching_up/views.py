"""What a source has changed since a page caught up with it, and the decision that nothing is to be done."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from home.access import pages_of

from .changes_since import changes_since
from .deciding import pass_over, state_of
from .standings import SourceStanding, standings_of
from .untranslated import as_read, beside


class PassOverForm(forms.Form):
    """Asks why nothing of a change is to be taken over."""

    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Such as: only the English spelling was corrected. It stands in the page’s history."),
    )


class SourceView(WagtailAdminTemplateMixin):
    """A view of a page and one of its sources, for people who have to do with the page."""

    header_icon = "rotate"
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def page(self) -> Page:
        """Return the page that is behind. Raises Http404 for people who have nothing to do with it."""
        return get_object_or_404(pages_of(self.request.user), pk=self.kwargs["page"])

    @cached_property
    def standing(self) -> SourceStanding:
        """Return how the page stands to the source. Raises Http404 where that is none of its sources."""
        for one in standings_of(self.page):
            if one.source == self.kwargs["source"]:
                return one
        raise Http404

    @cached_property
    def source(self) -> Page:
        """Return the source as visitors see it, a draft where it is translated from one. Raises Http404."""
        found = get_object_or_404(Page, pk=self.standing.source).specific
        if not (found.live or self.standing.is_translation):
            raise Http404
        return as_read(found)

    @property
    def may_edit(self) -> bool:
        """Say whether the person writes the page."""
        return self.page.permissions_for_user(self.request.user).can_edit()

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the matrix of pages and languages."""
        matrix = {"url": reverse("page_matrix"), "label": _("Pages and languages")}
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), matrix, own]


class CatchUpView(SourceView, FormView):
    """Shows what a source has changed, and takes the decision that the page stays as it is."""

    template_name = "therapies/catching_up/changes.html"
    form_class = PassOverForm
    page_title = _("Changes of the source")

    def get_initial(self) -> dict[str, Any]:
        """Remember what is on the screen."""
        return {"revision": state_of(self.source)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let those decide only who write the page."""
        if not self.may_edit:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PassOverForm) -> HttpResponse:
        """Keep the decision: about what was on the screen, not what was published meanwhile."""
        if form.cleaned_data["revision"] != state_of(self.source):
            messages.warning(self.request, gettext("The source has changed meanwhile. Please look again."))
        else:
            pass_over(self.page, self.source, self.request.user, form.cleaned_data["reason"])
            messages.success(self.request, gettext("The page is in step with its source again."))
        return redirect("therapies_catch_up", self.page.pk, self.source.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the changes."""
        return super().get_context_data(
            page=self.page,
            source=self.source,
            standing=self.standing,
            since=changes_since(self.page, self.source),
            may_decide=self.may_edit,
            **kwargs,
        )


class BesideView(SourceView, TemplateView):
    """Shows the latest draft of a translation beside its source, and what is still the source's."""

    template_name = "therapies/catching_up/beside.html"
    page_title = _("Beside the source")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the passages side by side."""
        pairs = beside(self.page.get_latest_revision_as_object(), self.source)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "source": self.source,
            "standing": self.standing,
            "pairs": pairs,
            "untranslated": sum(pair.is_untranslated for pair in pairs),
            "may_edit": self.may_edit,
        }
