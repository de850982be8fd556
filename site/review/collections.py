"""Where documents are filed: their collection decides whose they are, and who may read them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.collections import CollectionForm as WagtailCollectionForm
from wagtail.admin.views import collections
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page

from home.exceptions import RefusedError, named
from home.models import Region
from home.optimistic_locking import OptimisticLockingMixin
from home.ownership import above, nearest
from therapies.usage.uses import uses_of

Reach = tuple[int | None, frozenset[int]]


class CollectionForm(OptimisticLockingMixin, WagtailCollectionForm, WagtailAdminModelForm):
    """Wagtail's form, which refuses conflicting changes, of where the collection stands too."""

    is_logged = False

    def beside(self, thing: Collection) -> dict[str, tuple[str, str]]:
        """Return where the collection stands."""
        above_it = " / ".join(thing.get_ancestors().values_list("name", flat=True))
        return {"parent": (str(WagtailCollectionForm.base_fields["parent"].label), above_it)}


class CollectionEditView(collections.Edit):
    """Wagtail's, which asks before a collection moves."""

    form_class = CollectionForm

    def save_instance(self) -> Collection:
        """Save the collection and move it, where that changes nothing that is live."""
        if "parent" in self.form.changed_data:
            check_collection_move(self.form.instance, self.form.cleaned_data["parent"])
        return super().save_instance()


def reach_of(collection: Collection) -> Reach:
    """Return the region that a collection's documents belong to, and the restrictions on who reads them."""
    return _reach(above(collection.path))


def check_move(documents: Iterable[Any], collection: Collection) -> None:
    """Raise RefusedError where one of `documents` that is shown would get another reach in `collection`."""
    then = reach_of(collection)
    _check([document for document in documents if reach_of(document.collection) != then])


def check_collection_move(collection: Collection, parent: Collection) -> None:
    """Raise RefusedError where what is live shows documents that would get another reach below `parent`."""
    if _reach(above(collection.path)) != _reach([collection.path, *above(parent.path)]):
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


def _reach(paths: list[str]) -> Reach:
    """Return the reach of what stands in the first of `paths`, below the others, the nearest first."""
    owner = nearest(paths, Region.objects.by_collection())
    restrictions = CollectionViewRestriction.objects.filter(collection__path__in=paths)
    return owner.pk if owner else None, frozenset(restrictions.values_list("pk", flat=True))
