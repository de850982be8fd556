"""What uses an image, a document or a reference: what is live, and the drafts that wait to go live.

The texts themselves are read: Wagtail's index knows no drafts, and may be behind.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import DraftStateMixin, Page, Revision, TaskState

from home.exceptions import RefusedError, named
from therapies.citing.citations import keys_in
from therapies.content_walk import texts_of
from therapies.models import Reference
from therapies.models.pages import TreatmentPage

from .targets import targets_of


def pages_citing(keys: Collection[int]) -> list[Page]:
    """Return the pages that cite one of the references with `keys`, live or in a draft."""
    wanted = set(keys)
    found = {int(pk) for pk, text in _texts() if not wanted.isdisjoint(keys_in(_unescaped(text)))}
    return list(Page.objects.filter(pk__in=found).order_by("title", "pk"))


def check_uncited(reference: Reference) -> None:
    """Raise RefusedError if a page cites `reference`."""
    if pages := pages_citing([reference.pk]):
        raise RefusedError(
            _("“%(reference)s” cannot be deleted, for it is cited: %(pages)s.")
            % {"reference": reference, "pages": named(pages)}
        )


def uses_of(*parts: Model) -> list[Any]:
    """Return what shows one of `parts`, all of one model: pages and snippets that are live or about to be.

    What is under review, approved or scheduled is about to be; other drafts are their writers' alone.
    """
    keys = {part.pk for part in parts}
    if not keys:
        return []
    found = [*_live_uses(type(parts[0]), keys), *_uses_in_drafts(type(parts[0]), keys)]
    return [*{(type(thing), thing.pk): thing for thing in found}.values()]


def live_uses_of(part: Model) -> Iterator[Model]:
    """Give what is live and shows `part`, one after another."""
    return _live_uses(type(part), {part.pk})


def is_shown_in(part: Model, revisions: QuerySet[Revision]) -> bool:
    """Say whether one of `revisions` shows `part`."""
    drafts = revisions.annotate(words=Cast("content", TextField())).filter(words__regex=_numbers({part.pk}))
    return any(_shows(draft.as_object(), type(part), {part.pk}) for draft in drafts.iterator(chunk_size=50))


def check_unused(part: Model) -> None:
    """Raise RefusedError if `part` would be gone from what is live, or about to be."""
    if found := uses_of(part):
        raise RefusedError(
            _(
                "“%(part)s” cannot be deleted, for it is shown: %(uses)s. Put another in its place there and "
                "submit that to review, or take down what shows it; then delete it."
            )
            % {"part": part, "uses": named(found)}
        )


def _live_uses(kind: type[Model], keys: set[Any]) -> Iterator[Model]:
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin):
            casts = _casts(model)
            rows = model._base_manager.filter(live=True).annotate(**casts)
            found = rows.filter(_holding(kind, keys, casts, model))
            yield from (row for row in found if _shows(row, kind, keys))


def _casts(model: type[Model]) -> dict[str, Cast]:
    """Return the texts of `model` in which keys may stand, as expressions."""
    return {f"text_of_{field.name}": Cast(field.name, TextField()) for field in texts_of(model)}


def _holding(kind: type[Model], keys: set[Any], texts: Iterable[str], model: type[Model]) -> Q:
    """Return the condition of which rows may point to one of `keys`: its number stands in them."""
    numbered = (Q(**{f"{text}__regex": _numbers(keys)}) for text in texts)
    pointing = (Q(**{f"{path}__in": keys}) for path in _paths(kind, model))
    return reduce(or_, [*numbered, *pointing], Q(pk__in=()))


def _paths(kind: type[Model], model: type[Model]) -> Iterator[str]:
    """Give the fields of `model`, and of the lists on it, that point to one of `kind`."""
    yield from (field.name for field in model._meta.concrete_fields if field.related_model is kind)
    for relation in get_all_child_relations(model):
        own = relation.related_model._meta.concrete_fields
        yield from (f"{relation.name}__{field.name}" for field in own if field.related_model is kind)


def _numbers(keys: set[Any]) -> str:
    """Return the expression of one of `keys` as a word, as databases and Python read it."""
    return f"(^|[^0-9A-Za-z])0*({'|'.join(map(str, sorted(keys)))})([^0-9A-Za-z]|$)"


def _uses_in_drafts(kind: type[Model], keys: set[Any]) -> Iterator[Model]:
    """Give what would show one of `keys` once its draft is live: one under review, approved or scheduled."""
    steps = TaskState.objects.filter(revision=OuterRef("pk"))
    drafts = Revision.objects.annotate(
        words=Cast("content", TextField()),
        is_waiting=Exists(steps.filter(status=TaskState.STATUS_IN_PROGRESS)),
        is_approved=Exists(steps.filter(status=TaskState.STATUS_APPROVED)),
    )
    ahead = Q(is_waiting=True) | Q(is_approved=True) | Q(approved_go_live_at__isnull=False)
    for revision in drafts.filter(ahead, words__regex=_numbers(keys)).prefetch_related("content_object"):
        thing = revision.content_object
        if thing and _is_ahead(revision, thing) and _shows(revision.as_object(), kind, keys):
            yield thing


def _is_ahead(revision: Any, thing: Any) -> bool:
    """Say whether `revision` may still go live: what was approved may have been live already."""
    if revision.is_waiting or revision.approved_go_live_at or not thing.last_published_at:
        return True
    return bool(revision.created_at > thing.last_published_at)


def _shows(thing: Model, kind: type[Model], keys: set[Any]) -> bool:
    return any(target.key in keys and issubclass(kind, target.model) for target in targets_of(thing))


def _texts() -> Iterator[tuple[int | str, str]]:
    """Give the key of each treatment page with all its texts that may hold a citation."""
    for model in TreatmentPage.__subclasses__():
        rows = model.objects.annotate(words=Cast("body", TextField()))
        yield from ((pk, f"{intro} {words}") for pk, intro, words in rows.values_list("pk", "intro", "words"))
    yield from _drafts().values_list("object_id", "words")


def _drafts() -> QuerySet[Revision]:
    """Return the revisions that may go live: each page's latest, and those that are scheduled."""
    latest = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    return (
        Revision.page_revisions.filter(Q(pk__in=latest) | Q(approved_go_live_at__isnull=False))
        .annotate(words=Cast("content", TextField()))
        .filter(words__contains="reference")
    )


def _unescaped(text: str) -> str:
    """Return `text`, JSON within JSON, with the quotation marks of its tags as they were."""
    return text.replace("\\", "")
