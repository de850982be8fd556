"""The gate's part in a page's template: the script that keeps it in the browser, words of other languages."""

import json
from collections.abc import Iterator
from functools import lru_cache

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from region_gate import conf, snapshot
from region_gate.directions import direction_of
from region_gate.links.regions import Regions, RegionSpec, plain_host

register = template.Library()

SCRIPT = (
    '<script src="{}" data-gate="{}" data-region="{}" data-places="{}" data-schemes="{}"'
    ' data-style="{}"></script>'
)


@register.simple_tag(takes_context=True)
def gate_script(context: Context) -> SafeString:
    """Return the script's tag, which tells the script what is ours; blank on a page without a request.

    Reads `request` and, on the notice page, `region_code` from `context`. Belongs before all other
    scripts, whose functions it guards; `html.rewriting` adds to the tag what the page may link to besides.
    """
    request = context.get("request")
    if not request:
        return SafeString()
    viewpoint = snapshot.seen_by(request, context.get("region_code"))
    return format_html(
        SCRIPT,
        static("region_gate/gate.js"),
        conf.notice_path(getattr(request, "LANGUAGE_CODE", None)),
        viewpoint.region,
        _places(viewpoint.regions, viewpoint.host),
        " ".join(sorted(viewpoint.outlook.contact_schemes)),
        static("region_gate/notice.css"),
    )


@register.simple_tag
def in_language(code: str) -> SafeString:
    """Return the attributes of an element whose words are in a language: `<p {% in_language "en" %}>`.

    Its direction is named where it is not the page's; that also sets the words apart from those around
    them (HTML Standard, section 15.3.5).
    """
    direction = direction_of(code)
    if direction == direction_of(get_language() or ""):
        return format_html('lang="{}"', code)
    return format_html('lang="{}" dir="{}"', code, direction)


@lru_cache(maxsize=16)
def _places(regions: Regions, here: str) -> str:
    """Return where each region's pages start, by its code, and under "" the hosts of ours, as JSON.

    A place is a path on the host `here`, and `//host/path` on another one. Holdings are left out:
    they are many, and a script seldom adds a link to one.
    """
    hosts = [f"//{plain_host(host)}/" for host in sorted(regions.own_hosts)]
    places = {region.code: list(_starts(region, regions, here)) for region in regions.regions}
    return json.dumps({"": hosts, **places}, separators=(",", ":"))


def _starts(region: RegionSpec, regions: Regions, here: str) -> Iterator[str]:
    for address in region.addresses:
        host = plain_host(address.host)
        if host == regions.known_as(here):
            yield address.prefix
        if host != here:
            yield f"//{host}{address.prefix}"
