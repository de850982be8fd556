"""The addresses on the internet that a host name stands for; none of our own networks.

Whoever writes a page chooses which hosts are asked, and whoever keeps a host's name chooses where it
leads: so the answer is checked, and what was checked is what is connected to.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from .exceptions import UnansweredError, UnaskableError

IPAddress = IPv4Address | IPv6Address
# RFC 6052 and 8215: IPv6 addresses behind which an IPv4 address stands, private ones among them.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def address_of(host: str, port: int) -> str:
    """Return the address to connect to for `host`.

    Raises UnaskableError where any of its addresses is not public, UnansweredError where it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        is_unknown = getattr(error, "errno", None) == socket.EAI_NONAME
        raise UnansweredError(f"no such host: {host}", is_unknown=is_unknown) from error
    addresses = [str(place[0]) for *_kind, place in found]
    if not all(map(is_public, addresses)):
        raise UnaskableError(f"{host} is not on the internet")
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether `address`, an IP address, is one of the internet's, whatever it is wrapped in."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or _is_wrapping(ip))


def _is_wrapping(ip: IPAddress) -> bool:
    """Say whether `ip` stands for an IPv4 address."""
    if isinstance(ip, IPv4Address):
        return False
    return bool(ip.ipv4_mapped or ip.sixtofour or ip.teredo) or any(ip in net for net in TRANSLATED)
