"""What the screens have in common on which legal ends something, or others ask for it or speak on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.models import Page

from home.breadcrumbs import BreadcrumbsMixin, place_of

from .forms import SaidForm
from .mail import failures_told
from .ordering import may_order

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class EndingView(BreadcrumbsMixin, TemplateView):
    """A screen that says what will happen, asks why, and does it."""

    template_name = "review/endings/ending.html"
    header_icon = "warning"
    button: "StrOrPromise" = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve those only whose decision it is."""
        if not self.is_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_open(self, user: Any) -> bool:
        """Say whether the screen is for `user`."""
        raise NotImplementedError

    def get_form(self, *given: Any) -> forms.Form:
        """Return the form, filled in with what was `given`."""
        raise NotImplementedError

    def act(self, form: Any) -> str:
        """Do what was asked for; return what to say of it."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        """Return where to go then."""
        return reverse("wagtailadmin_home")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say what is missing."""
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with failures_told(request):
            messages.success(request, self.act(form))
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the form and its button."""
        form = kwargs.pop("form", None) or self.get_form()
        return {**super().get_context_data(**kwargs), "form": form, "button": self.button}


class PageEndingView(EndingView):
    """A screen about a page, for the legal team of its region."""

    @cached_property
    def page(self) -> Page:
        """Return the page."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"])

    @property
    def trail(self) -> list[dict[str, Any]]:
        """Return the way back to the page's place in the tree."""
        return [place_of(self.page)]

    def is_open(self, user: Any) -> bool:
        """Open it to the legal team of the page's region."""
        return may_order(self.page, user)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_success_url(self) -> str:
        """Lead to the page's place in the tree."""
        return reverse("wagtailadmin_explore", args=[self.page.pk])


class SecondPersonView(EndingView):
    """What one person did or asked for, on which another decides with one of two buttons."""

    template_name = "review/endings/second_person.html"
    yes, no = gettext_lazy("Confirm"), gettext_lazy("Do not confirm")
    said_yes, said_no = gettext_lazy("Confirmed"), gettext_lazy("Not confirmed")
    decide: Callable[..., Any]

    @property
    def is_agreed(self) -> bool:
        """Say whether the first of the two buttons was pressed."""
        return "yes" in self.request.POST

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide by the button that was pressed; without one, or with both, ask again."""
        if ("yes" in request.POST) == ("no" in request.POST):
            return self.get(request)
        return super().post(request, *args, **kwargs)

    def get_form(self, *given: Any) -> forms.Form:
        """Ask why, at least where it is refused."""
        return SaidForm(*given, needs_reason=bool(given) and not self.is_agreed)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the two buttons, for those who may press one, and what has been said by them."""
        words = {"yes": self.yes, "no": self.no, "said_yes": self.said_yes, "said_no": self.said_no}
        return super().get_context_data(**words, **kwargs)
