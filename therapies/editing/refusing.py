"""Show the editor again after a refused save, with the person's words and what differs."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import select_template
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Revision

from therapies.comparing.changes import Change, changes
from therapies.comparing.text_fields import passages_of

from .conflicts import REFUSED, SEEN, token

if TYPE_CHECKING:
    from wagtail.admin.views.generic import EditView as View  # one that the mixin stands in front of
else:
    View = object

CONFLICT = 409  # RFC 9110, section 15.5.10


class RefusedEditMixin(View):
    """Shows what was posted to an editing view, and saves nothing."""

    draft: ClassVar[Revision]
    form: Any

    def run_hook(self, hook_name: str, *args: Any, **kwargs: Any) -> None:
        """Run no hooks: those before the save have run, and nothing is saved."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Give the form back."""
        return self._give_back(form)

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Give the form back, with what is wrong in it."""
        return self._give_back(form)

    def _give_back(self, form: Any) -> HttpResponseBase:
        self.form = form
        messages.error(self.request, _("Not saved: there is a newer draft than the one that you opened."))
        return self.render_to_response(self.get_context_data(form=form), status=CONFLICT)

    def get_template_names(self) -> list[str]:
        """Return our template, which stands around the editor's."""
        return ["therapies/editing/refused.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the newer draft and what differs from it."""
        return {
            **super().get_context_data(**kwargs),
            "editor_template": select_template(super().get_template_names()),
            "has_unsaved_changes": True,
            "autosave_enabled": False,  # what is saved now is saved over the newer draft
            "draft": self.draft,
            "changes": _changes(self.draft, self.form.instance),
            "newest": token(self.draft),
            "names": {"refused": REFUSED, "seen": SEEN},
            "form_id": "page-edit-form" if isinstance(self, PageEditView) else "w-editor-form",
            "editor_url": self.get_edit_url(),
        }


def _changes(draft: Revision, mine: Any) -> list[Change]:
    """Return the changes from `draft` to the person's version."""
    return changes(*passages_of(draft.as_object(), mine))


def refuse(request: HttpRequest, draft: Revision) -> HttpResponseBase:
    """Return the response to a save over `draft`: the editor again, or the error that autosave expects."""
    if not request.accepts("text/html"):
        error = {
            "error_code": "invalid_revision",
            "error_message": _("Saving will overwrite a newer version."),
        }
        return JsonResponse({"success": False, **error}, status=400)
    match: Any = request.resolver_match
    editor = _editor(match)
    view: Any = type("RefusedEditView", (RefusedEditMixin, editor.view_class), {"draft": draft})
    response: HttpResponseBase = view.as_view(**editor.view_initkwargs)(request, *match.args, **match.kwargs)
    return response


def _editor(match: Any) -> Any:
    """Return the view that was asked for; a page's is found by the page, as Wagtail does."""
    if "page_id" not in match.kwargs:
        return match.func
    return page_viewset_registry.get_by_page_id(match.kwargs["page_id"]).get_view_by_name(match.url_name)
