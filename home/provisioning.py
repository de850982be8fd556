"""Create a region: itself, its home pages and required pages as drafts, its groups and its collection."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from region_gate.models import Edition

from .access import open_region
from .models import Region, RegionHomePage, RegionSelectorPage
from .required_pages import add_required_pages


@transaction.atomic
def add_region(region: Region, titles: Mapping[str, str]) -> list[RegionHomePage]:
    """Save `region`, add what it lacks, and return the home pages that were added, all of them drafts.

    Below each new home page stand drafts of the pages that the law asks for. `titles` are the home
    pages' by their languages' codes; a blank one is the region's name. A language that has its home page
    keeps it as it is, and what is there already stays, except that the groups' rights are put back to
    exactly theirs. Raises ValidationError, with nothing done.
    """
    Edition.lock()
    region.full_clean()
    region.save()
    lacking = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code in titles]
    spoken = set(languages_of(region))
    homes = [_add_home(region, code, titles[code]) for code in lacking if code not in spoken]
    for home in homes:
        add_required_pages(home)
    open_region(region)
    return homes


def languages_of(region: Region) -> list[str]:
    """Return the codes of the languages that the region has a home page in, live or not."""
    return list(region.home_pages.order_by("pk").values_list("locale__language_code", flat=True))


def _add_home(region: Region, language: str, title: str) -> RegionHomePage:
    """Return a new draft of the region's home page in `language`, tied to the others as their translation."""
    selector = _selector_in(language)
    first = region.home_pages.order_by("pk").first()
    title = title or region.name
    if first is None:
        home = selector.add_child(instance=RegionHomePage(title=title, region=region, live=False))
        home.save_revision()
        log(home, "wagtail.create")
        return home
    return _retitled(first.copy_for_translation(selector.locale), title)


def _selector_in(language: str) -> RegionSelectorPage:
    """Return the region selector in `language`; a new one is a draft, for somebody to read first."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    first = RegionSelectorPage.objects.order_by("pk")[0]
    if found := first.get_translation_or_none(locale):
        return found
    with override(language):
        title = gettext("Choose your region")
    return _retitled(first.copy_for_translation(locale), title)


def _retitled(page: Page, title: str) -> Page:
    """Return `page`, a draft, under `title`."""
    page.title = page.draft_title = title
    page.save()
    page.save_revision()
    return page
