"""What the reports are made from: the labels, and the live pages that name products, each read once."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, cached_property

from django.conf import settings
from django.db.models import FilteredRelation, Q

from home.models import Region, RegionHomePage
from home.ownership import owner_at
from region_gate import clock
from therapies.models import Label, Mention, Product

from .label_status import Facts
from .matrix import Heading, NamingCount

# In the order of the facts of a label, which has its product between the first two.
LABEL_FIELDS = (
    "pk",
    "region_id",
    "texts__locale__language_code",
    "status",
    "live",
    "effective_from",
    "review_by",
    "withdrawn_on",
    "last_published_at",
    "registration_number",
    "texts__decision",
    "texts__is_behind",
)


MENTION_FIELDS = (
    "page_id",
    "product_id",
    "page__locale__language_code",
    "page__title",
    "page__last_published_at",
    "page__path",
    "page__url_path",
)


class Dataset:
    """Labels and pages of some regions on one day; `is_whole` takes in the pages of no region."""

    def __init__(self, regions: Iterable[Region], on: date | None = None, is_whole: bool = False) -> None:
        """Look at `regions` on `on`, or today."""
        self.regions = [*regions]
        self.on = on or clock.today()
        self.is_whole = is_whole

    @property
    def products(self) -> list[Heading]:
        """The products that are watched or have a label, by name."""
        return self._labelled[0]

    @property
    def labels(self) -> list[Facts]:
        """All labels of the regions, drafts among them, each once for every language of its texts."""
        return self._labelled[1]

    @cached_property
    def _labelled(self) -> tuple[list[Heading], list[Facts]]:
        """The products and their labels, in one query: each product comes with one that is empty at least."""
        known = Q(first_published_at__isnull=False) | Q(pk__in=Label.objects.values("product"))
        here = FilteredRelation("labels", condition=Q(labels__region__in=self.regions))
        found = (
            Product.objects.filter(known)
            .annotate(label=here)
            .order_by("name", "pk", "label__pk", "label__texts__locale")
        )
        products: dict[int, Heading] = {}
        labels = []
        rows = found.values_list("pk", "name", *(f"label__{field}" for field in LABEL_FIELDS))
        for product, name, label, *facts in rows.iterator():
            products[product] = Heading(product, name)
            if label is not None:
                labels.append(Facts(label, product, *facts))
        return [*products.values()], labels

    @cached_property
    def places(self) -> list[Heading]:
        """The regions, each with the languages of its live home pages in the settings' order."""
        order = [code for code, _name in settings.LANGUAGES]
        spoken: dict[int, set[str]] = {region.pk: set() for region in self.regions}
        for home in self._homes:
            if home.live and home.region_id in spoken:
                spoken[home.region_id].add(home.locale.language_code)
        return [
            Heading(region.pk, region.name, tuple(code for code in order if code in spoken[region.pk]))
            for region in self.regions
        ]

    @cached_property
    def pages(self) -> list[NamingCount]:
        """The live pages that name a product, in the order of the tree, each once for every product."""
        found = Mention.objects.filter(page__live=True).order_by("page__path", "product__name")
        shown = {region.pk for region in self.regions} | ({None} if self.is_whole else set())
        pages = (self._naming(*values) for values in found.values_list(*MENTION_FIELDS))
        return [one for one in pages if one.region in shown]

    @cached_property
    def _homes(self) -> list[RegionHomePage]:
        return list(RegionHomePage.objects.select_related("locale"))

    @cached_property
    def _homes_by_path(self) -> dict[str, tuple[RegionHomePage, str]]:
        """The home pages with their addresses, by their place in the tree."""
        return {home.path: (home, home.get_url() or "") for home in self._homes}

    def home_above(self, path: str) -> RegionHomePage | None:
        """Return the home page of the region that the page at `path` in the tree belongs to."""
        return self._placed(path)[0]

    def address_of(self, path: str, url_path: str) -> str:
        """Return where visitors find the page at `path` in the tree; blank outside all regions."""
        home, address = self._placed(path)
        return f"{address}{url_path.removeprefix(home.url_path)}" if home and address else ""

    def _naming(
        self, page: int, product: int, language: str, title: str, at: datetime | None, path: str, url: str
    ) -> NamingCount:
        home = self.home_above(path)
        region, address = home.region_id if home else None, self.address_of(path, url)
        return NamingCount(page, product, region, language, title, address, at)

    @cached_property
    def _placed(self) -> Callable[[str], tuple[RegionHomePage | None, str]]:
        """What tells the home page above a path with its address, each path once."""
        return cache(lambda path: owner_at(path, self._homes_by_path) or (None, ""))
