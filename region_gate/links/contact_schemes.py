"""The schemes that start a message or a call instead of leading to a page: a site may add to them."""

import re

CONTACT_SCHEMES = frozenset({"mailto", "tel", "sms"})
# RFC 3986, section 3.1, in lower case; one letter alone is a drive to some systems.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+")
# These show a page, run code, or hold an address in which another one may stand.
NEVER = frozenset(
    """
    about android-app blob content data feed file filesystem ftp ftps googlechrome http https
    intent jar javascript livescript mocha res resource search-ms vbscript
    view-source ws wss
    """.split()  # noqa: SIM905 - a list of words is read as one
)
NEVER_STARTS = ("chrome", "microsoft-edge", "moz-", "ms-", "safari-", "web+", "x-safari-")


def may_be_contact(scheme: object) -> bool:
    """Say whether a site may count `scheme` among its contact schemes."""
    return (
        isinstance(scheme, str)
        and SCHEME.fullmatch(scheme) is not None
        and scheme not in NEVER
        and not scheme.startswith(NEVER_STARTS)
    )
