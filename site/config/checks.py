"""System checks before the site goes out."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.db import Error
from django.http.request import split_domain_port, validate_host
from wagtail.models import Page, Site

from home.models import Region

HINT = (
    "Add the host to ALLOWED_HOSTS, or change the site's under Settings, Sites, to one that visitors ask "
    "for. Until then its pages cannot be reached at the addresses that e-mails, the sitemap and the page "
    "record give them."
)
MIGRATE = "Run “manage.py migrate”, which puts it where SITE_URL says unless another site stands there."


def check_hosts(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return which of Wagtail's sites stand at a host that ALLOWED_HOSTS does not let visitors ask for.

    A region's further hosts are not served here, so nothing is asked of them.
    """
    try:
        sites = [*Site.objects.order_by("hostname", "port")]
    except Error:  # away, or not migrated yet: no site stands anywhere
        return []
    return [_error(site) for site in sites if not _is_allowed(site.hostname)]


def check_site_address(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what contradicts SITE_URL: Wagtail's default site, or that all is sent to HTTPS."""
    found: list[CheckMessage] = []
    try:
        site = Site.objects.filter(is_default_site=True).first()
    except Error:
        site = None
    if settings.SITE_URL and site and site.root_url != settings.SITE_URL:
        told = f"SITE_URL is {settings.SITE_URL}, and Wagtail's default site stands at {site.root_url}."
        found.append(checks.Error(told, hint=MIGRATE, id="config.E002"))
    if settings.SECURE_SSL_REDIRECT and settings.SITE_URL.startswith("http:"):
        told = f"SITE_URL is {settings.SITE_URL}, and every request by HTTP is sent to HTTPS."
        found.append(checks.Error(told, hint="Begin SITE_URL with https.", id="config.E003"))
    return found


def check_languages(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return which languages SITE_LANGUAGES lacks, though pages are in them, and which are regions' codes."""
    spoken = dict(settings.LANGUAGES)
    try:
        used = Page.objects.values_list("locale__language_code", flat=True).distinct()
        lacking = sorted({*used} - spoken.keys())
        doubled = sorted({*Region.objects.values_list("code", flat=True)} & spoken.keys())
    except Error:
        return []
    found: list[CheckMessage] = []
    if lacking:
        told = f"SITE_LANGUAGES lacks {', '.join(lacking)}, and there are pages in it."
        found.append(checks.Error(told, hint="Name it again, or delete those pages first.", id="config.E004"))
    if doubled:
        told = f"SITE_LANGUAGES names {', '.join(doubled)}, which a region has as its code, and its address."
        found.append(checks.Error(told, hint="Leave the language out.", id="config.E005"))
    return found


def _is_allowed(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _error(site: Site) -> CheckMessage:
    name = f"“{site.site_name}”" if site.site_name else f"number {site.pk}"
    allowed = ", ".join(settings.ALLOWED_HOSTS) or "empty"
    message = f"Wagtail's site {name} has the host {site.hostname}, not in ALLOWED_HOSTS ({allowed})."
    return checks.Error(message, hint=HINT, id="config.E001")


CHECKS = (check_hosts, check_site_address, check_languages)
