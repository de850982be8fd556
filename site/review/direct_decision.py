"""A decision by Wagtail's own address, without the reviewer's screen."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views.pages.workflow import WorkflowActionView

from .models import refuse_incomplete


class DirectDecisionView(WorkflowActionView):
    """Takes a decision about a page, or says what it lacks; Wagtail's answers as if it had been taken."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Decide. Raises RefusedError where the form is incomplete."""
        if request.headers.get("X-Requested-With") != "XMLHttpRequest":  # which gets the form again
            refuse_incomplete(self.form_class(request.POST))
        return super().post(request, *args, **kwargs)
