"""Where a declarative refresh leads: the content of a meta element, or a Refresh header."""

import re
from collections.abc import Iterator

SPACE = "\t\n\f\r "
DELAY = re.compile(rf"[{SPACE}]*[^;,{SPACE}]*[{SPACE}]*[;,]?[{SPACE}]*")
LABEL = re.compile(rf"^url[{SPACE}]*=[{SPACE}]*", re.IGNORECASE)


def refresh_addresses(content: str) -> list[str]:
    """Return every address that a browser may read in `content`; none where it only loads the page again.

    The standard ends a quoted address at the first closing quote, Chromium at the last, and takes
    more for white space: each reading counts.

    Source: HTML Standard, shared declarative refresh steps.
    """
    written = LABEL.sub("", DELAY.sub("", content, count=1))
    read = [address.strip(SPACE) for address in _unquoted(written)]
    return [*filter(None, dict.fromkeys([*read, *map(str.strip, read)]))]


def _unquoted(written: str) -> Iterator[str]:
    quote, body = written[:1], written[1:]
    if quote not in ("'", '"'):
        yield written
        return
    yield body.partition(quote)[0]
    yield body.rpartition(quote)[0] or body
