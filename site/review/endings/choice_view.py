"""Legal's screen about what becomes of its region's pages when a label ends."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from home.access import is_legal_in, regions_of_legal
from home.breadcrumbs import BreadcrumbsMixin
from home.models import Region
from therapies.models import EndingChoice

from .choosing import choose, confirm
from .forms import EndingReasonForm

ACTS = ("keep", "take_down", "confirm")


class EndingChoiceView(BreadcrumbsMixin, TemplateView):
    """Shows each of the person's regions with its choice, its proposal and all that was chosen before."""

    template_name = "review/endings/choices.html"
    page_title = gettext_lazy("When a label ends")
    header_icon = "date"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve legal teams."""
        if not regions_of_legal(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was chosen for one region."""
        region = get_object_or_404(Region, code=request.POST.get("region", ""))
        if not is_legal_in(region, request.user):
            raise PermissionDenied
        act = next((name for name in ACTS if name in request.POST), "")
        form = EndingReasonForm(request.POST, prefix=region.code)
        if not act or (act != "confirm" and not form.is_valid()):
            return self.render_to_response(self.get_context_data(sent=form))
        messages.success(request, self._act(act, region, form))
        return redirect("ending_choices")

    def _act(self, act: str, region: Region, form: EndingReasonForm) -> str:
        """Do it; return what to say of it."""
        if act == "confirm":
            proposal = get_object_or_404(EndingChoice, pk=self.request.POST.get("proposal") or 0)
            made = confirm(proposal, self.request.user)
        else:
            reason = form.cleaned_data["reason"]
            made = choose(region, self.request.user, keeps_up=act == "keep", reason=reason)
        if made.is_in_force:
            return _("This holds in %(region)s from now on.") % {"region": region}
        return _("Another person of the legal team must confirm this before it holds.")

    def get_context_data(self, sent: EndingReasonForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """Give the regions."""
        regions = [self._told(region, sent) for region in regions_of_legal(self.request.user)]
        return {**super().get_context_data(**kwargs), "regions": regions}

    def _told(self, region: Region, sent: EndingReasonForm | None) -> dict[str, Any]:
        chosen, proposal = EndingChoice.objects.of(region.pk), EndingChoice.objects.proposal(region)
        own = sent if sent and sent.prefix == region.code else None
        return {
            "region": region,
            "keeps_up": bool(chosen and chosen.keeps_up),
            "chosen": chosen,
            "proposal": proposal,
            "may_confirm": proposal is not None and proposal.by_id != self.request.user.pk,
            "form": own or EndingReasonForm(prefix=region.code),
            "history": EndingChoice.objects.filter(region=region).select_related("by"),
        }
