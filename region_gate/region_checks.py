"""System checks of the regions and the words, as they are in the database; silent where there is none yet."""

from collections.abc import Iterator, Sequence

from ada_url import URL
from django.apps import AppConfig
from django.conf import global_settings, settings
from django.core import checks
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError
from wagtail.coreutils import get_content_languages
from wagtail.models import Site

from region_gate import conf
from region_gate.checks import check_settings
from region_gate.links.destinations import DestinationKind
from region_gate.links.regions import Address, Regions, RegionSpec, plain_host
from region_gate.models import NoticeVersion
from region_gate.notices.texts import APPROVED_LANGUAGE, SHIPPED, shipped


def check_regions(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with the regions and the words, once the settings are right."""
    if check_settings(None):
        return []
    try:
        return [*_check_regions(), *_check_record(), *_check_languages()]
    except (DatabaseError, ImproperlyConfigured):  # away, or not migrated yet
        return []


def _check_regions() -> Iterator[CheckMessage]:
    try:
        regions = conf.regions()
    except (DatabaseError, ImproperlyConfigured):
        raise
    except Exception as error:
        yield checks.Error(f"The regions cannot be read: {error!r}.", id="region_gate.E014")
        return
    if not regions.regions:
        yield checks.Warning("There are no regions, so no link crosses between any.", id="region_gate.W002")
    yield from _check_hosts(regions)
    yield from _check_codes(regions)
    for region in regions.regions:
        yield from _check_prefixes(region)


def _check_hosts(regions: Regions) -> Iterator[CheckMessage]:
    known = {plain_host(URL(site.root_url).host) for site in Site.objects.all()}
    for region in regions.regions:
        for host in sorted({plain_host(address.host) for address in region.addresses} - known):
            yield checks.Warning(
                f"The region {region.code!r} is said to be at {host!r}, which no Wagtail site has.",
                hint="Correct the host, or add the site under Settings, Sites. Silence this where"
                " something else serves that host.",
                id="region_gate.W003",
            )


def _check_codes(regions: Regions) -> Iterator[CheckMessage]:
    codes = [region.code for region in regions.regions]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield checks.Error(f"Two regions have the code {code!r}.", id="region_gate.E016")


def _check_prefixes(region: RegionSpec) -> Iterator[CheckMessage]:
    for prefix in conf.ungated_prefixes():
        if any(_covers(prefix, address) for address in region.addresses):
            yield checks.Error(
                f"REGION_GATE['UNGATED_PREFIXES'] has {prefix!r}, which leaves pages of the region"
                f" {region.code!r} ungated.",
                id="region_gate.E015",
            )


def _covers(prefix: str, address: Address) -> bool:
    """Say whether the ungated `prefix` holds a region's pages; one that is a whole host may have an admin."""
    is_part = address.prefix != "/" and prefix.casefold().startswith(address.prefix.casefold())
    return is_part or address.prefix.casefold().startswith(prefix.casefold())


def _check_record() -> Iterator[CheckMessage]:
    for kind in SHIPPED:
        words = shipped(kind)
        folder = conf.notices_folder()
        version = folder.name if folder else ""
        recorded = [one.words for one in NoticeVersion.objects.filter(kind=kind.value, shipped_with=version)]
        if not recorded:
            yield _warning(f"Version {version} of the {kind} notice is not on record.")
        elif words not in recorded:
            yield _warning(f"The {kind} notice of version {version} was changed since it was put on record.")


def _warning(message: str) -> CheckMessage:
    hint = (
        "Run `manage.py migrate`, then `manage.py record_notices`; changed words need a folder of their own."
    )
    return checks.Warning(message, hint=hint, id="region_gate.W004")


def _check_languages() -> Iterator[CheckMessage]:
    without = [code for code in _languages() if _is_without_words(code)]
    if without:
        yield checks.Warning(
            f"There are no approved notices in {', '.join(without)}: visitors read the English ones.",
            hint="Write and publish them under Notices in the admin.",
            id="region_gate.W005",
        )


def _languages() -> list[str]:
    """Return the site's languages; where it names none, Django names nearly all, so the pages' count."""
    is_named = settings.LANGUAGES != global_settings.LANGUAGES
    named = dict(settings.LANGUAGES) if is_named else get_content_languages()
    return [code for code in named if code.partition("-")[0] != APPROVED_LANGUAGE]


def _is_without_words(language: str) -> bool:
    found = (
        NoticeVersion.objects.in_force().filter(language=language, region="").values_list("kind", flat=True)
    )
    return {DestinationKind(kind) for kind in found} != set(SHIPPED)
