"""The contact form: shown to everybody alike, taken without a cookie, and nothing typed is lost.

A cookie would tell visitors apart and keep those without one from writing. So the form carries a ticket
instead of Django's token, and the address is exempt from Django's check. Nothing is done here in anybody's
name: what the check would keep other sites from, they could send themselves. Still, what a browser says was
sent from another site is refused.
"""

from http import HTTPStatus
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.throttle import PausedError

from . import conf
from .consent import consent_of, plain
from .forms import EnquiryForm
from .receiving import receive
from .tickets import TOO_LATE, TOO_SOON, TicketError, issue, number_of

FORM_TYPE = "application/x-www-form-urlencoded"
KEPT = ("subject", "message", "email", "name", "role")


def contact_form(request: HttpRequest, home: Any) -> HttpResponse:
    """Show the form of the region of the home page `home`, or take what was sent by it."""
    consent = consent_of(home)
    if request.method != "POST":
        form = EnquiryForm(consent=consent, initial={"ticket": issue(home.region.code)})
        return _shown(request, home, form)
    _check_sender(request)
    return _taken(request, home, EnquiryForm(request.POST, consent=consent))


def contact_form_sent(request: HttpRequest, home: Any) -> HttpResponse:
    """Say that the message has come, and what happens next."""
    told = {"title": _("Your message has been sent"), "kept_days": conf.kept_days()}
    return home.render(request, template="enquiries/sent.html", context_overrides=told)


def _taken(request: HttpRequest, home: Any, form: EnquiryForm) -> HttpResponse:
    number = ""
    if form.is_valid():
        number = _number(form, home.region.code)
    if not form.is_valid():
        return _shown(request, home, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    written = {name: form.cleaned_data[name] for name in KEPT}
    try:
        receive(request, home, number, {**written, "consent": plain(consent_of(home))})
    except PausedError as pause:
        form.add_error(None, _pause(pause.seconds))
        response = _shown(request, home, form, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(pause.seconds)
        return response
    return redirect(home.get_url(request) + home.reverse_subpage("contact_form_sent"))


def _number(form: EnquiryForm, region: str) -> str:
    """Return the number of the form's ticket; blank, with an error, where it is to be sent again."""
    if form.is_trapped:
        form.add_error(
            None, _("Something filled in a field that nobody sees. Please send your message again.")
        )
        form.renew(website="")
        return ""
    try:
        return number_of(form.cleaned_data["ticket"] or "", region)
    except TicketError as error:
        form.add_error(None, _said(error.why))
        if error.why != TOO_SOON:
            form.renew(ticket=issue(region))
    return ""


def _said(why: str) -> str:
    if why == TOO_SOON:
        return _("That was very quick. Please look at your message once more, then send it.")
    if why == TOO_LATE:
        return _("The form has been open for more than a day. Please send your message once more.")
    return _("The form could not be recognised. Please send your message once more.")


def _pause(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    told = ngettext(
        "Many messages have come just now. Please wait %(minutes)d minute, then send yours again.",
        "Many messages have come just now. Please wait %(minutes)d minutes, then send yours again.",
        minutes,
    )
    return told % {"minutes": minutes}


def _shown(
    request: HttpRequest, home: Any, form: EnquiryForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Return the page with the form; a shared machine's browser keeps none that holds what somebody typed."""
    told = {"title": _("Write to us"), "form": form, "kept_days": conf.kept_days()}
    response: HttpResponse = home.render(
        request, template="enquiries/contact_form.html", context_overrides=told
    )
    response.status_code = status
    response.headers["Cache-Control"] = "private, no-store" if form.is_bound else "private, no-cache"
    return response


def _check_sender(request: HttpRequest) -> None:
    """Raise where no form of ours can have sent `request`, before anything of it is read.

    Another type than ours could bring files of any size. Source: Fetch Metadata Request Headers, section 2.3.
    """
    if request.content_type != FORM_TYPE:
        raise SuspiciousOperation(f"A contact form sent as {request.content_type!r}")
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    is_foreign = origin != "null" and urlsplit(origin).netloc != request.get_host()
    if (site or "same-origin") not in ("same-origin", "none") or (site is None and is_foreign):
        raise PermissionDenied
