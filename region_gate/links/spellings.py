"""Other spellings of an address, by which nothing of ours may be served."""

import re
from collections.abc import Iterator

from region_gate.links.addresses import origin_of, path_of

NUMBER = re.compile(r"(?<=/)[0-9]+(?=/)")
ZEROS = (0x0660, 0x0966, 0xFF10)  # Arabic-Indic, Devanagari, full-width


def other_spellings(url: str) -> list[str]:
    """Return other spellings of `url` (absolute, in the standard's spelling, without a query), each once.

    They are what a lenient server, or one that decodes twice, takes for the same address.
    """
    path = path_of(url)
    found = dict.fromkeys((*_of_numbers(path), *_of_segments(path)))
    return [origin_of(url).removesuffix("/") + other for other in found if other != path]


def _of_numbers(path: str) -> Iterator[str]:
    if number := NUMBER.search(path):
        for other in _numbers(number[0]):
            yield path[: number.start()] + other + path[number.end() :]


def _numbers(number: str) -> Iterator[str]:
    yield f"00{number}"
    yield f"%2B{number}"
    yield f"{number}%20"
    for zero in ZEROS:
        yield _encoded("".join(chr(zero + int(digit)) for digit in number))
    yield _encoded(number)
    yield _encoded(number).replace("%", "%25")


def _of_segments(path: str) -> Iterator[str]:
    start, _slash, name = path.rpartition("/")
    for slash in ("//", "/./", "/x/../", "/x/..%2f", "/x/%2e%2e/", "%2f", "%252f", "%5c", "%c0%af"):
        yield f"{start}{slash}{name}"
    for end in (".", "%2e", "%20", "%09", "%00", ";a", "/", "%2f"):
        yield path + end
    yield f"{start}/{_encoded(name[:1])}{name[1:]}"
    yield path.upper()


def _encoded(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
