"""Refuse changes of a site that take its live pages away from visitors, all at once and without a review."""

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from home.exceptions import RefusedError, named

from . import publication_rules

PLACE = ("hostname", "port", "root_page_id")


def check_deletion(site: Site) -> None:
    """Raise RefusedError where a person would delete a site with live pages."""
    if publication_rules.is_guarded():
        _refuse(
            _("These pages are live on this site, so it stays: %(pages)s. Take them down first."),
            _live_on(site),
        )


def check_change(site: Site) -> None:
    """Raise RefusedError where a person would save `site` so that visitors lose live pages."""
    if not publication_rules.is_guarded():
        return
    stored = Site.objects.filter(pk=site.pk).first()
    if stored:
        _check_root(stored, site)
        _check_default(stored, site)
    if stored is None or any(getattr(stored, name) != getattr(site, name) for name in PLACE):
        _check_host(site)


def _check_root(stored: Site, site: Site) -> None:
    _refuse(
        _(
            "These pages are live on this site and would not be shown with another root page, so that stays: "
            "%(pages)s. Take them down first."
        ),
        _live_on(stored).exclude(_shown_by(site)),
    )


def _check_default(stored: Site, site: Site) -> None:
    """Refuse to leave visitors without pages who ask for a host that is no site's."""
    if stored.is_default_site and not site.is_default_site:
        _refuse(
            _(
                "These pages are live on this site and are shown at all hosts that no site names, so it "
                "stays the default: %(pages)s. Take them down first."
            ),
            _live_on(stored),
        )


def _check_host(site: Site) -> None:
    """Refuse a site in the place of another one at the same host, whichever port visitors come by."""
    for other in Site.objects.filter(hostname=site.hostname).exclude(pk=site.pk):
        _refuse(
            _(
                "These pages are live on another site at this host, where this one would not show them: "
                "%(pages)s. Take another host."
            ),
            _live_on(other).exclude(_shown_by(site)),
        )


def _refuse(words: str, pages: PageQuerySet) -> None:
    if found := [*pages.order_by("path")]:
        raise RefusedError(words % {"pages": named(found)})


def _live_on(site: Site) -> PageQuerySet:
    """Return the live pages that visitors of `site` are shown."""
    return Page.objects.live().filter(_shown_by(site), depth__gt=1)


def _shown_by(site: Site) -> Q:
    """Return what is true of the pages that `site` shows: those below its root, in each language of it."""
    roots = site.root_page.get_translations(inclusive=True).values_list("path", "locale")
    shown = Q(pk__in=())
    for path, locale in roots:
        shown |= Q(path__startswith=path, locale=locale)
    return shown
