"""A page as it is kept: one representation of it, whole, with its headers."""

from hashlib import blake2b
from typing import NamedTuple, Self

from django.http import HttpResponse

from .encodings import IDENTITY, compress

# Said anew with each answer, or of another representation.
NOT_KEPT = {"cache-control", "content-encoding", "content-length", "etag", "vary"}


class StoredPage(NamedTuple):
    """One representation of a page: its headers, its content, its ETag, and until when it holds.

    `until` is in seconds since the epoch.
    """

    headers: tuple[tuple[str, str], ...]
    content: bytes
    etag: str
    until: float
    encoding: str = IDENTITY

    @classmethod
    def of(cls, response: HttpResponse, until: float) -> Self:
        """Return what is kept of `response` until `until`."""
        headers = tuple(item for item in response.items() if item[0].lower() not in NOT_KEPT)
        return cls(headers, response.content, _etag(headers, response.content), until)

    def encoded(self, encoding: str) -> Self:
        """Return the page, kept as it is, in another `encoding`, with an ETag of that one's own."""
        etag = f'{self.etag[:-1]}-{encoding}"'
        return self._replace(content=compress(self.content, encoding), etag=etag, encoding=encoding)


def _etag(headers: tuple[tuple[str, str], ...], content: bytes) -> str:
    """Return a strong ETag; of the headers too, for an answer 304 leaves a browser the ones it has."""
    found = blake2b(content, digest_size=16)
    found.update(repr(headers).encode())
    return f'"{found.hexdigest()}"'
