"""The form that uses a page in another region, and the comparison with the original afterwards."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from home.access import pages_of
from home.models import Region
from therapies.catching_up.deciding import is_urgent, pass_over, state_of
from therapies.comparing.changes import changes
from therapies.comparing.text_fields import OWN_FIELDS, passages_of
from therapies.models import Adaptation

from .draft import adapt
from .forms import DraftForm, PlaceForm
from .messages import tell
from .targets import AdaptationTarget, destinations, usable

REPORT = "therapies_adaptations"


class AdminPage(WagtailAdminTemplateMixin):
    """A page of the admin, reached by way of the report of adaptations."""

    header_icon = "copy"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the report."""
        report = {"url": reverse(REPORT), "label": _("Adaptations")}
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), report, own]


class AdaptView(AdminPage, FormView):
    """Asks where a page is to be used, and makes the draft."""

    template_name = "therapies/adapting/adapt.html"
    form_class = DraftForm
    page_title = _("Use in another region")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what cannot be read by everybody, and people who may not add such a page anywhere."""
        self.source: Page = get_object_or_404(usable(), pk=kwargs["page"]).specific
        if not self.offered:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def offered(self) -> list[AdaptationTarget]:
        """Return where the person may use the page."""
        return destinations(self.source, self.request.user)

    @cached_property
    def place(self) -> AdaptationTarget:
        """Return the chosen place, at first the likely one. Raises PermissionDenied for one not offered."""
        chosen = self.request.POST.get("home") or self.request.GET.get("home")
        if chosen is None:
            return self._likely()
        for place in self.offered:
            if str(place.home.pk) == chosen:
                return place
        raise PermissionDenied

    def _likely(self) -> AdaptationTarget:
        """Return the first place in the original's language, else the first."""
        same = (place for place in self.offered if place.home.locale_id == self.source.locale_id)
        return next(same, self.offered[0])

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.source.title

    def get_initial(self) -> dict[str, Any]:
        """Propose the original's title and slug."""
        return {"title": self.source.title, "slug": self.source.slug}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form what is used, where and by whom."""
        given = {"source": self.source, "place": self.place, "user": self.request.user}
        return {**super().get_form_kwargs(), **given}

    def form_valid(self, form: DraftForm) -> HttpResponse:
        """Make the draft, and lead on to its editor with all that is to be known of it."""
        asked = form.cleaned_data
        try:
            adapted = adapt(
                self.source,
                self.place.home,
                asked["parent"],
                asked["title"],
                asked["slug"],
                self.request.user,
            )
        except ValidationError as refusal:  # somebody else was quicker
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        tell(self.request, adapted)
        return redirect("wagtailadmin_pages:edit", adapted.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the original, and the form for another place where there are several."""
        places = PlaceForm(self.offered, initial={"home": self.place.home.pk})
        return {
            **super().get_context_data(**kwargs),
            "source": self.source,
            "place": self.place,
            "places": places if len(self.offered) > 1 else None,
            "source_region": Region.objects.owning(self.source.path),
        }


class ComparisonView(AdminPage, TemplateView):
    """Shows what changed in the original since it was last seen, and where ours differs from it."""

    template_name = "therapies/adapting/comparison.html"
    page_title = _("Compare with the original")

    @cached_property
    def adaptation(self) -> Adaptation:
        """Return the adaptation, of a page that the person has to do with. Raises Http404."""
        found = Adaptation.objects.with_news().select_related("page", "source", "taken_by")
        return get_object_or_404(found.filter(page__in=pages_of(self.request.user)), pk=self.kwargs["pk"])

    @cached_property
    def ours(self) -> Page:
        """Return our page as its editors see it: the latest draft."""
        return self.adaptation.page.get_latest_revision_as_object()

    @property
    def may_mark(self) -> bool:
        """Say whether the person writes our page."""
        return self.adaptation.page.permissions_for_user(self.request.user).can_edit()

    def get_page_subtitle(self) -> str:
        """Name our page."""
        return self.ours.get_admin_display_title()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give both comparisons; without an original, ours with what was last seen of it."""
        original, seen = self.adaptation.original, self.adaptation.as_seen()
        before, now, ours = passages_of(seen, original or seen, self.ours, without=OWN_FIELDS)
        return {
            **super().get_context_data(**kwargs),
            "adaptation": self.adaptation,
            "original": original,
            "original_region": Region.objects.owning(original.path) if original else None,
            "ours": self.ours,
            "our_region": Region.objects.owning(self.ours.path),
            "since": changes(before, now),
            "differing": changes(now, ours),
            "may_mark": self.may_mark,
            "is_urgent": is_urgent(self.adaptation.page, self.adaptation.source_id),
            "state": state_of(original) if original else "",
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark the original as seen: what was on the screen, not what was published meanwhile."""
        if not self.may_mark:
            raise PermissionDenied
        original = self.adaptation.original
        if original is None or state_of(original) != request.POST.get("revision"):
            messages.warning(request, gettext("The original has changed meanwhile. Please look again."))
        else:
            pass_over(self.adaptation.page, original, request.user)
            messages.success(request, gettext("Marked as seen."))
        return redirect("therapies_adaptation", pk)
