"""Comments on passages: of pages Wagtail's own, answered and closed in their editor too; of snippets ours."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_notification
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, Page, PageSubscription, TaskState

from home.exceptions import RefusedError

from .comment_places import CELL, places_of, position_of
from .mailing import written
from .snippet_comments import SnippetComment, SnippetReply

MAX_LENGTH = 5000

Remark: TypeAlias = Comment | SnippetComment


class Standing(StrEnum):
    """How a comment stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


def comments_on(thing: Any) -> Sequence[Remark]:
    """Return the comments on a page or snippet, the oldest first, with their replies."""
    known = kept_on(thing).select_related("user", "resolved_by").prefetch_related("replies__user")
    return [*known.order_by("created_at", "pk")]


def kept_on(thing: Any) -> Any:
    """Return all comments on `thing` as they are kept: on a page Wagtail's own, on a snippet ours."""
    if isinstance(thing, Page):
        return Comment.objects.filter(page=thing.pk)
    return SnippetComment.objects.on(thing)


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
    names = {path: name for places in places_of(thing).values() for path, name in places}
    if place not in names:
        raise RefusedError(_("This passage is no longer there."))
    if CELL in place:
        text = f"{names[place]}\n{text}"
    path = place.partition(CELL)[0]
    values = {"user": user, "contentpath": path, "text": text, "revision_created": state.revision}
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
    with written():
        _tell(comment, state)
    return comment


def answer(comment: Remark, user: Any, text: str) -> None:
    """Answer `comment`, and tell who made one on a page. Raises RefusedError for no words."""
    said = words(text)
    if isinstance(comment, Comment):
        _answer_on_page(comment, user, said)
        return
    own = SnippetReply.objects.create(comment=comment, user=user, text=said)
    told = {"comment": comment.log_values, "reply": {"id": own.pk, "text": said}}
    log(comment.thing, "wagtail.comments.create_reply", user=user, data=told)


@transaction.atomic
def _answer_on_page(comment: Comment, user: Any, text: str) -> None:
    reply = CommentReply.objects.create(comment=comment, user=user, text=text)
    reply.log_create(user=user)
    with written():
        _tell_of_answer(reply)


def close(comment: Remark, user: Any) -> None:
    """Close `comment`; what is closed stays as it was closed."""
    if comment.resolved_at is not None:
        return
    comment.resolved_at, comment.resolved_by = timezone.now(), user
    comment.save()
    if isinstance(comment, Comment):
        comment.log_resolve(user=user)
    else:
        log(comment.thing, "wagtail.comments.resolve", user=user, data={"comment": comment.log_values})


def _tell(comment: Comment, state: TaskState) -> None:
    """Write to who sent and wrote the draft, and who follows its comments, as Wagtail does of others."""
    people = {state.workflow_state.requested_by, state.revision.user} | _followers(comment)
    told = {"page": comment.page, "editor": comment.user, "new_comments": [comment]}
    send_notification(people - {None, comment.user}, "updated_comments", told)


def _tell_of_answer(reply: CommentReply) -> None:
    """Write to who made the comment, and who follows the page's comments."""
    comment = reply.comment
    thread = {"comment": comment, "replies": [reply]}
    told = {"page": comment.page, "editor": reply.user, "replied_comments": [thread]}
    people = {comment.user} | _followers(comment)
    send_notification(people - {None, reply.user}, "updated_comments", told)


def _followers(comment: Comment) -> set[Any]:
    followers = PageSubscription.objects.filter(page=comment.page_id, comment_notifications=True)
    return {follower.user for follower in followers.select_related("user")}
