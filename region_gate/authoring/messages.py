"""What to do about an address that the gate would block, in the words of whoever reads it."""

from django.utils.translation import gettext_lazy as _

from region_gate.authoring.url_input import RefusedAddressError, UrlFault, refusal
from region_gate.links.destinations import MAX_URL_LENGTH, Destination, Reason

WITHOUT_ALTERNATIVE: dict[str, object] = {
    Reason.UNREADABLE: _(
        "No browser can read this address. Check its spelling; it should look like"
        " https://www.example.org/page."
    ),
    Reason.AMBIGUOUS: _("Type two slashes after “https:”, as in https://www.example.org/page."),
    Reason.SCHEME: _(
        "Visitors cannot be led to an address that starts with “%(scheme)s:”. Type one that starts with"
        " https://, mailto: or tel:."
    ),
    Reason.TOO_LONG: _(
        "This address is longer than %(longest)s characters. Type a shorter one, for instance without what"
        " follows its “?”."
    ),
    Reason.POLICY: _("Legal has blocked links to %(host)s. Link to another source, or ask legal."),
    Reason.NO_WORDS: _(
        "There are no approved words to stand before this link, so it is closed. Tell whoever runs the site."
    ),
    Reason.NONE: _(
        "A notice can stand before a link only. Visitors are told what is missing, and led on where there is"
        " a page to go to. Put a link of your own in the place of this."
    ),
    UrlFault.INVISIBLE: _("Something in this address cannot be seen. Type it by hand instead of pasting it."),
    UrlFault.NOT_WEB: _("Type a web address, such as https://www.example.org/page."),
    UrlFault.RELATIVE: _(
        "Type the whole address, such as https://www.example.org/page, or for this site its path from the"
        " first slash, such as /about/."
    ),
}
WITH_ALTERNATIVE: dict[str, object] = {
    Reason.AMBIGUOUS: _("Type two slashes after “https:”, as in %(better)s."),
    Reason.DEEP_LINK: _("Legal allows links to the home page of %(host)s only. Type %(better)s."),
    UrlFault.BACKSLASH: _("Type / instead of \\, as in %(better)s."),
    UrlFault.MAIL: _("This is an e-mail address. Choose “Email link”, or type %(better)s."),
    UrlFault.USER: _("Leave out what stands before the “@”: type %(better)s."),
}
MAX_SHOWN_LENGTH = 80  # characters of an address that a message repeats


def advise_on(address: str, found: Destination) -> str:
    """Return why the gate blocks `address`, found to lead to `found`, and what would help."""
    return advise(refusal(address, found))


def advise(refused: RefusedAddressError) -> str:
    """Return why an address was refused and what to type instead."""
    better = refused.better
    words = (WITH_ALTERNATIVE if better else WITHOUT_ALTERNATIVE).get(refused.fault)
    return str(words or WITHOUT_ALTERNATIVE[Reason.UNREADABLE]) % {
        "better": better if len(better) <= MAX_SHOWN_LENGTH else f"{better[:MAX_SHOWN_LENGTH]}…",
        "host": refused.host,
        "longest": MAX_URL_LENGTH,
        "scheme": refused.address.partition(":")[0].strip().lower(),
    }
