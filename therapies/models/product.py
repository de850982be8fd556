"""A product of ours, with every name it is known by."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from home.whole_names import MAX_PIECE, pieces_of
from region_gate.models.drafts import KnownDraftMixin
from region_gate.models.one_by_one import OneByOneQuerySet
from therapies.matching.near_names import NearNames
from therapies.matching.product_names import Names, spelling_of

MIN_LENGTH = 3  # of a name in letters and digits alone; a character of other scripts may be a word
KINDS = [("device", _("Medical device")), ("medicine", _("Medicine")), ("other", _("Other"))]


@lru_cache(maxsize=4)
def _prepared(products: tuple[tuple[Any, ...], ...]) -> Names:
    """Return the names of `products` (key, then names by line), prepared once until they change."""
    return Names(_named(products))


@lru_cache(maxsize=4)
def _nearly(products: tuple[tuple[Any, ...], ...]) -> NearNames:
    return NearNames(_named(products))


def _named(products: tuple[tuple[Any, ...], ...]) -> Iterator[tuple[str, int]]:
    for key, *lines in products:
        yield from ((name, key) for name in "\n".join(lines).splitlines() if name.strip())


class ProductQuerySet(OneByOneQuerySet["Product"]):
    """Products, by what is asked of them."""

    def watched(self) -> Self:
        """Return those whose names the guard looks for: all that were ever published."""
        return self.filter(first_published_at__isnull=False)

    def names(self) -> Names:
        """Return the names that ask for a label, ready to be found in a text."""
        names = self.order_by("pk").values_list("pk", "name", "further_names", "generic_names")
        listed: tuple[tuple[Any, ...], ...] = tuple(names)
        if any(generic for *_, generic in listed):  # else nobody need ask which may stand
            standing = {*self.filter(generic_may_stand=True).values_list("pk", flat=True)}
            listed = tuple((pk, *names, "" if pk in standing else last) for pk, *names, last in listed)
        return _prepared(listed)

    def kept_whole(self) -> set[str]:
        """Return all brand names that are long, and what no line may break within of any."""
        listed = self.watched().order_by().values_list("name", "further_names")
        lines = "\n".join("\n".join(names) for names in listed).splitlines()
        long = {name.strip() for name in lines if len(name.strip()) > MAX_PIECE}
        return long | {piece for name in lines for piece in pieces_of(name)}

    def near_names(self) -> NearNames:
        """Return all their names, ready for what resembles one to be found in a text."""
        listed = self.order_by("pk").values_list("pk", "name", "further_names", "generic_names")
        return _nearly(tuple(listed))

    def standing_names(self) -> Names:
        """Return the generic descriptions that may stand without a label, ready to be found in a text."""
        listed = self.filter(generic_may_stand=True).order_by("pk").values_list("pk", "generic_names")
        return _prepared(tuple(listed))


class Product(
    KnownDraftMixin,
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
        _("further brand names"),
        blank=True,
        help_text=_(
            "Every other brand name it is known by, one on each line: short names, trade names, names in "
            "local scripts. Case, hyphens, ® and ™ make no difference; plurals, genitives and look-alike "
            "letters are found as well."
        ),
    )
    generic_names = models.TextField(
        _("generic descriptions"),
        blank=True,
        help_text=_(
            "What describes it without its brand, one on each line and in each language: “Y-90 resin "
            "microspheres”. Not the name of a whole class of treatments, such as “radioembolisation”: "
            "no page could use that without a label."
        ),
    )
    generic_may_stand = models.BooleanField(
        _("generic descriptions may stand without a label"),
        default=False,
        help_text=_(
            "Leave this off unless legal has decided otherwise for all regions: describing a product that "
            "is not approved somewhere may be promotion of it there. Where it is on, the descriptions are "
            "not refused; editors and reviewers are shown each one, and decide."
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
        index.SearchField("generic_names"),
    ]

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """Return every brand name, the full one first."""
        return [self.name, *self.further_names.splitlines()]

    @property
    def descriptions(self) -> list[str]:
        """Return every generic description."""
        return self.generic_names.splitlines()

    def clean(self) -> None:
        """Put each name on a line of its own, once; refuse what cannot be told from other words or names."""
        super().clean()
        self.further_names, self.generic_names = _lines(self.further_names), _lines(self.generic_names)
        others = Product.objects.exclude(pk=self.pk)
        brands, generic = self.names, self.descriptions
        taken = _taken(others, "name", "further_names")
        own = {spelling_of(name): name for name in brands if not _flaw(name)}
        errors = {
            "name": _flaws([self.name], taken | _taken(others, "generic_names")),
            "further_names": _flaws(brands[1:], taken | _taken(others, "generic_names")),
            "generic_names": _flaws(generic, taken | dict.fromkeys(own, gettext("this product"))),
        }
        if found := {field: flaws for field, flaws in errors.items() if flaws}:
            raise ValidationError(found)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the names as the guard knows them."""
        return "therapies/product.html"


def _lines(names: str) -> str:
    stripped = (name.strip() for name in names.splitlines())
    return "\n".join(dict.fromkeys(name for name in stripped if name))


def _taken(products: Iterable[Product], *fields: str) -> dict[str, str]:
    """Return how each name in `fields` is spelt, with the product whose name it is."""
    names = (
        (name, one.name) for one in products for field in fields for name in getattr(one, field).splitlines()
    )
    return {spelling_of(name): product for name, product in names if not _flaw(name)}


def _flaws(names: list[str], taken: dict[str, str]) -> list[str]:
    return [flaw for name in names if (flaw := _flaw(name) or _clash(name, taken))]


def _flaw(name: str) -> str:
    try:
        spelling = spelling_of(name)
    except ValueError:
        return gettext("“%(name)s” holds no letter or digit.") % {"name": name}
    if spelling.isascii() and len(spelling) < MIN_LENGTH:
        return gettext("“%(name)s” is too short: it would be found in other words’ places.") % {"name": name}
    return ""


def _clash(name: str, taken: dict[str, str]) -> str:
    if product := taken.get(spelling_of(name)):
        return gettext("“%(name)s” is a name of %(product)s already.") % {"name": name, "product": product}
    return ""
