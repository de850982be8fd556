"""The gate's settings, read nowhere else.

`REGION_GATE = {"REGIONS": "a.function", "REDIRECTS": "a.function", "ADDRESSES": "a.function",
"ALTERNATIVE": "a.function", "LEADS_TO": "a.function", "UNGATED_PREFIXES": ["/admin/"],
"SIGNER": "a.function", "DRAFT_MINUTES": 15, "CONTACT_SCHEMES": ["whatsapp"],
"NOTICES": "/a/folder/1.0"}`, each function by its dotted path; all but `REGIONS` and `NOTICES`
may be left out. `"TREES": ["home.RegionPage", "/eu/"]` stands in the place of `REGIONS` where page
trees are the regions.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ada_url import join_url
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string

from region_gate.links.addresses import host_of
from region_gate.links.contact_schemes import CONTACT_SCHEMES, may_be_contact
from region_gate.links.destinations import Redirects, no_redirects
from region_gate.links.regions import Regions
from region_gate.links.signing import Keys

if TYPE_CHECKING:
    from region_gate.notices.alternatives import Alternative
    from region_gate.signatures import RecordSigner

    Find = Callable[[str, str, str], Alternative | None]

DRAFT_MINUTES = 15


def regions() -> Regions:
    """Return the regions that the site hands to the gate, or that its page trees make, as they are now."""
    name = settings.REGION_GATE["REGIONS"] if not trees() else "region_gate.trees.regions"
    found: Regions = import_string(str(name))()
    return found


def trees() -> tuple[str, ...]:
    """Return what makes regions of pages: types, such as "home.RegionPage", and paths, such as "/eu/"."""
    given = getattr(settings, "REGION_GATE", None)  # asked before the settings are checked
    found = given.get("TREES") if isinstance(given, dict) else None
    return tuple(found) if isinstance(found, list | tuple) else ()


def redirects() -> Redirects:
    """Return the function that says where an address of ours redirects to, as it is now."""
    name = settings.REGION_GATE.get("REDIRECTS")
    found: Redirects = import_string(str(name))() if name else no_redirects
    return found


def addresses() -> Iterator[str]:
    """Give the absolute addresses that visitors can reach besides pages and documents."""
    if name := settings.REGION_GATE.get("ADDRESSES"):
        yield from import_string(str(name))()


def alternative() -> "Find":
    """Return the function that says what a region has instead of a page in another one.

    It takes the page's absolute address, the code of the region that is left and a language's code.
    """
    name = settings.REGION_GATE.get("ALTERNATIVE")
    found: Find = import_string(str(name)) if name else _no_alternative
    return found


def leads_to(url: str) -> bool:
    """Say whether something live that is no page, such as a redirect, leads to `url` (absolute)."""
    name = settings.REGION_GATE.get("LEADS_TO")
    return bool(name) and bool(import_string(str(name))(url))


def notices_folder() -> Path | None:
    """Return the folder of the site's approved texts, named after their version; None without one."""
    found = settings.REGION_GATE.get("NOTICES")
    return Path(found) if isinstance(found, str | Path) and found else None


def signer() -> "RecordSigner | None":
    """Return who signs what goes on record, None where the site has no keys."""
    name = settings.REGION_GATE.get("SIGNER")
    return import_string(str(name))() if name else None


def draft_seconds() -> int:
    """Return for how long a draft's gate addresses open."""
    return 60 * int(str(settings.REGION_GATE.get("DRAFT_MINUTES", DRAFT_MINUTES)))


def _no_alternative(_destination: str, _region: str, _language: str) -> None:
    """Say that there is none."""


def sources() -> tuple[str, ...]:
    """Return what the site has given, by which a snapshot is remembered."""
    names = ("REGIONS", "TREES", "REDIRECTS", "NOTICES")
    return tuple(str(settings.REGION_GATE.get(name, "")) for name in names)


def ungated_prefixes() -> tuple[str, ...]:
    """Return the path prefixes (each starts and ends in a slash) that the gate leaves alone."""
    return tuple(settings.REGION_GATE.get("UNGATED_PREFIXES", ()))


def contact_schemes() -> frozenset[str]:
    """Return the schemes that the gate lets pass: mailto, tel, sms, and what the site has added."""
    return CONTACT_SCHEMES.union(filter(may_be_contact, settings.REGION_GATE.get("CONTACT_SCHEMES", ())))


def media_hosts() -> frozenset[str]:
    """Return the hosts, other than the site's own, that MEDIA_URL and STATIC_URL name, as plain hosts."""
    return _media_hosts(str(settings.MEDIA_URL), str(settings.STATIC_URL))


def keys() -> Keys:
    """Return the keys of gate addresses; `SECRET_KEY_FALLBACKS` keep older addresses good."""
    return _keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def notice_path(language: str | None) -> str:
    """Return the path of the notice page in `language`; None means the site's chief one."""
    return _notice_path(language or settings.LANGUAGE_CODE, settings.ROOT_URLCONF)


@lru_cache(maxsize=64)
def _notice_path(language: str, urlconf: str) -> str:
    with translation.override(language):
        return reverse("region_gate:notice", urlconf)


@lru_cache(maxsize=8)
def _media_hosts(*addresses: str) -> frozenset[str]:
    urls = (join_url("https://host.invalid/", address) for address in addresses)
    return frozenset(host_of(url) for url in urls if url.startswith(("https:", "http:"))) - {"host.invalid"}


@lru_cache(maxsize=8)
def _keys(*secrets: str | bytes) -> Keys:
    return Keys(*secrets)
