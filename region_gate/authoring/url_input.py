"""Typed addresses: read into the standard's spelling, or refused with a reason."""

import re
import unicodedata
from enum import StrEnum

from ada_url import join_url, normalize_url

from region_gate.links.addresses import host_of, origin_of
from region_gate.links.destinations import Destination, DestinationKind, Reason, Viewpoint

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
HOST_AND_PORT = re.compile(r"(localhost|[^/?#:@]*\.[^/?#:@]*):\d{1,5}(?![^/?#])", re.IGNORECASE)
BEFORE_THE_PATH = re.compile(r"(?:[a-z]+:)?(?://)?[^/?#]*", re.IGNORECASE)
MAIL = re.compile(r"[^\s/:?#@]+@[^\s/:?#@]+\.[^\s/:?#@]+")
NUMBERS_ONLY = re.compile(r"[\d.]+(?![^/?#])")
FOUR_NUMBERS = re.compile(r"\d+(\.\d+){3}(?![^/?#])")
DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
DOI_RESOLVER = "https://doi.org/"

# What is lost in copying and printing: soft hyphen, zero-width space and no-break space, word joiner.
UNMEANT = dict.fromkeys(map(ord, "\t\n\r\u00ad\u200b\u2060\ufeff"))
JOINERS = "\u200c\u200d"  # they are letters to some scripts
# Full-width forms and ideographic full stops, one for one.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0x3002, 0xFF61), ".")


class UrlFault(StrEnum):
    """What is wrong with a typed address, besides what the gate itself blocks it for."""

    BACKSLASH = "backslash"
    INVISIBLE = "invisible"
    MAIL = "mail"
    NOT_WEB = "not web"
    RELATIVE = "relative"
    USER = "user"


class RefusedAddressError(ValueError):
    """A refused address; `fault` is a UrlFault or the gate's Reason, `host` is blank if unreadable."""

    def __init__(self, fault: str, address: str, host: str = "") -> None:
        """Keep what is wrong with `address`."""
        super().__init__(f"{address!r} is refused: {fault}.")
        self.fault, self.address, self.host = fault, address, host

    @property
    def better(self) -> str:
        """Return what was probably meant, blank where that cannot be told."""
        _scheme, _, rest = self.address.partition(":")
        match self.fault:
            case UrlFault.BACKSLASH:
                return self.address.replace("\\", "/")
            case UrlFault.MAIL:
                return f"mailto:{self.address}"
            case UrlFault.USER:
                return _without_user(self.address)
            case "ambiguous":
                return f"https://{rest.lstrip('/')}" if rest.strip("/") else ""
            case "deep link":
                return f"https://{self.host}/"
        return ""


def read_link(text: str, viewpoint: Viewpoint) -> str:
    """Return the address that `text` stands for, if a page at `viewpoint` may link to it.

    Absolute, but for places on the page's own host, which are given by their path, and for
    fragments. Raises RefusedAddressError.
    """
    address = _judged(_completed(_tidied(text)), viewpoint)
    return address if address.startswith("#") else _spelt(address, viewpoint)


def read_web_address(text: str, viewpoint: Viewpoint) -> str:
    """Return the absolute http(s) address that `text` stands for, if the gate lets anybody through to it.

    Raises RefusedAddressError.
    """
    address = _completed(_tidied(text))
    is_contact = viewpoint.classify(address).kind is DestinationKind.CONTACT
    if is_contact or address.startswith(("/", "#")):
        raise RefusedAddressError(UrlFault.NOT_WEB, address)
    return normalize_url(_judged(address, viewpoint))


def _tidied(text: str) -> str:
    """Return `text` without surrounding or invisible characters, in letters of normal width."""
    tidy = _of_normal_width(text.strip().translate(UNMEANT).strip())
    if any(map(_is_invisible, tidy)):
        raise RefusedAddressError(UrlFault.INVISIBLE, tidy)
    if "\\" in tidy:
        raise RefusedAddressError(UrlFault.BACKSLASH, tidy)
    return tidy


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf") and letter not in JOINERS


def _of_normal_width(text: str) -> str:
    """Return `text` with scheme and host in letters of normal width; a path is left as it is."""
    normal = text.translate(FULL_WIDTH)
    found = BEFORE_THE_PATH.match(normal)
    end = found.end() if found else 0
    return normal[:end] + text[end:]


def _completed(text: str) -> str:
    """Return `text` with the scheme it lacks. Raises RefusedAddressError for what is no address."""
    if text.startswith("//"):
        return f"https:{text}"
    if text.startswith(("/", "#")):
        return text
    if doi := DOI.fullmatch(text):
        return DOI_RESOLVER + doi[1]
    if HOST_AND_PORT.match(text) or (not SCHEME.match(text) and _starts_with_host(text)):
        return f"https://{text}"
    if SCHEME.match(text):
        return text
    raise RefusedAddressError(UrlFault.MAIL if MAIL.fullmatch(text) else UrlFault.RELATIVE, text)


def _starts_with_host(text: str) -> bool:
    first = re.split("[/?#]", text)[0]
    if MAIL.fullmatch(text) or (NUMBERS_ONLY.match(text) and not FOUR_NUMBERS.match(text)):
        return False
    return first.startswith("[") or ("." in first and not first.startswith("."))


def _judged(address: str, viewpoint: Viewpoint) -> str:
    """Return `address` if the gate lets visitors through to it from `viewpoint`, gated or not."""
    found = viewpoint.classify(address)
    if found.is_blocked:
        raise refusal(address, found)
    if found.kind is DestinationKind.INERT:
        raise RefusedAddressError(Reason.SCHEME, address)
    if _without_user(address) != address:
        raise RefusedAddressError(UrlFault.USER, address, found.host)
    return address


def refusal(address: str, found: Destination) -> RefusedAddressError:
    """Return why the gate blocks `address`, which it has found to lead to `found`."""
    return RefusedAddressError(found.reason, address, found.readable_host)


def _spelt(address: str, viewpoint: Viewpoint) -> str:
    """Return `address` in the standard's spelling; as a path if it is on the page's own host."""
    url = join_url(viewpoint.page_url, address)
    if _scheme_of(url) not in ("http", "https") or not _is_here(host_of(url), viewpoint):
        return url
    # A path of two slashes would be read as a host.
    return "/" + url.removeprefix(origin_of(url)).lstrip("/")


def _is_here(host: str, viewpoint: Viewpoint) -> bool:
    return host in (viewpoint.host, viewpoint.regions.known_as(viewpoint.host))


def _scheme_of(address: str) -> str:
    found = SCHEME.match(address)
    return found[1].lower() if found else ""


def _without_user(address: str) -> str:
    """Return a web address without the name that may stand before its host."""
    if _scheme_of(address) not in ("http", "https"):
        return address
    scheme, _, rest = address.partition("//")
    authority = re.split("[/?#]", rest)[0]
    return f"{scheme}//{authority.rpartition('@')[2]}{rest[len(authority) :]}"
