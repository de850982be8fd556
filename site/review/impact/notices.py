"""What a change of a notice will mean: who reads other words, in which languages, at how many pages."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.models import RegionHomePage, RegionSelectorPage
from region_gate import conf
from region_gate.links.destinations import DestinationKind
from region_gate.models import NoticeVersion, RegisteredLink
from region_gate.notices import notice_history
from region_gate.notices.texts import NoticeText, choose
from therapies.formatting import language_name

from .change import PendingChange
from .groups import ImpactGroup, ImpactRow, joined


class Reader(NamedTuple):
    """Who reads notices: visitors of a region (its code, blank: outside all) in a language."""

    region: str
    language: str


def groups(change: PendingChange) -> Iterator[ImpactGroup]:
    """Yield who will read other words, and whose own notice stands before this one."""
    words: NoticeText = change.thing.words
    before, after = notices_before(change), notices_after(change)
    shipped = newest_shipped(change)
    pages, names = _pages_with_crossings(words.kind), _names()
    rows, own = [], []
    for reader in sorted(_readers() | pages.keys()):
        now, then = (shown(texts, reader, shipped) for texts in (before, after))
        count = pages.get(reader, 0)
        if now != then:
            rows.append(_row(reader, names, joined(_read(now, then), _count(count))))
        elif words.region == "" and words.language == reader.language and then and then.region:
            own.append(_row(reader, names, _count(count), is_seen=False))
    if rows:
        yield ImpactGroup(_("Who will read other words than now"), rows)
    else:
        yield ImpactGroup(_("Nobody will read other words than now."))
    if own:
        yield ImpactGroup(_("Regions whose own notice stands before this one: nothing changes there"), own)


def shown(notices: list[NoticeText], reader: Reader, shipped: NoticeText | None) -> NoticeText | None:
    """Return what `reader` is shown of `notices`, else the words that the site brings."""
    return choose(notices, *reader) or shipped


def newest_shipped(change: PendingChange) -> NoticeText | None:
    """Return the newest words of the same kind that the site brings, which are read where no others are."""
    shipped_ones = NoticeVersion.objects.exclude(shipped_with="").filter(kind=change.thing.kind)
    return notice_history.newest_shipped(version.value for version in shipped_ones)


def notices_before(change: PendingChange) -> list[NoticeText]:
    """Return the notices of the same kind that are in force."""
    return [version.words for version in _in_force(change)]


def notices_after(change: PendingChange) -> list[NoticeText]:
    """Return the notices of the same kind that would be in force."""
    words = change.thing.words
    place = (words.region, words.language)
    number = str(change.thing.pk)
    others = [
        version.words
        for version in _in_force(change)
        if version.notice != number and (version.region, version.language) != place
    ]
    return [*others, words] if change.after else others


def _in_force(change: PendingChange) -> Iterator[NoticeVersion]:
    return NoticeVersion.objects.in_force().filter(kind=change.thing.kind).iterator()


def _readers() -> set[Reader]:
    homes = RegionHomePage.objects.live().values_list("region__code", "locale__language_code")
    selectors = RegionSelectorPage.objects.live().values_list("locale__language_code", flat=True)
    return {Reader(*home) for home in homes} | {Reader("", language) for language in selectors}


def _pages_with_crossings(kind: DestinationKind) -> dict[Reader, int]:
    """Return how many live pages have crossings of `kind`, by who reads them."""
    links = RegisteredLink.objects.filter(kind=kind.value, page__live=True).order_by()
    counted = links.values("region", "language").annotate(pages=Count("page", distinct=True))
    return {Reader(row["region"], row["language"]): row["pages"] for row in counted}


def _names() -> dict[str, str]:
    return {region.code: region.name for region in conf.regions().regions}


def _row(reader: Reader, names: dict[str, str], reason: str, *, is_seen: bool = True) -> ImpactRow:
    asked = {"region": reader.region, "language": reader.language} if is_seen else {}
    name = names.get(reader.region, reader.region)
    language = language_name(reader.language)
    return ImpactRow(name, language, name or _("Outside all regions"), reason, "", asked)


def _read(now: NoticeText | None, then: NoticeText | None) -> str:
    return _("Now: %(before)s. Then: %(after)s.") % {"before": _named(now), "after": _named(then)}


def _named(words: NoticeText | None) -> str:
    """Say which notice it is: its heading, whose, and in which language."""
    if words is None:
        return _("none")
    values = {"heading": words.heading, "language": language_name(words.language)}
    own, general = _("“%(heading)s” (the region’s own, %(language)s)"), _("“%(heading)s” (%(language)s)")
    return (own if words.region else general) % values


def _count(number: int) -> str:
    words = ngettext(
        "%(number)s live page has such a crossing.", "%(number)s live pages have such crossings.", number
    )
    return words % {"number": number}
