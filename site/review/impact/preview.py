"""What a page or a notice will look like once a change is made: rendered for one reviewer, then undone."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from wagtail.models import Locale, Page

from region_gate import clock
from region_gate.models import Notice, Policy
from region_gate.pipeline import rehearsal
from therapies.models import Label, Statement

from .change import PendingChange
from .notices import Reader, newest_shipped, notices_after, shown
from .policies import PLACE


def page_preview(
    change: PendingChange, page: Page, request: HttpRequest, *, is_ended: bool = False
) -> HttpResponse:
    """Return `page` as visitors would meet it with the change made; `is_ended`: once the thing has ended."""
    with rehearsal():
        _make(change, is_ended=is_ended)
        seen: Any = Page.objects.get(pk=page.pk).specific
        return _alone(seen.make_preview_request(request, seen.default_preview_mode))


def notice_preview(change: PendingChange, reader: Reader, request: HttpRequest) -> HttpResponse | None:
    """Return the notice that `reader` would meet with the change made; None where there would be none."""
    words = shown(notices_after(change), reader, newest_shipped(change))
    if words is None:
        return None
    notice = Notice(
        kind=words.kind.value,
        region=words.region,
        locale=Locale.objects.filter(language_code=words.language).first() or Locale.get_default(),
        heading=words.heading,
        body="\n\n".join(words.paragraphs),
        continue_label=words.continue_label,
    )
    return _alone(notice.make_preview_request(request, notice.default_preview_mode))


def _make(change: PendingChange, *, is_ended: bool) -> None:
    """Make the change as of today, whenever it is due."""
    thing = change.thing
    thing.live = change.after is not None and not (is_ended and isinstance(thing, Policy))
    if isinstance(thing, Label):
        _end_label(thing) if is_ended else _begin_label(thing)
    elif isinstance(thing, Policy):
        thing.starts = min(thing.starts, clock.today())
        same = {name: getattr(thing, name) for name in PLACE}
        Policy._base_manager.filter(**same).exclude(pk=thing.pk).update(live=False)
    elif isinstance(thing, Statement):
        thing.starts, thing.withdrawn_on = None, clock.today() if is_ended else None
    thing.save()


def _begin_label(label: Label) -> None:
    """Have `label` be in force today, in the place of those before it."""
    today = clock.today()
    if not label.live:
        return
    label.effective_from = min(label.effective_from or today, today)
    if label.withdrawn_on and label.withdrawn_on <= today:
        label.withdrawn_on = today + timedelta(days=1)
    before = {*Label.objects.rivals_of(label).values_list("pk", flat=True), label.replaces_id}
    Label._base_manager.filter(pk__in=before - {None}).update(live=False)


def _end_label(label: Label) -> None:
    """Have `label` have been withdrawn today, as pages show it that stay up."""
    label.effective_from = min(label.effective_from or clock.today(), clock.today())
    label.withdrawn_on = clock.today()


def _alone(answer: HttpResponse) -> HttpResponse:
    """Return the page of `answer` for this reviewer alone, kept by nobody."""
    response = HttpResponse(answer.content, status=answer.status_code)
    response["Content-Type"] = answer.headers.get("Content-Type", "text/html; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response
