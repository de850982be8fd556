"""What a change means, as plain values to list: rows in groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wagtail.models import Page

from home.models import RegionHomePage
from home.ownership import owner_at
from therapies.formatting import address, language_name


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """A page, or what a region reads in a language, and what happens to it.

    `preview` is what to ask the preview for; blank where there is nothing to look at.
    """

    region: str
    language: str
    subject: str
    reason: str
    url: str = ""
    preview: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImpactGroup:
    """Rows under a heading, which says what happens to them."""

    heading: str
    rows: list[ImpactRow] = field(default_factory=list)


class Places:
    """Where pages stand: the region of each."""

    def __init__(self) -> None:
        """Read the regions' home pages."""
        self._homes = RegionHomePage.objects.by_path()

    def home_of(self, page: Page) -> RegionHomePage | None:
        """Return the region's home page above `page`, None outside all regions."""
        return owner_at(page.path, self._homes)

    def region_of(self, page: Page) -> str:
        """Return the name of the region of `page`, blank outside all."""
        home = self.home_of(page)
        return home.region.name if home else ""

    def row(self, page: Page, reason: str, *, is_seen: bool = True, is_ended: bool = False) -> ImpactRow:
        """Return the row of `page` (its locale at hand); it `is_seen` where it stays up."""
        asked = {"page": str(page.pk)} | ({"ended": "1"} if is_ended else {})
        return ImpactRow(
            self.region_of(page),
            language_name(page.locale.language_code),
            page.title,
            reason,
            address("wagtailadmin_explore", page.pk),
            asked if is_seen else {},
        )


def joined(*sentences: str) -> str:
    """Return those of `sentences` that say something, as one text."""
    return " ".join(filter(None, sentences))
