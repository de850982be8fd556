"""The form that replaces a label by the next one, in all its languages, from a day on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from home.access import is_legal_in
from home.exceptions import RefusedError
from therapies.models import Label

from .forms import ReplaceForm
from .succession import check_replaceable, check_unreplaced, replace


def may_replace(label: Label, user: Any) -> bool:
    """Say whether `user` may draft the label that replaces `label`: whoever may add one in its region."""
    return user.has_perm("therapies.add_label") and is_legal_in(label.region, user)


def is_replaceable(label: Label) -> bool:
    """Say whether `label` can be replaced now."""
    try:
        check_replaceable(label)
        check_unreplaced(label)
    except RefusedError:
        return False
    return True


class ReplaceView(WagtailAdminTemplateMixin, FormView):
    """Asks from when on a label is replaced, and makes the draft of the next one."""

    template_name = "therapies/labels/replace.html"
    form_class = ReplaceForm
    page_title = gettext_lazy("Replace label")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse people who may add no label in the region."""
        self.label = get_object_or_404(Label.objects.select_related("region"), pk=kwargs["label"])
        if not may_replace(self.label, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the label."""
        return str(self.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the label."""
        listed = {"url": _address("list"), "label": _("Labels")}
        edited = {"url": _address("edit", self.label.pk), "label": str(self.label)}
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), listed, edited, own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the label."""
        return super().get_context_data(label=self.label, **kwargs)

    def form_valid(self, form: ReplaceForm) -> HttpResponse:
        """Make the draft and lead to its editor; say at the day why it cannot be."""
        try:
            made = replace(self.label, form.cleaned_data["starts"], self.request.user)
        except RefusedError as refusal:
            form.add_error("starts", refusal)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _(
                "This is the draft of the next label, with all texts of the present one. "
                "Change them, then submit it for review."
            ),
        )
        return redirect(_address("edit", made.pk))


def _address(act: str, *numbers: int) -> str:
    return reverse(Label.snippet_viewset.get_url_name(act), args=numbers)
