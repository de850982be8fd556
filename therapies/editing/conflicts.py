"""Refuses a save over a newer draft than the one that was loaded.

Wagtail's forms say which draft they were opened on, and Wagtail itself looks at that only when it
saves by itself. Here each form and each direct request is asked, before anything is saved.
"""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Page, Revision

from therapies.usage.targets import MAX_KEY_DIGITS

from .edits import says_the_same, versions_of

LOADED, LOADED_AT = "loaded_revision_id", "loaded_revision_created_at"
OVERWRITTEN = "overwrite_revision_id"
# What a refused form adds: that it is an old one still, and the newer draft that is to be saved over.
REFUSED, SEEN = "refused_save", "seen_draft"


def newer_draft(thing: Any, posted: Mapping[str, str], user: Any) -> Revision | None:
    """Return the newer draft that saving `posted` would overwrite unseen by `user`; None if there is none.

    Locks the page or snippet, so that of two saves at one moment the second finds the first.
    """
    model = Page if isinstance(thing, Page) else type(thing)
    stored = model._base_manager.select_for_update().filter(pk=thing.pk).first()
    latest = stored.latest_revision if stored else None
    return latest if latest and not _is_based_on(latest, stored, posted, user) else None


def token(revision: Revision) -> str:
    """Return a token of the present state of `revision`, which autosave may overwrite."""
    return f"{revision.pk}@{revision.created_at.isoformat()}"


def _is_based_on(latest: Revision, thing: Any, posted: Mapping[str, str], user: Any) -> bool:
    """Say whether the person has seen `latest`."""
    if SEEN in posted:
        return posted[SEEN] == token(latest)
    if REFUSED in posted:
        return False
    if overwritten := posted.get(OVERWRITTEN):
        return overwritten == str(latest.pk) and latest.user_id == user.pk
    if (loaded := posted.get(LOADED)) is not None:
        return _is_loaded(latest, loaded, posted.get(LOADED_AT, ""))
    return _is_nobody_elses(latest, thing, user)


def _is_loaded(latest: Revision, loaded: str, at: str) -> bool:
    """Say whether the draft `loaded`, blank for none, is the latest, or says the same apart from comments."""
    if loaded == str(latest.pk):
        return at == latest.created_at.isoformat()
    is_number = loaded.isascii() and loaded.isdecimal() and len(loaded) <= MAX_KEY_DIGITS
    older = versions_of(latest).filter(pk=loaded).first() if is_number else None
    return older is not None and says_the_same(older, latest)


def _is_nobody_elses(latest: Revision, thing: Any, user: Any) -> bool:
    """Say whether a request that names no draft may save: over one's own, or a program's live one."""
    if latest.user_id is None:
        return bool(thing.live_revision_id == latest.pk)
    return bool(latest.user_id == user.pk)


def has_drafts(thing: Any) -> bool:
    """Say whether `thing` keeps drafts."""
    return hasattr(thing, "latest_revision_id") and hasattr(thing, "live_revision_id")
