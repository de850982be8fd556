"""The address that a request comes from, and which proxies are believed what they tell of it."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address

# Whoever has one IPv6 address has all that begin with the same half.
NETWORK = 64
SOCKET = "unix"  # in TRUSTED_PROXIES, whoever may write to the socket at which the site listens


def client_address(request: HttpRequest) -> str:
    """Return the client's address as trusted proxies tell it; empty where it cannot be read.

    Proxies add the address they heard from at the end of X-Forwarded-For. What stands before the last
    address that is no trusted proxy's, anybody may have written.
    """
    heard_from = _read(request.META.get("REMOTE_ADDR", ""))
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    is_believed = is_from_trusted_proxy(request)
    while told and is_believed:
        before = _read(told.pop())
        if before is None:
            break
        heard_from, is_believed = before, _is_trusted(before)
    return "" if heard_from is None else str(heard_from)


def is_from_trusted_proxy(request: HttpRequest) -> bool:
    """Say whether a proxy that TRUSTED_PROXIES names has handed `request` on."""
    peer = request.META.get("REMOTE_ADDR", "")
    heard_from = _read(peer)
    return _is_trusted(heard_from) if heard_from else not peer and SOCKET in settings.TRUSTED_PROXIES


def client_network(request: HttpRequest) -> str:
    """Return what one household or company has as the client's address: of IPv6 the first half."""
    address = _read(client_address(request))
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, NETWORK), strict=False))
    return "" if address is None else str(address)


@lru_cache(maxsize=1024)
def _read(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in _networks(*settings.TRUSTED_PROXIES))


@lru_cache(maxsize=8)
def _networks(*trusted: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(network) for network in trusted if network != SOCKET)
