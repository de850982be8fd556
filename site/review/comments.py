"""Comments on passages: of pages Wagtail's own, answered and closed in their editor; of snippets ours."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_notification
from wagtail.log_actions import log
from wagtail.models import Comment, Page, PageSubscription, TaskState

from home.exceptions import RefusedError

from .comment_places import places_of, position_of
from .snippet_comments import SnippetComment

MAX_LENGTH = 5000

Remark: TypeAlias = Comment | SnippetComment


class Standing(StrEnum):
    """How a comment stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


def comments_on(thing: Any) -> Sequence[Remark]:
    """Return the comments on a page or snippet, the oldest first, with their replies."""
    found: Any = Comment.objects.filter(page=thing.pk) if isinstance(thing, Page) else None
    if found is None:
        found = SnippetComment.objects.on(thing)
    known = found.select_related("user", "resolved_by").prefetch_related("replies__user")
    return [*known.order_by("created_at", "pk")]


def open_comments(thing: Any) -> list[Remark]:
    """Return the comments on `thing` that nobody has closed."""
    return [comment for comment in comments_on(thing) if comment.resolved_at is None]


def standing(comment: Remark) -> Standing:
    """Return how `comment` stands: answered is one whose last word is another’s than who began."""
    if comment.resolved_at is not None:
        return Standing.CLOSED
    replies = sorted(comment.replies.all(), key=lambda reply: (reply.created_at, reply.pk))
    return Standing.ANSWERED if replies and replies[-1].user_id != comment.user_id else Standing.OPEN


def check_seen(thing: Any, seen: str) -> None:
    """Raise RefusedError where a comment on `thing` is open that is not `seen`, keys with commas."""
    keys = {*seen.split(",")}
    if any(str(comment.pk) not in keys for comment in open_comments(thing)):
        raise RefusedError(_("There are open comments. Read them, and say that you have."))


def words(text: str) -> str:
    """Return the words of a comment. Raises RefusedError for none, and for too many."""
    text = text.strip()
    if not 0 < len(text) <= MAX_LENGTH:
        asked = _("Write what you want to say, in at most %(number)s signs.")
        raise RefusedError(asked % {"number": MAX_LENGTH})
    return text


def add(state: TaskState, user: Any, place: str, text: str) -> Remark:
    """Put the comment of `user` on a place of what waits in `state`, and tell who wrote it.

    Raises RefusedError for no words, and for a place that takes none.
    """
    thing, text = state.revision.as_object(), words(text)
    known = {path for places in places_of(thing).values() for path, _name in places}
    if place not in known:
        raise RefusedError(_("This passage is no longer there."))
    values = {"user": user, "contentpath": place, "text": text, "revision_created": state.revision}
    with transaction.atomic():
        if isinstance(thing, Page):
            return _add_to_page(thing, state, values)
        comment = SnippetComment.objects.create(thing=thing, **values)
        told = {"comment": comment.log_values}
        log(thing, "wagtail.comments.create", user=user, revision=state.revision, data=told)
    return comment


def _add_to_page(page: Page, state: TaskState, values: dict[str, Any]) -> Comment:
    comment = Comment(page_id=page.pk, **values)
    comment.position = position_of(page, comment.contentpath)
    comment.save(update_position=True)
    comment.log_create(page_revision=state.revision, user=comment.user)
    transaction.on_commit(lambda: _tell(comment, state), robust=True)
    return comment


def _tell(comment: Comment, state: TaskState) -> None:
    """Write to who sent and wrote the draft, and who follows its comments, as Wagtail does of others."""
    followers = PageSubscription.objects.filter(page=comment.page_id, comment_notifications=True)
    people = {follower.user for follower in followers.select_related("user")}
    people |= {state.workflow_state.requested_by, state.revision.user} - {None}
    told = {"page": comment.page, "editor": comment.user, "new_comments": [comment]}
    send_notification(people - {comment.user}, "updated_comments", told)
