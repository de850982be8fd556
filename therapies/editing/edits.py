"""Edits: the revisions whose content differs from the one before.

A comment, an autosave that changed nothing and a submission of what somebody else wrote make a
revision each, and are no edits. Everything else is one, words and settings alike: what is left out
of the comparison is listed here. Who changes something and who changes it back have both edited.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from wagtail.models import COMMENTS_RELATION_NAME, Revision

# What Wagtail keeps with a page or snippet, and no form writes.
BOOKKEEPING = frozenset(
    {
        *("pk", "path", "depth", "numchild", "url_path", "draft_title", COMMENTS_RELATION_NAME),
        *("live", "live_revision", "latest_revision", "latest_revision_created_at", "expired"),
        *("has_unpublished_changes", "first_published_at", "last_published_at"),
        *("locked", "locked_at", "locked_by"),
    }
)
FEW = 3  # revisions read at once where the last ones decide
# What the editor of rich text names each paragraph by, to find it again for comments.
BLOCK_KEY = re.compile(r'(<[a-z0-9]+) data-block-key="[^"<>]*"')


def says_the_same(one: Revision, other: Revision) -> bool:
    """Say whether two revisions of one thing differ in nothing but comments and bookkeeping."""
    return _content(one.content) == _content(other.content)


def edits(revisions: QuerySet[Revision]) -> list[Revision]:
    """Return the edits among `revisions`, all of one page or snippet, the oldest first."""
    return [*_edits(revisions)]


def _edits(revisions: QuerySet[Revision]) -> Iterator[Revision]:
    before: Any = None
    for revision in revisions.order_by("pk"):
        content = _content(revision.content)
        if content != before:
            yield revision
        before = content


def versions_of(revision: Revision) -> QuerySet[Revision]:
    """Return all revisions of the page or snippet that `revision` is one of."""
    return Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id
    )


def latest_edit(revision: Revision) -> Revision | None:
    """Return the last edit up to `revision`; None where it has been deleted."""
    edit, said = None, None
    versions = versions_of(revision).filter(pk__lte=revision.pk).order_by("-pk")
    for version in versions.iterator(chunk_size=FEW):
        content = _content(version.content)
        if edit is not None and content != said:
            break
        edit, said = version, content
    return edit


def is_outdated(revision: Revision) -> bool:
    """Say whether the latest draft says something else than `revision`."""
    latest = versions_of(revision).order_by("-created_at", "-pk").first()
    return latest is not None and latest.pk != revision.pk and not says_the_same(revision, latest)


def _content(content: dict[str, Any]) -> dict[str, Any]:
    """Return what a revision's `content` says, which is plain JSON only once it has been stored."""
    said = {name: value for name, value in content.items() if name not in BOOKKEEPING}
    plain: dict[str, Any] = _plain(json.loads(json.dumps(said, cls=DjangoJSONEncoder)))
    return plain


def _plain(value: Any) -> Any:
    """Return `value`, a field's, without the keys of blocks and paragraphs, which nobody reads."""
    match value:
        case str():
            return _plain_text(value)
        case dict():
            is_block = {"type", "value", "id"} >= value.keys() >= {"type", "value"}
            names = value.keys() - ({"id"} if is_block else {"pk"})  # of a row, once it has been published
            return {name: _plain(value[name]) for name in sorted(names)}
        case list():
            return [_plain(part) for part in value]
    return value


def _plain_text(text: str) -> Any:
    """Return the text; a body, which is kept as JSON, as the blocks that it holds."""
    if text.startswith("[{"):
        try:
            return _plain(json.loads(text))
        except ValueError:
            pass  # a text like any other
    return BLOCK_KEY.sub(r"\1", text)
