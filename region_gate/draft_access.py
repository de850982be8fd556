"""Who may open a gate address: a live page's everybody, a draft's one person for some minutes."""

from django.http import HttpRequest
from django.utils import timezone

from region_gate import conf
from region_gate.links.destinations import Destination, DestinationKind
from region_gate.links.signing import Loan, Salt, Signed
from region_gate.models import RegisteredLink


def loan_of(request: HttpRequest) -> Loan | None:
    """Return the loan under which the response to `request` signs; None if the page is live."""
    is_draft = getattr(request, "is_dummy", False) or getattr(request, "is_preview", False)
    return loan_to(request) if is_draft else None


def loan_to(request: HttpRequest) -> Loan:
    """Return a loan to whoever is signed in, starting now; if nobody is, no one can use it."""
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
    """Say whether `destination` is on a host that is neither ours nor covered by a policy."""
    return destination.kind is DestinationKind.THIRD_PARTY


def _is_live(destination: Destination) -> bool:
    """Say whether a link on a live page, or something else that is live, leads to `destination`."""
    links = RegisteredLink.objects.filter(page__live=True, host=destination.host, url=destination.url)
    return links.exists() or conf.leads_to(destination.url)
