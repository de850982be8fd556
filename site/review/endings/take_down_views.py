"""The screens on which a page is taken down, asked to be, and the request answered."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from home.access import is_legal_in

from . import taking_down
from .forms import EndingReasonForm, SaidForm, TakeDownForm
from .models import TakeDownRequest
from .views import PageEndingView, SecondPersonView


class TakeDownView(PageEndingView):
    """Takes a page down at once, with what is below it or its translations."""

    page_title = gettext_lazy("Take down at once")
    button = gettext_lazy("Take down now")

    def get_form(self, *given: Any) -> forms.Form:
        """Ask why, how far, and to be sure."""
        return TakeDownForm(*given)

    def act(self, form: TakeDownForm) -> str:
        """Take it down."""
        values = {name: form.cleaned_data[name] for name in ("with_below", "with_translations")}
        down = taking_down.take_down(self.page, self.request.user, form.cleaned_data["reason"], **values)
        return _("Taken down: %(pages)s") % {"pages": ", ".join(page.title for page in down)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give all that would come down at most."""
        told = [
            _("Visitors meet the page no more from this moment on. The editors read your reason."),
            _("This and what is below it, in all languages of the region, is live or scheduled:"),
        ]
        pages = taking_down.pages_in(self.page, with_below=True, with_translations=True)
        return super().get_context_data(**{"told": told, "pages": pages, **kwargs})


class RequestView(TakeDownView):
    """Asks legal to take a page down."""

    page_title = gettext_lazy("Ask legal to take it down")
    button = gettext_lazy("Ask legal")

    def is_open(self, user: Any) -> bool:
        """Open it to the editors of the page's region."""
        return taking_down.may_request(self.page, user)

    def get_form(self, *given: Any) -> forms.Form:
        """Ask why."""
        return EndingReasonForm(*given)

    def act(self, form: Any) -> str:
        """Ask for it."""
        taking_down.request(self.page, self.request.user, form.cleaned_data["reason"])
        return _("Legal has been asked, and gets an e-mail.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what will happen."""
        told = [_("The legal team of the region decides, and answers you by e-mail.")]
        return super().get_context_data(**{"told": told, "pages": [], **kwargs})


class AnswerView(SecondPersonView):
    """Asks legal about a request to take a page down."""

    page_title = gettext_lazy("Request to take a page down")
    yes, no = gettext_lazy("Take down now"), gettext_lazy("Refuse")
    said_yes, said_no = gettext_lazy("Taken down"), gettext_lazy("Refused")

    @cached_property
    def asked(self) -> TakeDownRequest:
        """Return the request."""
        found = TakeDownRequest.objects.select_related("region", "by", "answer__by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def is_open(self, user: Any) -> bool:
        """Open it to the legal team of the region."""
        return is_legal_in(self.asked.region, user)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.asked.title

    def act(self, form: SaidForm) -> str:
        """Answer."""
        reason = form.cleaned_data["reason"]
        taking_down.answer(self.asked, self.request.user, is_granted=self.is_agreed, reason=reason)
        return _("Taken down as asked.") if self.is_agreed else _("Refused; whoever asked gets your reason.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the request and its answer."""
        page = Page.objects.filter(pk=self.asked.page).first()
        return super().get_context_data(
            first=self.asked,
            said=getattr(self.asked, "answer", None),
            may_decide=taking_down.may_answer(self.asked, self.request.user),
            note=_("Granted, the page comes down at once, and comes back by review only."),
            link=reverse("wagtailadmin_explore", args=[page.pk]) if page else "",
            **kwargs,
        )
