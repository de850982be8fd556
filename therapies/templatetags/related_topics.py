"""Where readers of a treatment page go on: the region's other topics, and the same topic in other regions."""

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django import template
from django.db.models import Exists, OuterRef
from django.template.context import Context
from wagtail.models import Page

from home.models import RegionHomePage
from home.navigation import navigation_of
from home.ownership import owner_at
from home.visibility import shown
from region_gate.constancy import asked_once
from therapies.models import Mention, TherapyPage

from .labels import products_named_by

MAX_RELATED = 4

register = template.Library()


class TopicElsewhere(NamedTuple):
    """The pages of a region, whose home pages these are, about a topic: one in each of its languages."""

    homes: list[RegionHomePage]
    pages: list[TherapyPage]


@register.simple_tag(takes_context=True)
def related_topics(context: Context, page: Page) -> list[TherapyPage]:
    """Return at most four of the region's pages about other topics, in the language of `page`.

    Those that name a product which `page` names come first, then the others in the tree's order; a page
    about a product has only the former.
    """
    home = navigation_of(context).home
    if home is None:
        return []
    found = _topics_below(home, products_named_by(context, page))
    is_topic = isinstance(page, TherapyPage)
    others = [one for one in found if one.pk != page.pk and (is_topic or one.names_the_same)]
    return others[:MAX_RELATED]


@register.simple_tag(takes_context=True)
def topic_elsewhere(context: Context, page: Page) -> list[TopicElsewhere]:
    """Return where other regions write about the topic of `page`, in their order; none without a topic."""
    navigation, topic = navigation_of(context), getattr(page, "topic_id", None)
    if navigation.region is None or topic is None:
        return []
    found = _everywhere(topic, navigation.everywhere)
    return [one for one in found if one.homes[0].region_id != navigation.region.pk]


@asked_once
def _topics_below(home: RegionHomePage, products: frozenset[int]) -> list[TherapyPage]:
    """Return the first pages about topics below `home`, one more than are shown beside one of them."""
    naming = Mention.objects.filter(page=OuterRef("pk"), product__in=products)
    pages = shown(TherapyPage.objects.live().descendant_of(home)).select_related("locale")
    ordered = pages.annotate(names_the_same=Exists(naming)).order_by("-names_the_same", "path")
    return [*ordered[: MAX_RELATED + 1]]


@asked_once
def _everywhere(topic: int, homes: tuple[RegionHomePage, ...]) -> list[TopicElsewhere]:
    """Return the pages about `topic` that visitors are shown, by the regions of `homes`."""
    places = {home.path: home for home in homes}
    pages = shown(TherapyPage.objects.live().filter(topic=topic)).select_related("locale")
    found = {home.pk: page for page in pages if (home := owner_at(page.path, places))}
    regions = ([*theirs] for _region, theirs in groupby(homes, key=attrgetter("region_id")))
    told = (TopicElsewhere(homes, [found[one.pk] for one in homes if one.pk in found]) for homes in regions)
    return [one for one in told if one.pages]
