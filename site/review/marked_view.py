"""What is reviewed as visitors will see it, with what was added and removed marked in the page."""

from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from selectolax.lexbor import LexborHTMLParser

from region_gate.html.notes import add_style
from therapies.comparing.html_diff import Said, mark

from .passages import said
from .views import StepView

CONTENT = "main"
# As strict as a public page, and besides it runs no script, sends no form, and is framed by nobody but us.
POLICY = {
    **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
}


@method_decorator([never_cache, csp_replace(POLICY)], name="dispatch")
class MarkedView(StepView):
    """The page with its changes marked, for its reviewers only, as the gate lets it through."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it."""
        words, note = said(), _note(self.baseline.said)
        before = _content(_shown(self.baseline.thing, request)) if self.baseline.thing else ""
        return HttpResponse(_marked(before, _shown(self.reviewed, request), words, note))


def _shown(thing: Any, request: HttpRequest) -> str:
    """Return the preview of `thing`, which has passed the gate as all previews do."""
    with override(get_language()):  # the page's answer is in its own language, and leaves that active
        return thing.make_preview_request(request, thing.default_preview_mode).text


def _content(html: str) -> str:
    main = LexborHTMLParser(html).css_first(CONTENT)
    return (main.inner_html or "") if main else ""


def _note(compared: str) -> str:
    """Return what stands above the page, in the reader's language: what is marked, and how."""
    signs = f"<ins>{escape(_('Added'))}</ins> <del>{escape(_('Removed'))}</del>"
    return f'<p class="marked-note" lang="{get_language()}">{escape(compared)} · {signs}</p>'


def _marked(before: str, html: str, words: Said, note: str) -> str:
    """Return the page `html`, its content marked where it differs from `before`, and without scripts."""
    tree = LexborHTMLParser(html)
    for node in tree.css("script, wagtail-userbar, template"):
        node.decompose()
    main = tree.css_first(CONTENT)
    if main:
        main.inner_html = note + mark(before, main.inner_html or "", words)
    add_style(tree, static("review/marked.css"))
    return tree.html or ""
