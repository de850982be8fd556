"""The screens of an urgent withdrawal, and of the second opinion on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.access import is_legal_in
from region_gate import clock
from therapies.labels.withdrawal import pages_naming
from therapies.models import EndingChoice, Label

from . import withdrawing
from .forms import SaidForm, WithdrawalForm
from .models import UrgentWithdrawal
from .views import EndingView, SecondPersonView


class WithdrawView(EndingView):
    """Ends a label at once."""

    page_title = gettext_lazy("Withdraw at once")
    button = gettext_lazy("End this label now")

    @cached_property
    def label(self) -> Label:
        """Return the label."""
        return get_object_or_404(Label.objects.select_related("product", "region"), pk=self.kwargs["pk"])

    def is_open(self, user: Any) -> bool:
        """Open it to the legal team of the label's region."""
        return is_legal_in(self.label.region, user)

    def get_page_subtitle(self) -> str:
        """Name the label."""
        return str(self.label)

    def get_form(self, *given: Any) -> forms.Form:
        """Ask why, and to be sure."""
        return WithdrawalForm(*given)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what will happen, or that there is nothing to end."""
        if not self.label.is_in_force(clock.today()):
            messages.warning(
                request, _("This label is not in force today, so there is nothing to end at once.")
            )
            return redirect(Label.snippet_viewset.get_url_name("edit"), self.label.pk)
        return super().get(request, *args, **kwargs)

    def act(self, form: WithdrawalForm) -> str:
        """End it."""
        withdrawing.withdraw_at_once(self.label.pk, self.request.user, form.cleaned_data["reason"])
        return _("“%(label)s” has ended. Another person of the legal team is asked to confirm it.") % {
            "label": self.label
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the pages that it concerns."""
        pages = [naming.page for naming in pages_naming(self.label)]
        told = [
            _("The label ends today, for everybody, in the words that are live now. A draft stays a draft."),
            _("A second person of the legal team says afterwards if that was right. It stands either way."),
            self._fate() if pages else _("No live page names the product."),
        ]
        return super().get_context_data(**{"told": told, "pages": pages, **kwargs})

    def _fate(self) -> str:
        """Say what becomes of the pages, as their region has chosen."""
        if EndingChoice.objects.keeping([self.label.region_id]):
            return _(
                "These live pages name the product. Your region keeps them up: they show the last safety "
                "information, marked as withdrawn."
            )
        return _("These live pages name the product and come down:")


class OpinionView(SecondPersonView):
    """Asks a second person about an urgent withdrawal."""

    page_title = gettext_lazy("Urgent withdrawal")

    @cached_property
    def withdrawal(self) -> UrgentWithdrawal:
        """Return the withdrawal."""
        found = UrgentWithdrawal.objects.select_related(
            "label__region", "label__product", "by", "opinion__by"
        )
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def is_open(self, user: Any) -> bool:
        """Open it to the legal team of the label's region."""
        return is_legal_in(self.withdrawal.label.region, user)

    def get_page_subtitle(self) -> str:
        """Name the label."""
        return str(self.withdrawal)

    def act(self, form: SaidForm) -> str:
        """Keep the opinion."""
        reason = form.cleaned_data["reason"]
        withdrawing.decide(self.withdrawal, self.request.user, is_confirmed=self.is_agreed, reason=reason)
        return _("This is on record. The withdrawal stands.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the withdrawal and what was said of it."""
        return super().get_context_data(
            first=self.withdrawal,
            said=getattr(self.withdrawal, "opinion", None),
            may_decide=withdrawing.may_decide(self.withdrawal, self.request.user),
            note=_("The withdrawal stands whatever you say. Only a new label brings the pages back."),
            **kwargs,
        )
