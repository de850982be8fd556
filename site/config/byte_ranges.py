"""Parts of a document, as players of videos ask for them (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
CHUNK = 65536  # bytes


def ranged(request: HttpRequest, document: Any, response: HttpResponseBase) -> HttpResponseBase:
    """Return `response`, the whole file of `document`, or the one range of bytes that `request` asks for.

    What it asks for in another way than that is answered with the whole, as the standard allows.
    """
    if response.status_code != 200 or not isinstance(response, StreamingHttpResponse):
        return response
    response["Accept-Ranges"] = "bytes"
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not asked or "If-Range" in request.headers or not any(asked.groups()):
        return response
    size = document.file.size
    start, end = _bounds(asked[1], asked[2], size)
    length = max(end - start + 1, 0)
    response.status_code = 206 if length else 416
    response.streaming_content = _read(document.file, start, length) if length else ()
    response["Content-Range"] = f"bytes {start}-{end}/{size}" if length else f"bytes */{size}"
    response["Content-Length"] = str(length)
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte of a range; without a first one, it is so many from the end."""
    if not first:
        return max(size - int(last), 0), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(file: Any, start: int, length: int) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(start)
        while length and (chunk := opened.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
