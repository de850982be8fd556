"""A page's latest draft as visitors would meet it: each way out of it, and what it will cause."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page, Revision

from region_gate import conf
from region_gate.authoring.editing_context import from_page
from region_gate.authoring.messages import advise_on
from region_gate.authoring.misleading_text import is_misleading
from region_gate.draft_access import loan_to
from region_gate.html.rewriting import Gate
from region_gate.html.survey import LinkOutcome, SurveyedLink, survey
from region_gate.links.regions import RegionSpec

CONTENT = "main, [role=main]"


@dataclass(frozen=True, slots=True)
class DraftLink:
    """A way out of a draft, as its editor should know of it."""

    found: SurveyedLink
    gate: Gate

    @property
    def is_blocked(self) -> bool:
        """Say whether the gate blocks it."""
        return self.found.outcome is LinkOutcome.BLOCKED

    @property
    def notice_address(self) -> str:
        """Return the address of the notice that stands there, blank for none."""
        is_gated = self.found.outcome is LinkOutcome.GATED
        return self.gate.address(self.found.destination) if is_gated else ""

    @property
    def region(self) -> RegionSpec | None:
        """Return the region that it leads to."""
        return self.gate.viewpoint.regions.get(self.found.destination.region)

    @property
    def seems(self) -> str:
        """Return the other address that its text looks like, blank if it looks like none."""
        return is_misleading(self.found.text, self.found.destination)

    @property
    def advice(self) -> str:
        """Return why it is blocked and what would help, blank if it is not."""
        return advise_on(self.found.href, self.found.destination) if self.is_blocked else ""

    @property
    def needs_mending(self) -> bool:
        """Say whether its editor should do something about it."""
        return self.is_blocked or bool(self.seems)

    @property
    def matters(self) -> bool:
        """Say whether its editor should know of it."""
        return self.needs_mending or bool(self.notice_address)


class Draft:
    """A draft of a page, shown through the site's own stack, inside of the gate."""

    def __init__(self, page: Page, request: HttpRequest, revision: Revision | None = None) -> None:
        """Take `revision` of `page`, or its latest draft as it is stored; `request` is its editor's."""
        stored = Page.objects.get(pk=page.pk)
        self.page = revision.as_object() if revision else stored.get_latest_revision_as_object()
        self.request = request

    @cached_property
    def html(self) -> str:
        """Return the draft as HTML with nothing gated yet, blank if it cannot be shown."""
        return _shown(self.page, self.request)

    @cached_property
    def content(self) -> str:
        """Return the page's own content, without the navigation around it."""
        tree = LexborHTMLParser(self.html)
        content = tree.css_first(CONTENT) or tree.body
        return (content.html or "") if content else ""

    @cached_property
    def gate(self) -> Gate:
        """Return the gate as the page's visitors meet it, but for whoever looks at the draft."""
        viewpoint = from_page(self.page, self.request)
        path = conf.notice_path(self.page.locale.language_code)
        return Gate(viewpoint, path, conf.keys(), loan=loan_to(self.request), media_hosts=conf.media_hosts())

    @cached_property
    def links(self) -> list[DraftLink]:
        """Return the ways out of the page's own content that matter, each once, in its order."""
        return [link for finding in self.found if (link := DraftLink(finding, self.gate)).matters]

    @cached_property
    def found(self) -> list[SurveyedLink]:
        """Return all ways out of the page's own content, each once, in its order."""
        return [*dict.fromkeys(survey(self.content, self.gate))]


def _shown(page: Page, request: HttpRequest) -> str:
    """Return the HTML of a preview of `page`, taken before the gate rewrites it."""
    shown = [""]
    serve_preview = page.serve_preview

    def serve_and_keep(*args: Any) -> HttpResponse:
        answer = serve_preview(*args)
        shown.append((answer.render() if hasattr(answer, "render") else answer).text)
        return answer

    page.serve_preview = serve_and_keep
    with override(get_language()):  # the page's answer is in its own language, and leaves that active
        page.make_preview_request(_of_a_visitor(request), page.default_preview_mode)
    return shown[-1]


def _of_a_visitor(request: HttpRequest) -> HttpRequest:
    """Return `request` as a visitor would send it: the draft is looked at without what is its editor's."""
    visit = copy(request)
    visit.META = {name: value for name, value in request.META.items() if name != "HTTP_COOKIE"}
    return visit
