"""Who decides that a page has caught up with its source, and when that holds; which change is urgent."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from home.exceptions import RefusedError
from region_gate.signoff import reviewing
from therapies.comparing.changes import changes
from therapies.comparing.text_fields import OWN_FIELDS, passages_of
from therapies.models import CatchUp, SourceChange
from therapies.models.catch_up import published_content, read_content

from .families import Following, family_of, followers_of, sources_of, translations_in
from .standings import standings, standings_of

ACTION = "therapies.catch_up"
MARK_ACTION = "therapies.mark_urgent"


def state_of(source: Page) -> str:
    """Return what stands for the publication of `source` that is on somebody's screen; blank for none."""
    return str(source.live_revision_id or "")


def begin(page: Page, source: Page, by: Any) -> None:
    """Note that `page` begins as what `source` publishes now."""
    now = timezone.now()
    CatchUp.objects.create(page_id=page.pk, **_taken(source), in_effect_since=now, up_to=now, by=by)


def begin_translation(page: Page, copied: Page) -> None:
    """Note what the new translation `page` begins as: the source itself, or another translation of it."""
    source = next((one.source for one in sources_of(page) if one.is_translation), None)
    if source is None:
        return
    if source == copied.pk:
        begin(page, copied.specific, None)
    elif last := CatchUp.objects.in_effect().filter(page=copied.pk, source=source).first():
        last.pk, last.page_id, last.at = None, page.pk, timezone.now()
        last.save(force_insert=True)


def declare(page: Page, source: Page, by: Any) -> CatchUp:
    """Keep that the latest draft of `page` has taken over what `source` publishes; in effect once live."""
    now, is_live = timezone.now(), page.live and page.live_revision_id == page.latest_revision_id
    return CatchUp.objects.create(
        page_id=page.pk,
        **_taken(source),
        up_to=now,
        with_revision_id=page.latest_revision_id,
        in_effect_since=now if is_live else None,
        by=by,
    )


def pass_over(page: Page, source: Page, by: Any, reason: str = "") -> None:
    """Keep that nothing of what `source` has changed is to be taken over by `page`; it holds at once.

    Raises RefusedError for a safety change.
    """
    if is_urgent(page, source.pk):
        raise RefusedError(_("A safety change always goes through the page and its review."))
    now = timezone.now()
    CatchUp.objects.create(
        page_id=page.pk, **_taken(source), up_to=now, in_effect_since=now, by=by, reason=reason
    )
    log_catching_up(page, source, by, now, reason)


def is_urgent(page: Page, source: int | None) -> bool:
    """Say whether `page` is behind a safety change of its source, by that one's key."""
    return any(one.is_urgent for one in standings_of(page) if one.source == source)


def take_effect(page: Page, revision: int | None) -> None:
    """Have what was declared with `revision` of `page`, which goes live, hold from now on."""
    for one in CatchUp.objects.declared_with(revision).filter(page=page.pk).select_related("source", "by"):
        one.in_effect_since = timezone.now()
        one.save(update_fields=["in_effect_since"])
        if one.source:
            log_catching_up(page, one.source, one.by, one.up_to)


def log_catching_up(page: Page, source: Page, by: Any, up_to: Any, reason: str = "") -> None:
    """Have the history of `page` say which state of its source it is at."""
    moment = date_format(timezone.localtime(up_to), "Y-m-d H:i e")
    log(page, ACTION, user=by, data={"title": source.title, "up_to": moment, "reason": reason})


def _taken(source: Page) -> dict[str, Any]:
    content, revision = published_content(source.specific), source.live_revision_id
    return {"source_id": source.pk, "content": content, "revision_id": revision}


def before_publication(page: Page) -> Page | None:
    """Return `page` as it is stored, if it was ever published."""
    stored = type(page)._base_manager.filter(pk=page.pk).first() if page.pk else None
    return stored if stored and stored.first_published_at else None


def note_change(page: Page, before: Page | None) -> None:
    """Keep that `page`, just published, says something else than `before`, where anything follows it."""
    following = followers_of(page)
    if not following:
        return
    then = before or _as_taken(page, following)
    if then is None:
        _become_source(page)
    marked = SourceChange.objects.marked().filter(page=page.pk, revision=page.live_revision_id).first()
    if marked or (then and _differ(then, page)):
        change = marked or SourceChange(page_id=page.pk, revision_id=page.live_revision_id)
        change.at = timezone.now()
        change.save()


def _become_source(page: Page) -> None:
    """Have what was behind the source before `page` be behind `page`, and what was in step be so with it."""
    others = translations_in(one for one in family_of(page) if one.pk != page.pk)
    behind = {one.page: one for one in standings(others) if one.is_behind}
    if behind:
        is_urgent = any(one.is_urgent for one in behind.values())
        change = SourceChange(page_id=page.pk, is_urgent=is_urgent, at=timezone.now())
        change.save()
    for one in followers_of(page):
        if one.is_translation and one.page not in behind:
            begin(Page.objects.get(pk=one.page), page, None)


def _as_taken(page: Page, following: list[Following]) -> Page | None:
    """Return `page` as its followers have it, where it was copied before it was ever published."""
    keys = [one.page for one in following]
    last = CatchUp.objects.in_effect().filter(page__in=keys, source=page.pk, content__isnull=False).first()
    return read_content(page, last.content) if last and last.content else None


def _differ(before: Page, after: Page) -> bool:
    return bool(changes(*passages_of(before, after, without=OWN_FIELDS)))


def mark_urgent(page: Page, revision: Revision, by: Any) -> None:
    """Keep that `revision` of `page` brings a safety change, which whatever follows takes over at once."""
    known = SourceChange.objects.filter(page=page.pk, revision=revision).first()
    change = known or SourceChange(page_id=page.pk, revision=revision)
    if change.is_urgent:
        return
    change.is_urgent, change.marked_by = True, by
    if page.live and page.live_revision_id == revision.pk:
        change.at = change.at or timezone.now()
    change.save()
    log(page, MARK_ACTION, user=by, revision=revision)


def unmark(page: Page) -> None:
    """Forget what was marked of drafts of `page` that were never published, and that nobody approved."""
    for change in SourceChange.objects.marked().filter(page=page.pk).select_related("revision"):
        revision = change.revision
        if revision is None or not (revision.approved_go_live_at or reviewing(revision)):
            change.delete()


def is_marked_ahead(page: Page) -> bool:
    """Say whether a draft of `page` that is younger than what is live was marked, as before a rejection."""
    if page.latest_revision_id == page.live_revision_id:
        return False
    marked = SourceChange.objects.marked().filter(page=page.pk)
    return marked.filter(revision__gt=page.live_revision_id or 0).exists()


def is_marked(revision: int | None) -> bool:
    """Say whether `revision` is marked as a safety change."""
    return SourceChange.objects.filter(revision=revision, revision__isnull=False, is_urgent=True).exists()
