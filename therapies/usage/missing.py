"""Things that pages point to and visitors cannot get: deleted, without a file, or private."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from therapies.comparing.text_fields import KINDS

from .stored_files import without_file
from .targets import Target, targets_of

MAX_KEYS = 1000  # keys in a query; more than that, and everything is read


class Missing(NamedTuple):
    """Something that visitors do not get: where it is pointed to, what it is called, and why they do not."""

    place: str
    name: str
    why: str


class Availability(NamedTuple):
    """What decides whether visitors get a page."""

    pk: int
    title: str
    live: bool
    path: str
    locale: int
    translation_key: Any


def missing_in(page: Page) -> list[Missing]:
    """Return the things that `page` points to and its visitors cannot get, in its order."""
    targets = list(dict.fromkeys(targets_of(page)))
    stock = Stock(targets)
    return [found for target in targets if (found := stock.missing(target, page.locale_id))]


class Stock:
    """What there is of all that is pointed to; the number of queries is flat."""

    def __init__(self, targets: Iterable[Target]) -> None:
        """Look for `targets`, those that texts link or show."""
        self._keys: dict[type[Model], set[int]] = {kind(): set() for kind in KINDS.values()}
        for target in targets:
            if target.model in self._keys:
                self._keys[target.model].add(target.key)

    def missing(self, target: Target, locale: int) -> Missing | None:
        """Return why visitors of a page in `locale` do not get `target`; None where they do."""
        if target.model not in self._keys:
            return None
        name, why = self._found_out(target, locale)
        kind = capfirst(target.model._meta.verbose_name)
        called = f"{kind} “{name}”" if name else f"{kind} {target.key}"
        return Missing(target.place, called, why) if why else None

    def _found_out(self, target: Target, locale: int) -> tuple[str, str]:
        """Return the target's name, and why visitors do not get it; blank for what is not so."""
        things = self._pages if target.model is Page else self._things[target.model]
        thing = things.get(target.key)
        if thing is None:
            return "", _("It has been deleted.")
        if isinstance(thing, Availability):
            return thing.title, self._page_error(
                self._translations.get((thing.translation_key, locale), thing)
            )
        return str(thing), self._file_error(thing)

    def _page_error(self, page: Availability) -> str:
        if not page.live:
            return _("It is not on the site: unpublished, or not published yet.")
        return _closed() if page.path.startswith(self._closed_pages) else ""

    def _file_error(self, thing: Any) -> str:
        if (type(thing), thing.pk) in self._without_file:
            return _("Its file is missing.")
        is_document = isinstance(thing, get_document_model())
        return _closed() if is_document and thing.collection.path.startswith(self._closed_collections) else ""

    def _wanted(self, model: type[Model]) -> Q:
        keys = self._keys[model]
        return Q() if len(keys) > MAX_KEYS else Q(pk__in=keys)

    @cached_property
    def _pages(self) -> dict[int, Availability]:
        wanted = Page.objects.filter(self._wanted(Page)).order_by().values("translation_key")
        fields = ("pk", "title", "live", "path", "locale_id", "translation_key")
        rows = Page.objects.filter(translation_key__in=wanted).values_list(*fields)
        return {row[0]: Availability(*row) for row in rows}

    @cached_property
    def _translations(self) -> dict[tuple[Any, int], Availability]:
        """The live pages by what they are translations of, and their language."""
        return {(page.translation_key, page.locale): page for page in self._pages.values() if page.live}

    @cached_property
    def _things(self) -> dict[type[Model], dict[int, Any]]:
        others = [model for model in self._keys if model is not Page]
        rows = {model: model._default_manager.filter(self._wanted(model)) for model in others}
        documents = get_document_model()
        rows[documents] = rows[documents].select_related("collection")
        return {model: {thing.pk: thing for thing in rows[model]} for model in others}

    @cached_property
    def _without_file(self) -> set[tuple[type[Model], int]]:
        models = (get_image_model(), get_document_model())
        shown = (self._things[model].get(key) for model in models for key in self._keys[model])
        files = {(type(thing), thing.pk): thing.file for thing in shown if thing}
        return without_file(files)

    @cached_property
    def _closed_pages(self) -> tuple[str, ...]:
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    @cached_property
    def _closed_collections(self) -> tuple[str, ...]:
        return tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def _closed() -> str:
    return _("Only some people may read it: it is private.")
