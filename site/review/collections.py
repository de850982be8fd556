"""Where documents are filed: their collection decides whose they are, and who may read them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.views import collections
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page

from home.exceptions import RefusedError, named
from home.models import Region
from therapies.usage.uses import uses_of

Reach = tuple[int | None, frozenset[int]]


class CollectionEditView(collections.Edit):
    """Wagtail's, which asks before a collection moves."""

    def save_instance(self) -> Collection:
        """Save the collection and move it, where that changes nothing that is live."""
        if "parent" in self.form.changed_data:
            check_collection_move(self.form.instance, self.form.cleaned_data["parent"])
        return super().save_instance()


def reach_of(collection: Collection) -> Reach:
    """Return the region that a collection's documents belong to, and the restrictions on who reads them."""
    return _reach(_above(collection))


def check_move(documents: Iterable[Any], collection: Collection) -> None:
    """Raise RefusedError where one of `documents` that is shown would get another reach in `collection`."""
    then = reach_of(collection)
    _check([document for document in documents if reach_of(document.collection) != then])


def check_collection_move(collection: Collection, parent: Collection) -> None:
    """Raise RefusedError where what is live shows documents that would get another reach below `parent`."""
    if _reach(_above(collection)) != _reach([collection.path, *_above(parent)]):
        check_restriction(collection)


def check_restriction(collection: Collection) -> None:
    """Raise RefusedError where what is live shows documents in or below `collection`."""
    _check(get_document_model().objects.filter(collection__path__startswith=collection.path))


def check_readers(page: Page) -> None:
    """Raise RefusedError where live pages at or below `page` would be read by others than were approved."""
    if live := [*Page.objects.descendant_of(page, inclusive=True).live()]:
        raise RefusedError(
            _(
                "Who reads live pages stays as it was approved: %(pages)s. Take them down first, say who may "
                "read them, and submit them to review."
            )
            % {"pages": named(live)}
        )


def _check(documents: Iterable[Any]) -> None:
    if found := uses_of(*documents):
        raise RefusedError(
            _(
                "What is live shows documents of this, which would belong elsewhere or be read by others: "
                "%(uses)s. Add the documents anew there, use those instead, and submit that to review."
            )
            % {"uses": named(found)}
        )


def _above(collection: Collection) -> list[str]:
    """Return the places of the collection and of all above it, the nearest first."""
    path = collection.path
    return [path[:end] for end in range(len(path), 0, -Collection.steplen)]


def _reach(paths: list[str]) -> Reach:
    """Return the reach of what stands in the first of `paths`, below the others, the nearest first."""
    owners = dict(Region.objects.filter(collection__path__in=paths).values_list("collection__path", "pk"))
    owner = next((owners[path] for path in paths if path in owners), None)
    restrictions = CollectionViewRestriction.objects.filter(collection__path__in=paths)
    return owner, frozenset(restrictions.values_list("pk", flat=True))
