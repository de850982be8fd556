"""What the gate's script is told of a page: what a policy lets it link to, and where a notice leads on."""

from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from region_gate.links.destinations import (
    Destination,
    DestinationKind,
    Outlook,
    Viewpoint,
    means_the_same_everywhere,
)

MAX_CACHED = 16_384  # links


def exception(href: str, viewpoint: Viewpoint) -> str:
    """Return where `href` leads, absolute, if it may by a policy and not by its address; else blank."""
    if href.startswith("#"):
        return ""
    if means_the_same_everywhere(href):
        return _seen_exception(viewpoint.outlook, href)
    return _exception(viewpoint.classify(href))


def tell_script(tree: LexborHTMLParser, passed: str, exceptions: set[str]) -> bool:
    """Tell the gate's script what else may be followed, and say whether that is new to it.

    `passed` is where Continue leads, blank on all pages but a notice's.
    What one way of reading the page has found is kept, for a browser may read it in that way.
    """
    script = tree.css_first("script[data-gate]")
    if script is None:
        return False
    known = set(script.attrs.sget("data-exceptions").split())
    told = {"data-exceptions": " ".join(sorted(known | exceptions)), "data-passed": passed}
    changed = {name: value for name, value in told.items() if value != script.attrs.sget(name)}
    for name, value in changed.items():
        script.attrs[name] = value
    return bool(changed)


@lru_cache(MAX_CACHED)
def _seen_exception(outlook: Outlook, href: str) -> str:
    return _exception(Viewpoint(outlook.origin, outlook).classify(href))


def _exception(found: Destination) -> str:
    is_exception = found.policy or found.kind is DestinationKind.EXEMPT
    return found.url if is_exception and not (found.is_blocked or found.is_crossing) else ""
