"""The draft that an adaptation begins with, and what its editor should know of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.ownership import owner_at
from region_gate import clock
from therapies.catching_up.deciding import begin
from therapies.guard.label_check import UnlabelledName, find_unlabelled, named_in
from therapies.models import Adaptation
from therapies.models.catch_up import published_content
from therapies.usage.targets import Target, targets_of

from .equivalents import equivalents
from .relinking import relinked

LOG_ACTION = "therapies.adapt"
# What the original has of its own life, which a copy of it has not.
NOTHING_OF_ITS_LIFE = {
    "go_live_at": None,
    "expire_at": None,
    "expired": False,
    "locked": False,
    "locked_at": None,
    "locked_by": None,
}


@dataclass(frozen=True, slots=True)
class Adapted:
    """A new draft, the links in it that still lead to the original's region, and what is not its own."""

    page: Page
    region: Region
    source_region: Region
    left: list[Page]
    files: list[models.Model]
    findings: list[UnlabelledName]


@transaction.atomic
def adapt(source: Page, home: RegionHomePage, parent: Page, title: str, slug: str, by: Any) -> Adapted:
    """Make a draft below `parent`, in the region and language of `home`, of what `source` shows visitors.

    `source` is specific and stands in a region, `parent` below `home`.
    """
    region = Region.objects.owning(source.path)
    assert region is not None  # noqa: S101 - said above
    targets = [*targets_of(source)]
    linked = Page.objects.filter(pk__in=_keys(targets, Page))
    pairs = equivalents(linked, region, home)
    page = _copy(source, home, parent, {"title": title, "slug": slug, **relinked(source, pairs)}, by)
    _remember(source, region, page, by)
    homes = RegionHomePage.objects.filter(region=region).by_path()
    return Adapted(
        page=page,
        region=home.region,
        source_region=region,
        left=[other for other in linked if other.pk not in pairs and owner_at(other.path, homes)],
        files=_files_of_others(targets, home.region),
        findings=find_unlabelled(named_in(page), [home.region], clock.today()),
    )


def _copy(source: Page, home: RegionHomePage, parent: Page, changes: dict[str, Any], by: Any) -> Page:
    own = {"draft_title": changes["title"], "locale": home.locale}
    action = CopyPageAction(
        source,
        to=parent,
        update_attrs={**NOTHING_OF_ITS_LIFE, **own, **changes},
        copy_revisions=False,
        keep_live=False,
        user=by,
        log_action="",
    )
    # Wagtail would ask for a right to change the original. To read it is enough, and whoever
    # calls has asked for the right to add pages here.
    return action.execute(skip_permission_checks=True)


def _remember(source: Page, region: Region, page: Page, by: Any) -> None:
    Adaptation.objects.create(
        page=page,
        source=source.page_ptr,
        source_title=source.title,
        source_url=source.full_url or "",
        source_region=region.name,
        taken=published_content(source),
        taken_revision_id=source.live_revision_id,
        taken_by=by,
    )
    begin(page, source, by)
    log(page, LOG_ACTION, user=by, data={"region": region.name, "title": source.title})


def _files_of_others(targets: Iterable[Target], region: Region) -> list[models.Model]:
    """Return the images and documents that lie in another region's collection."""
    owners = Region.objects.by_collection()
    found: list[Any] = []
    for model in (get_image_model(), get_document_model()):
        found += model.objects.filter(pk__in=_keys(targets, model)).select_related("collection")
    return [file for file in found if owner_at(file.collection.path, owners) not in (None, region)]


def _keys(targets: Iterable[Target], model: type[models.Model]) -> set[int]:
    return {target.key for target in targets if target.model is model}
