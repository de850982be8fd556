"""For whom a gate address opens: a live page's for everybody, a draft's for one person and for minutes."""

from django.http import HttpRequest
from django.utils import timezone

from region_gate import conf
from region_gate.links.destinations import Destination, DestinationKind
from region_gate.links.signing import Loan, Salt, Signed
from region_gate.models import RegisteredLink


def loan_of(request: HttpRequest) -> Loan | None:
    """Return on which terms the answer to `request` may sign; None if it is live."""
    is_draft = getattr(request, "is_dummy", False) or getattr(request, "is_preview", False)
    return loan_to(request) if is_draft else None


def loan_to(request: HttpRequest) -> Loan:
    """Return the terms for whoever is signed in, from now on; nobody can use them if nobody is."""
    until = int(timezone.now().timestamp()) + conf.draft_seconds()
    return Loan(_person(request), str(until))


def is_open(signed: Signed, destination: Destination, request: HttpRequest) -> bool:
    """Say whether what was `signed`, and leads to `destination` today, opens for whoever sends `request`.

    Asks who that is only for a draft's, so that all others are the same for everybody.
    """
    if signed.loan:
        return _is_on_loan(signed.loan, request)
    return signed.salt is Salt.LIVE or not _is_foreign(destination) or _is_live(destination)


def _is_on_loan(loan: Loan, request: HttpRequest) -> bool:
    is_due = timezone.now().timestamp() >= int(loan.until)
    return not is_due and bool(loan.person) and loan.person == _person(request)


def _person(request: HttpRequest) -> str:
    """Return the key of whoever is signed in, blank for nobody."""
    user = getattr(request, "user", None)
    return str(user.pk) if user and user.is_authenticated else ""


def _is_foreign(destination: Destination) -> bool:
    """Say whether our name would be lent: neither to ourselves, nor to whom legal has decided about."""
    return destination.kind is DestinationKind.THIRD_PARTY


def _is_live(destination: Destination) -> bool:
    """Say whether a link on a live page, or something else that is live, leads to `destination`."""
    links = RegisteredLink.objects.filter(page__live=True, host=destination.host, url=destination.url)
    return links.exists() or conf.leads_to(destination.url)
