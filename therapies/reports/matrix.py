"""The label matrix: how each product stands in each region, from plain values."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from therapies.models.in_force import Force, force_of

from .label_status import ALLOWING, Facts, LabelStatus, speaking, standing


class Heading(NamedTuple):
    """What a row or a column is about: a product or a region, and a region's languages."""

    pk: int
    name: str
    languages: tuple[str, ...] = ()


class NamingCount(NamedTuple):
    """A live page that names a product in a region (None: outside all regions)."""

    page: int
    product: int
    region: int | None
    language: str
    title: str
    url: str
    published_at: datetime | None = None


Placed = TypeVar("Placed", Facts, NamingCount)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How the product stands in one language of the region, and by which label."""

    language: str
    standing: LabelStatus
    label: Facts | None


@dataclass(frozen=True, slots=True)
class Cell:
    """How one product stands in one region."""

    product: Heading
    region: Heading
    standing: LabelStatus
    label: Facts | None
    spoken: tuple[Spoken, ...]
    pages: tuple[NamingCount, ...]
    next_from: date | None = None  # when another label takes over from the one in force, or follows it

    @property
    def missing(self) -> tuple[str, ...]:
        """The region's languages in which no label is in force, although one is in another."""
        if self.standing not in ALLOWING:
            return ()
        needed = (one for one in self.spoken if one.label is None or one.label.is_needed)
        return tuple(one.language for one in needed if one.standing not in ALLOWING)

    @property
    def behind(self) -> tuple[str, ...]:
        """The languages whose text is older than that of the label in force in another one."""
        shown = (one for one in self.spoken if one.label and one.standing in ALLOWING)
        return tuple(one.language for one in shown if one.label and one.label.is_behind)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One product in all regions."""

    product: Heading
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Products by regions."""

    regions: tuple[Heading, ...]
    rows: tuple[MatrixRow, ...]

    def cells(self) -> Iterator[Cell]:
        """Give all cells, row by row."""
        for row in self.rows:
            yield from row.cells

    def narrowed(self, wanted: Callable[[Cell], bool]) -> "Matrix":
        """Return the matrix without the rows and columns in which no cell is `wanted`."""
        hits = [cell for cell in self.cells() if wanted(cell)]
        products, regions = {cell.product.pk for cell in hits}, {cell.region.pk for cell in hits}
        return Matrix(
            tuple(region for region in self.regions if region.pk in regions),
            tuple(
                MatrixRow(row.product, tuple(cell for cell in row.cells if cell.region.pk in regions))
                for row in self.rows
                if row.product.pk in products
            ),
        )


def matrix(
    products: Sequence[Heading],
    regions: Sequence[Heading],
    labels: Iterable[Facts],
    pages: Iterable[NamingCount],
    on: date,
    notice: timedelta,
) -> Matrix:
    """Return how `products` stand in `regions` on `on`, by their `labels`, with the `pages` naming them."""
    known = by_place(labels)
    named = by_place(pages)

    def cell(product: Heading, region: Heading) -> Cell:
        place = product.pk, region.pk
        its_labels = known.get(place, [])
        spoken = tuple(_spoken(_by_language(its_labels), region, on, notice))
        label = speaking(its_labels, on)
        how = standing(label, on, notice)
        next_from = _next(its_labels, on) if how in ALLOWING else None
        return Cell(product, region, how, label, spoken, tuple(named.get(place, ())), next_from)

    return Matrix(
        tuple(regions),
        tuple(MatrixRow(product, tuple(cell(product, region) for region in regions)) for product in products),
    )


def _next(labels: Iterable[Facts], on: date) -> date | None:
    days = (label.effective_from for label in labels if force_of(label, on) is Force.BEGINS)
    return min(filter(None, days), default=None)


def _spoken(
    labels: Mapping[str, list[Facts]], region: Heading, on: date, notice: timedelta
) -> Iterator[Spoken]:
    """Give the region's own languages first, then others in which it has a label."""
    for language in dict.fromkeys((*region.languages, *filter(None, labels))):
        label = speaking(labels.get(language, ()), on)
        yield Spoken(language, standing(label, on, notice), label)


def by_place(found: Iterable[Placed]) -> dict[tuple[int, int | None], list[Placed]]:
    """Return what was found by its product and region."""
    places: dict[tuple[int, int | None], list[Placed]] = defaultdict(list)
    for one in found:
        places[one.product, one.region].append(one)
    return places


def _by_language(labels: Iterable[Facts]) -> dict[str, list[Facts]]:
    found: dict[str, list[Facts]] = defaultdict(list)
    for label in labels:
        found[label.language or ""].append(label)
    return found
