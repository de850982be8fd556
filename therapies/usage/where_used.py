"""Where a picture, a document, a reference or a product is used: Wagtail's list, and what that leaves out.

That knows no drafts that are about to go live, and no names of products in texts.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.usage import TitleColumn, UsageView
from wagtail.documents.views.documents import UsageView as DocumentUsageView
from wagtail.images.views.images import UsageView as ImageUsageView
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.views.snippets import UsageView as SnippetUsageView

from home.models import Region
from therapies.formatting import language_name
from therapies.models import Product

from .uses import uses_of


def all_uses(part: Model) -> list[Any]:
    """Return whatever uses `part`, each thing once: live, about to be, or a draft that never was live."""
    indexed = ReferenceIndex.get_references_to(part).group_by_source_object()
    found = [*uses_of(part), *_naming(part), *(thing for thing, _references in indexed)]
    kinds = (Page if isinstance(thing, Page) else type(thing) for thing in found)
    return [*{(kind, thing.pk): thing for kind, thing in zip(kinds, found, strict=True)}.values()]


def _naming(part: Model) -> Iterable[Page]:
    """Return the live pages that name `part`, if it is a product."""
    is_named = isinstance(part, Product)
    return Page.objects.filter(mentions__product=part.pk).order_by("path").specific() if is_named else ()


class WhereUsedView(UsageView):
    """The list of what uses a thing, with regions, languages and states."""

    page_title = gettext_lazy("Where used")

    def get_queryset(self) -> list[Any]:
        """Return the things."""
        return [(thing, []) for thing in all_uses(self.object)]

    @cached_property
    def columns(self) -> list[Column]:
        """Return the columns."""
        return [
            TitleColumn("name", label=_("Name"), accessor="label", get_url=lambda row: row["edit_url"]),
            Column("kind", label=_("Kind")),
            Column("region", label=_("Region")),
            Column("language", label=_("Language")),
            Column("state", label=_("State")),
        ]

    def get_table(self, object_list: Iterable[tuple[Any, Any]], **kwargs: Any) -> Any:
        """Tell of each thing what the person may know: of another region's draft, that there is one."""
        finder = AdminURLFinder(self.request.user)
        rows = [_row(thing, finder.get_edit_url(thing)) for thing, _references in object_list]
        return super(UsageView, self).get_table(rows, **kwargs)  # past Wagtail's own rows


def _row(thing: Any, edit_url: str | None) -> dict[str, Any]:
    is_live = getattr(thing, "live", True)
    name = _title(thing) if edit_url or is_live else _("A draft of another region")
    locale = getattr(thing, "locale", None)
    return {
        "label": name,
        "edit_url": edit_url,
        "edit_link_title": _("Edit “%(name)s”") % {"name": name} if edit_url else None,
        "kind": capfirst(thing._meta.verbose_name),
        "region": _region_of(thing) or "–",
        "language": language_name(locale.language_code) if locale else "–",
        "state": _("Live") if is_live else _("Not live"),
    }


def _title(thing: Any) -> str:
    return str(thing.get_admin_display_title() if isinstance(thing, Page) else thing)


def _region_of(thing: Any) -> Any:
    return Region.objects.owning(thing.path) if isinstance(thing, Page) else getattr(thing, "region", None)


class ImageUsesView(WhereUsedView, ImageUsageView):
    """Where a picture is used."""


class DocumentUsesView(WhereUsedView, DocumentUsageView):
    """Where a document is used."""


class SnippetUsesView(WhereUsedView, SnippetUsageView):
    """Where a product or a reference is used, for whoever may see it."""

    permission_required = None
    any_permission_required = ["add", "change", "delete", "view"]
