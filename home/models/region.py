"""A region: a labelling area with its own page tree."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from django_countries import Countries
from django_countries.fields import CountryField
from wagtail.models import Collection

from home.host_list import split_hosts, validate_hosts
from home.ownership import STEP, above
from home.telephone import validate_telephone
from region_gate.models.one_by_one import OneByOneQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The first segments of addresses that are no region's: what config.urls and the selector answer themselves.
RESERVED_CODES = frozenset(
    {
        *("admin", "country", "documents", "leaving", "media", "static"),
        *("favicon.ico", "robots.txt", "sitemap.xml"),
    }
)
HOME_DEPTH = 3  # a home page stands below a selector, a selector below the root


class RegionQuerySet(OneByOneQuerySet["Region"]):
    """Regions, by what is asked of them."""

    def owning(self, path: str) -> "Region | None":
        """Return the region that the page at `path` in the tree belongs to, None outside all regions."""
        return self.filter(home_pages__path__in=above(path)).first()

    def owners_of(self, paths: Iterable[str]) -> "dict[str, Region]":
        """Return the regions that own the places `paths` in the tree, by where their home pages stand."""
        places = {place for path in paths for place in above(path)}
        owners: Iterable[Any] = self.annotate(home=F("home_pages__path")).filter(home__in=places)
        return {region.home: region for region in owners}

    def of_each(self, attribute: str, page: str = "") -> Subquery:
        """Return an attribute of the region of each row's page; `page` is the way from the row to it."""
        home = Substr(OuterRef(f"{page}path"), 1, HOME_DEPTH * STEP)
        return Subquery(self.filter(home_pages__path=home).values(attribute)[:1])

    def by_collection(self) -> "dict[str, Region]":
        """Return the regions by the places of their collections."""
        return {
            region.collection.path: region
            for region in self.select_related("collection")
            if region.collection
        }


class Region(models.Model):
    """A labelling area: its code stands in the address of each of its pages."""

    code = models.CharField(
        _("code"),
        max_length=16,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[a-z][a-z0-9-]+\Z",
                _("Use at least two lower-case letters, digits or hyphens, such as “eu”."),
            )
        ],
        help_text=_("Stands in every address of the region, such as “eu” in /eu/therapies/."),
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("For editors; visitors read the home page's title.")
    )
    countries = CountryField(_("countries"), multiple=True, blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Where the region stands in lists; the lowest first.")
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    postal_address = models.TextField(_("postal address"), blank=True)
    telephone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        validators=[validate_telephone],
    )
    email = models.EmailField(_("e-mail"), blank=True)
    further_hosts = models.TextField(
        _("further hosts"),
        blank=True,
        validators=[validate_hosts],
        help_text=_("Hosts that belong to this region besides its own pages, one on each line."),
    )
    escalates_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("told of what is overdue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to={"is_active": True},
        related_name="+",
        help_text=_(
            "Gets an e-mail about what nobody has done days after its date. Else the administrators do."
        ),
    )
    escalates_to.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # Wagtail's own mark
    collection = models.OneToOneField(
        Collection,
        verbose_name=_("collection"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="region",
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def hosts(self) -> list[str]:
        """The further hosts, in lower case."""
        return split_hosts(self.further_hosts)

    def clean(self) -> None:
        """Refuse what would make an address, a country or a name belong to two places."""
        errors = {
            "code": self._code_error(),
            "name": self._name_error(),
            "countries": self._countries_error(),
            "further_hosts": self._hosts_error(),
        }
        if found := {field: error for field, error in errors.items() if error}:
            raise ValidationError(found)

    def _code_error(self) -> "StrOrPromise | None":
        if self.code in dict(settings.LANGUAGES):
            return _("“%(code)s” is the code of a language, so no region can have it.") % {"code": self.code}
        if self.code in RESERVED_CODES:
            return _("“%(code)s” is an address of the site itself.") % {"code": self.code}
        before = Region.objects.filter(pk=self.pk).values_list("code", flat=True).first()
        if before and before != self.code:
            return _(
                "“%(code)s” stands in the addresses of the region’s pages, drafts too, and in its groups’"
                " names, so it cannot change. Add a region with the other code."
            ) % {"code": before}
        return None

    def _name_error(self) -> "StrOrPromise | None":
        others = Region.objects.exclude(pk=self.pk).values_list("name", "code")
        for name, code in others:
            if " ".join(name.split()).casefold() == " ".join(self.name.split()).casefold():
                return _("The region %(code)s is called so already: give this one another name.") % {
                    "code": code
                }
        return None

    def _countries_error(self) -> "StrOrPromise | None":
        for other in Region.objects.exclude(pk=self.pk):
            taken = {c.code for c in self.countries} & {c.code for c in other.countries}
            if taken:
                return _("%(country)s already belongs to the region %(region)s.") % {
                    "country": Countries().name(min(taken)),
                    "region": other,
                }
        return None

    def _hosts_error(self) -> "StrOrPromise | None":
        for other in Region.objects.exclude(pk=self.pk):
            if taken := set(self.hosts) & set(other.hosts):
                return _("%(host)s already belongs to the region %(region)s.") % {
                    "host": min(taken),
                    "region": other,
                }
        return None
