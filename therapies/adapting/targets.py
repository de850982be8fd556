"""Which pages may be used elsewhere, and where: in whose region, in which language, below which page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.access import homes_beside
from home.models import Region, RegionHomePage, RegionSelectorPage
from home.models.region import HOME_DEPTH
from home.ownership import owned_by, owner_at

ADD = "add_page"
FEW = 20  # pages that are read at once where the first is likely to do


@dataclass(slots=True)
class AdaptationTarget:
    """A home page of another region, with the pages below which a copy may stand."""

    home: RegionHomePage
    parents: list[Page] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.home.region} – {self.home.locale}"


def usable() -> QuerySet[Page]:
    """Return the pages that everybody may read, so that any region may start from them."""
    kinds = ContentType.objects.get_for_models(RegionHomePage, RegionSelectorPage).values()
    found = Page.objects.live().public().exclude(content_type__in=kinds)
    regions = Region.objects.all()
    found = found.annotate(region_name=regions.of_each("name"), region_code=regions.of_each("code"))
    return found.exclude(region_code=None)


def destinations(source: Page, user: Any) -> list[AdaptationTarget]:
    """Return where `user` may use `source`: never in its own region, where one translates instead."""
    own = Region.objects.owning(source.path)
    homes = RegionHomePage.objects.in_order().exclude(region=own)
    found = {home.path: AdaptationTarget(home) for home in homes}
    for parent in _parents(source, user):
        if destination := owner_at(parent.path, found):
            destination.parents.append(parent)
    return [destination for destination in found.values() if destination.parents]


def may_use(source: Page, user: Any) -> bool:
    """Say whether `user` may use `source` anywhere: as `destinations`, up to the first that is found."""
    kind, own = source.specific_class or Page, homes_beside(source.path, user)
    is_home = issubclass(kind, RegionHomePage | RegionSelectorPage)
    if is_home or not (source.live and _writes_outside(own, user)):
        return False
    elsewhere = _addable(source, user).exclude(owned_by(own)).filter(depth__gte=HOME_DEPTH)
    is_usable = usable().filter(pk=source.pk).exists()
    return is_usable and any(map(kind.can_create_at, elsewhere.iterator(chunk_size=FEW)))


def _writes_outside(homes: Iterable[str], user: Any) -> bool:
    """Say whether `user` may add pages anywhere but below `homes`."""
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    adding = (right.page.path for right in rights if right.permission.codename == ADD)
    return bool(user.is_superuser) or any(not path.startswith(tuple(homes)) for path in adding)


def regions_to_write_in(user: Any) -> set[int]:
    """Return the keys of the regions in which `user` may add pages."""
    addable = page_permission_policy.instances_user_has_permission_for(user, "add")
    homes = RegionHomePage.objects.filter(pk__in=addable.values("pk"))
    return set(homes.values_list("region_id", flat=True))


def _parents(source: Page, user: Any) -> Iterable[Page]:
    kind = source.specific_class or Page
    return (parent for parent in _addable(source, user) if kind.can_create_at(parent))


def _addable(source: Page, user: Any) -> QuerySet[Page]:
    """Return the pages of the kinds below which one like `source` may stand, and `user` may add pages."""
    kind = source.specific_class or Page
    kinds = ContentType.objects.get_for_models(*kind.allowed_parent_page_models()).values()
    addable = page_permission_policy.instances_user_has_permission_for(user, "add")
    found: QuerySet[Page] = addable.filter(content_type__in=kinds).order_by("path")
    return found
