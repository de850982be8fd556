"""Addresses read as browsers read them (URL Living Standard, url.spec.whatwg.org)."""

from ada_url import join_url

from region_gate.links.regions import plain_host

UNMISTAKABLE = ("https://", "http://", "/", "#", "?")
C0_AND_SPACE = "".join(map(chr, range(0x21)))
TAB_AND_NEWLINE = dict.fromkeys(map(ord, "\t\n\r"))


class AmbiguousError(ValueError):
    """An address such as `https:evil.example`, which is read differently on different pages."""


def resolve(href: str, page_url: str) -> str:
    """Return `href`, an attribute of the page at `page_url` as written, absolute and in one spelling.

    Raises AmbiguousError, or ValueError for what no browser can read.
    """
    if not href.startswith(UNMISTAKABLE) and _is_ambiguous(href):
        raise AmbiguousError(href)
    return join_url(page_url, href)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an absolute http(s) address, ending in a slash."""
    return url[: url.index("/", url.index("//") + 2) + 1]


def host_of(url: str) -> str:
    """Return the host of a resolved http(s) address, where `/` and `@` are only what they look like."""
    authority = url.split("/", 3)[2]
    return plain_host(authority.rpartition("@")[2])


def path_of(url: str) -> str:
    """Return the path of a resolved http(s) address."""
    return address_of(url).partition("?")[0]


def address_of(url: str) -> str:
    """Return the path and query of a resolved http(s) address."""
    return "/" + url.split("/", 3)[3].partition("#")[0]


def _is_ambiguous(href: str) -> bool:
    """Find `https:evil.example`: relative on a page with that scheme, another host elsewhere."""
    cleaned = href.lstrip(C0_AND_SPACE).translate(TAB_AND_NEWLINE)
    scheme, colon, rest = cleaned.partition(":")
    is_web = bool(colon) and scheme.lower() in ("http", "https")
    return is_web and not rest.replace("\\", "/").startswith("//")
