"""A region's own page for another region's: about the same topic, or at the same address."""

from collections.abc import Iterable

from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.ownership import owner_at
from therapies.models import TherapyPage


def equivalents(pages: Iterable[Page], region: Region, home: RegionHomePage) -> dict[int, Page]:
    """Return, by the keys of those of `pages` in `region`, the pages below `home` that stand for them."""
    addresses = _addresses_below(home, pages, region)
    at = Page.objects.filter(url_path__in=addresses.values(), path__startswith=home.path)
    by_address = {page.url_path: page for page in at}
    by_topic = _by_topic(addresses, home)
    found = ((pk, by_topic.get(pk) or by_address.get(address)) for pk, address in addresses.items())
    return {pk: page for pk, page in found if page}


def _addresses_below(home: RegionHomePage, pages: Iterable[Page], region: Region) -> dict[int, str]:
    """Return what the address of each of `pages` in `region` would be below `home`."""
    homes = RegionHomePage.objects.filter(region=region).by_path()
    return {
        page.pk: home.url_path + page.url_path.removeprefix(own.url_path)
        for page in pages
        if (own := owner_at(page.path, homes))
    }


def _by_topic(keys: Iterable[int], home: RegionHomePage) -> dict[int, Page]:
    topics = dict(TherapyPage.objects.filter(pk__in=[*keys]).values_list("pk", "topic_id"))
    there = TherapyPage.objects.descendant_of(home).filter(topic__in=topics.values())
    by_topic = {page.topic_id: page for page in there}
    return {pk: by_topic[topic] for pk, topic in topics.items() if topic in by_topic}
