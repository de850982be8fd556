"""Comments on passages: Wagtail's own, so that they are answered and closed in the page's editor."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser
from wagtail import blocks
from wagtail.admin.mail import send_notification
from wagtail.fields import RichTextField
from wagtail.models import Comment, Page, PageSubscription, TaskState
from wagtail.rich_text import RichText

from home.exceptions import RefusedError
from therapies.comparing.text_fields import Piece, pieces_of

MAX_LENGTH = 5000
BLOCK_KEY = "data-block-key"  # by which the editor of rich text knows its paragraphs again


class Standing(StrEnum):
    """How a comment stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


def comments_on(thing: Any) -> list[Comment]:
    """Return the comments on a page, the oldest first, with their replies; nothing else has any."""
    if not isinstance(thing, Page):
        return []
    found = Comment.objects.filter(page=thing.pk).select_related("user", "resolved_by")
    return [*found.prefetch_related("replies__user").order_by("created_at", "pk")]


def open_comments(thing: Any) -> list[Comment]:
    """Return the comments on `thing` that nobody has closed."""
    return [comment for comment in comments_on(thing) if comment.resolved_at is None]


def standing(comment: Comment) -> Standing:
    """Return how `comment` stands: answered is one whose last word is another’s than who began."""
    if comment.resolved_at is not None:
        return Standing.CLOSED
    replies = sorted(comment.replies.all(), key=lambda reply: (reply.created_at, reply.pk))
    return Standing.ANSWERED if replies and replies[-1].user_id != comment.user_id else Standing.OPEN


def unseen(thing: Any, seen: str) -> list[Comment]:
    """Return the open comments on `thing` that are not among those `seen`, keys with commas."""
    keys = {*seen.split(",")}
    return [comment for comment in open_comments(thing) if str(comment.pk) not in keys]


def check_seen(thing: Any, seen: str) -> None:
    """Raise RefusedError where a comment on `thing` is open that is not among those `seen`."""
    if unseen(thing, seen):
        raise RefusedError(_("There are open comments. Read them, and say that you have."))


def places_of(thing: Any) -> dict[str, list[tuple[str, str]]]:
    """Return where each passage of `thing`, by its key, takes comments: paths in the editor, with names."""
    return {piece.key: [*_places(piece)] for piece in pieces_of(thing)}


def _places(piece: Piece) -> Iterator[tuple[str, str]]:
    if piece.block is None:
        yield piece.key, piece.name
    else:
        yield from _places_in(piece.key, piece.block.block)


def _places_in(path: str, block: blocks.Block) -> Iterator[tuple[str, str]]:
    """Give the fields of a block: the editor shows comments on these, and on nothing that holds others."""
    if not isinstance(block, blocks.BaseStructBlock):
        yield path, str(block.label)
        return
    for name, child in block.child_blocks.items():
        yield from _places_in(f"{path}.{name}", child)


def position_in(html: str) -> str:
    """Return all of a rich text as the place of a comment, as its editor keeps it: ranges in UTF-16."""
    found = LexborHTMLParser(html).css(f"[{BLOCK_KEY}]")
    ranges = (
        {"key": node.attributes[BLOCK_KEY], "start": 0, "end": len(node.text().encode("utf-16-le")) // 2}
        for node in found
    )
    return json.dumps([*ranges])


def _position(thing: Any, place: str) -> str:
    """Return where in `place` the comment stands; blank where it is no rich text."""
    name, *path = place.split(".")
    value = getattr(thing, name)
    if path:
        value = thing._meta.get_field(name).get_block_by_content_path(value, path).value
    if isinstance(value, RichText):
        return position_in(value.source)
    return position_in(value) if isinstance(thing._meta.get_field(name), RichTextField) else ""


def name_of_place(comment: Comment, places: Iterable[tuple[str, str]]) -> str:
    """Return what editors call the place of `comment`, blank for one that is gone."""
    return dict(places).get(comment.contentpath, "")


def add(state: TaskState, user: Any, place: str, text: str) -> Comment:
    """Put the comment of `user` on a place of what waits in `state`, and tell who wrote it.

    Raises RefusedError for no words, and for a place that takes none.
    """
    thing, text = state.revision.as_object(), text.strip()
    if not 0 < len(text) <= MAX_LENGTH:
        asked = _("Write what you want to say, in at most %(number)s signs.")
        raise RefusedError(asked % {"number": MAX_LENGTH})
    known = {path for places in places_of(thing).values() for path, _name in places}
    if not isinstance(thing, Page) or place not in known:
        raise RefusedError(_("This passage is no longer there."))
    with transaction.atomic():
        comment = Comment(
            page_id=thing.pk, user=user, contentpath=place, text=text, revision_created=state.revision
        )
        comment.position = _position(thing, place)
        comment.save(update_position=True)
        comment.log_create(page_revision=state.revision, user=user)
        transaction.on_commit(lambda: _tell(comment, state), robust=True)
    return comment


def _tell(comment: Comment, state: TaskState) -> None:
    """Write to who sent and wrote the draft, and who follows its comments, as Wagtail does of others."""
    followers = PageSubscription.objects.filter(page=comment.page_id, comment_notifications=True)
    people = {follower.user for follower in followers.select_related("user")}
    people |= {state.workflow_state.requested_by, state.revision.user} - {None}
    told = {"page": comment.page, "editor": comment.user, "new_comments": [comment]}
    send_notification(people - {comment.user}, "updated_comments", told)
