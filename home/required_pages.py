"""The pages that the law asks of nearly every region: drafts in a new one, for legal to fill."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Page

from .models import RegionHomePage, StandardPage

# By their slugs, in the order in which they are made: what each one is called.
REQUIRED = {
    "legal": _("Imprint and legal notice"),
    "privacy": _("Privacy"),
    "cookies": _("Cookies"),
    "accessibility": _("Accessibility statement"),
}


def add_required_pages(home: RegionHomePage) -> None:
    """Add those that `home`, which is new, lacks: drafts without text, in the footer once they are live.

    Each is the translation of its like in the region's first language that has one.
    """
    there = {*StandardPage.objects.child_of(home).values_list("slug", flat=True)}
    with override(home.locale.language_code):
        titles = {slug: str(title) for slug, title in REQUIRED.items() if slug not in there}
    for slug, title in titles.items():
        page = _translation(home, slug) or _first(home, slug)
        page.title = page.draft_title = title
        page.save()
        page.save_revision()
        log(page, "wagtail.create")


def _translation(home: RegionHomePage, slug: str) -> Page | None:
    """Return a draft translation, below `home`, of the page that another home page of its region has."""
    others = RegionHomePage.objects.filter(region=home.region).exclude(pk=home.pk).order_by("pk")
    found = (StandardPage.objects.child_of(other).filter(slug=slug).first() for other in others)
    source = next(filter(None, found), None)
    return source.copy_for_translation(home.locale) if source else None


def _first(home: RegionHomePage, slug: str) -> Page:
    page = StandardPage(title=slug, slug=slug, live=False, show_in_footer=True, locale=home.locale)
    return home.add_child(instance=page)
