"""DOIs: one spelling for each, and where it leads (DOI Handbook, section 2; doi.org)."""

import re
from urllib.parse import quote, unquote

SYNTAX = r"\A10\.\d{4,9}(?:\.\d+)*/\S+\Z"
PREFIX = re.compile(r"\A(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|\Adoi:\s*", re.IGNORECASE)
ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
SAFE = "/:;().,-_~!$&'*+=@"


def bare(text: str) -> str:
    """Return the DOI that `text` means, without "doi:" or the proxy's address; other text as it is."""
    text = text.strip()
    if not PREFIX.match(text) and not text.startswith("10."):
        return text
    # Only an address is encoded, yet people also copy its end alone.
    plain = unquote(text) if ENCODED.search(text) else text
    return PREFIX.sub("", plain).strip()


def comparable(doi: str) -> str:
    """Return what `doi` is compared by: upper and lower case make no difference."""
    return doi.lower()


def address(doi: str) -> str:
    """Return where `doi` leads."""
    return f"https://doi.org/{encoded(doi)}"


def encoded(doi: str) -> str:
    """Return `doi` as an address can hold it."""
    return quote(doi, safe=SAFE)
