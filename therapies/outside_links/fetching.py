"""Asks another site whether there is something at an address, without reading it."""

import socket
import ssl
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from threading import Timer
from typing import NamedTuple

from ada_url import URL

from .exceptions import UnansweredError, UnaskableError
from .public_hosts import address_of

TIMEOUT = 10  # seconds for each step of a connection
MAX_SECONDS = 20  # for all of an answer: one that comes drop by drop is none
MAX_HOPS = 5
PORTS = {"http:": 80, "https:": 443}
AGENT = "Mozilla/5.0 (compatible; link check)"
FOR_GOOD = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
ELSEWHERE = FOR_GOOD | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}


class LinkAnswer(NamedTuple):
    """What a site says: the status in the end, and where it sends everybody for good, blank for nowhere."""

    status: int
    moved_to: str = ""


class Connection(HTTPConnection):
    """A connection to the address that was checked, and to no other that the name may stand for by now."""

    def __init__(self, host: str, address: str, *, is_secure: bool) -> None:
        """Connect to `address`, which is said to be that of `host`."""
        super().__init__(host, PORTS["https:" if is_secure else "http:"], timeout=TIMEOUT)
        self.address, self.is_secure = address, is_secure

    def cut(self) -> None:
        """End the connection, whatever the other side still sends."""
        with suppress(OSError):
            if self.sock:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def connect(self) -> None:
        """Open the connection, and see the certificate of the host."""
        self.sock = socket.create_connection((self.address, self.port), TIMEOUT)
        if self.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def ask(url: str) -> LinkAnswer:
    """Return what the site says of `url`, absolute, following it on.

    Raises UnaskableError for an address that must not be asked, UnansweredError without an answer.
    """
    here, is_for_good = url, True
    for _hop in range(MAX_HOPS):
        status, there = _asked(URL(here))
        if status not in ELSEWHERE or not there:
            return LinkAnswer(status, here if is_for_good and here != url else "")
        is_for_good = is_for_good and status in FOR_GOOD
        here = _on(there, here)
    raise UnansweredError("it leads on and on")


def _on(there: str, here: str) -> str:
    try:
        return URL(there, here).href
    except ValueError as error:
        raise UnansweredError("it leads to no address") from error


def _asked(url: URL) -> tuple[int, str]:
    """Return status and Location; whoever refuses HEAD is asked with GET."""
    if url.protocol not in PORTS or url.port or url.username or url.password:
        raise UnaskableError("not a plain web address")
    status, there = _answer(url, "HEAD")
    return (status, there) if status < HTTPStatus.BAD_REQUEST else _answer(url, "GET")


def _answer(url: URL, method: str) -> tuple[int, str]:
    host = url.hostname.strip("[]")
    connection = Connection(host, address_of(host, PORTS[url.protocol]), is_secure=url.protocol == "https:")
    patience = Timer(MAX_SECONDS, connection.cut)
    patience.start()
    try:
        connection.request(method, url.pathname + url.search, headers={"User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    except (OSError, HTTPException, ValueError) as error:
        raise UnansweredError(str(error) or type(error).__name__) from error
    finally:
        patience.cancel()
        connection.close()
