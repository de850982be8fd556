"""A product of ours, with every name it is known by."""

from functools import lru_cache
from typing import ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from region_gate.models.one_by_one import OneByOneQuerySet
from therapies.matching.product_names import Names, spellings

KINDS = [("device", _("Medical device")), ("medicine", _("Medicine")), ("other", _("Other"))]


@lru_cache(maxsize=4)
def _prepared(products: tuple[tuple[int, str, str], ...]) -> Names:
    """Return the names of `products` (key, name, further names by line), prepared once until they change."""
    found = ((name, key) for key, *lines in products for name in "\n".join(lines).splitlines())
    return Names((name, key) for name, key in found if name.strip())


class ProductQuerySet(OneByOneQuerySet["Product"]):
    """Products, by what is asked of them."""

    def watched(self) -> Self:
        """Return those whose names the guard looks for: all that were ever published."""
        return self.filter(first_published_at__isnull=False)

    def names(self) -> Names:
        """Return their names, ready to be found in a text."""
        return _prepared(tuple(self.order_by("pk").values_list("pk", "name", "further_names")))


class Product(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """A device or drug of ours. Once published, its names are watched for good."""

    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("Its full trade name, without ® and ™, which make no difference."),
    )
    further_names = models.TextField(
        _("further names"),
        blank=True,
        help_text=_(
            "Every other name it is known by, one on each line: short, trade, generic, in local scripts. "
            "Case, hyphens, ® and ™ make no difference."
        ),
    )
    maker = models.CharField(_("maker"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS, default="device")
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="product")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="product",
        for_concrete_model=False,
    )

    objects = ProductQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("further_names"),
    ]

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """Return every name, the full one first."""
        return [self.name, *self.further_names.splitlines()]

    def clean(self) -> None:
        """Put each name on a line of its own, once; refuse what holds no letter or digit."""
        super().clean()
        further = (name.strip() for name in self.further_names.splitlines())
        self.further_names = "\n".join(dict.fromkeys(name for name in further if name))
        errors = {"name": _name_error([self.name]), "further_names": _name_error(self.names[1:])}
        if found := {field: error for field, error in errors.items() if error}:
            raise ValidationError(found)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the names as the guard knows them."""
        return "therapies/product.html"


def _name_error(names: list[str]) -> str | None:
    for name in names:
        try:
            spellings(name)
        except ValueError:
            return str(_("“%(name)s” holds no letter or digit.") % {"name": name})
    return None
