"""The screens on which legal ends something at once, and on which others ask for it or speak on it."""

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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from home.access import is_legal_in
from region_gate import clock
from therapies.labels.withdrawal import pages_naming
from therapies.models import Label

from . import taking_down, withdrawing
from .forms import EndingReasonForm, OrderForm, SaidForm, TakeDownForm, WithdrawalForm
from .models import TakeDownRequest, UrgentWithdrawal
from .ordering import may_order, put_in_order

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class EndingView(WagtailAdminTemplateMixin, TemplateView):
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
        messages.success(request, self.act(form))
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the form and its button."""
        form = kwargs.pop("form", None) or self.get_form()
        return {**super().get_context_data(**kwargs), "form": form, "button": self.button}


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
        """Say what will happen. Raises RefusedError where there is nothing to end."""
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
        told = [
            _("The label ends today, for everybody, in the words that are live now. A draft stays a draft."),
            _("A second person of the legal team says afterwards if that was right. It stands either way."),
            _("These live pages name the product and come down, unless the region keeps them up:"),
        ]
        pages = [naming.page for naming in pages_naming(self.label)]
        return super().get_context_data(**{"told": told, "pages": pages, **kwargs})


class TakeDownView(EndingView):
    """Takes a page down at once, with what is below it or its translations."""

    page_title = gettext_lazy("Take down at once")
    button = gettext_lazy("Take down now")

    @cached_property
    def page(self) -> Page:
        """Return the page."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"])

    def is_open(self, user: Any) -> bool:
        """Open it to the legal team of the page's region."""
        return may_order(self.page, user)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_form(self, *given: Any) -> forms.Form:
        """Ask why, how far, and to be sure."""
        return TakeDownForm(*given)

    def act(self, form: TakeDownForm) -> str:
        """Take it down."""
        values = {name: form.cleaned_data[name] for name in ("with_below", "with_translations")}
        down = taking_down.take_down(self.page, self.request.user, form.cleaned_data["reason"], **values)
        return _("Taken down: %(pages)s") % {"pages": ", ".join(page.title for page in down)}

    def get_success_url(self) -> str:
        """Lead to the page's place in the tree."""
        return reverse("wagtailadmin_explore", args=[self.page.pk])

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


class SecondPersonView(EndingView):
    """What one person did or asked for, on which another decides with one of two buttons."""

    template_name = "review/endings/second_person.html"
    yes, no = gettext_lazy("Confirm"), gettext_lazy("Do not confirm")
    decide: Callable[..., Any]

    @property
    def is_agreed(self) -> bool:
        """Say whether the first of the two buttons was pressed."""
        return "yes" in self.request.POST

    def get_form(self, *given: Any) -> forms.Form:
        """Ask why, at least where it is refused."""
        return SaidForm(*given, needs_reason=bool(given) and not self.is_agreed)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the two buttons, for those who may press one."""
        return super().get_context_data(yes=self.yes, no=self.no, **kwargs)


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


class AnswerView(SecondPersonView):
    """Asks legal about a request to take a page down."""

    page_title = gettext_lazy("Request to take a page down")
    yes, no = gettext_lazy("Take down now"), gettext_lazy("Refuse")

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


class OrderView(EndingView):
    """Puts the pages below one in order."""

    page_title = gettext_lazy("Put pages in order")
    header_icon = "list-ol"
    button = gettext_lazy("Save the order")

    @cached_property
    def parent(self) -> Page:
        """Return the page above."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"])

    def is_open(self, user: Any) -> bool:
        """Open it to the legal team of the region."""
        return may_order(self.parent, user)

    def get_page_subtitle(self) -> str:
        """Name the page above."""
        return self.parent.get_admin_display_title()

    def get_form(self, *given: Any) -> forms.Form:
        """Ask for the place of each page."""
        return OrderForm([*Page.objects.child_of(self.parent).order_by("path")], *given)

    def act(self, form: OrderForm) -> str:
        """Put them in order."""
        has_moved = put_in_order(self.parent, form.numbers, self.request.user)
        return _("The pages are in the new order.") if has_moved else _("The order is as it was.")

    def get_success_url(self) -> str:
        """Lead back to the page above."""
        return reverse("wagtailadmin_explore", args=[self.parent.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the order is."""
        told = [
            _("The menu of the region shows its pages in this order. Number them; drafts are among them.")
        ]
        return super().get_context_data(**{"told": told, "pages": [], **kwargs})
