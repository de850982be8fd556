"""The admin's response to a refused change: the reasons, on the previous page, with nothing changed."""

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from . import locking
from .exceptions import RefusedError, named
from .storage import files_undone_on_error
from .unsupported import refuse_impossible

logger = logging.getLogger(__name__)
READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


class RefusalMiddleware:
    """Runs each change in the admin in a transaction, one at a time, and says why one was refused.

    It stands inside of all other middleware, next to the views.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer a change in the admin with what `view` does, or with why it may not."""
        if request.method in READING or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        refuse_impossible(request, view, kwargs)
        try:
            with files_undone_on_error():
                return _changed(request, view, args, kwargs)
        except RefusedError as refusal:
            return _refused(request, refusal)
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                raise
            return _refused(request, _incomplete(error))
        except ProtectedError as error:
            return _refused(request, _kept(error.protected_objects))
        except Error as error:
            if not locking.is_collision(error):
                raise
            logger.warning("Two changes collided at %s.", request.path, exc_info=True)
            return _refused(request, _collided())


def _changed(
    request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
) -> HttpResponseBase:
    """Return the response of `view`, run in a transaction when its turn comes.

    A view that says `opens_own_transaction` does so itself.
    """
    if getattr(view, "opens_own_transaction", False):
        return view(request, *args, **kwargs)
    with transaction.atomic():
        locking.hold(request, view, kwargs)
        answer = view(request, *args, **kwargs)
        if getattr(answer, "exception", False):  # which the admin's API has answered with itself
            transaction.set_rollback(True)
        return answer


def _incomplete(error: ValidationError) -> RefusedError:
    """Return the refusal of a thing that its model does not take, and of which no form has said so."""
    found = error.message_dict.items()
    return RefusedError([f"{field}: {said}" for field, reasons in found for said in reasons])


def _kept(things: Iterable[Any]) -> RefusedError:
    """Return the refusal of a deletion that `things` depend on."""
    words = _("This cannot be deleted, for others rest on it: %(things)s. Change or delete them first.")
    return RefusedError(words % {"things": named(sorted(things, key=str))})


def _collided() -> RefusedError:
    """Return the refusal of a change that conflicts with another one."""
    return RefusedError(
        _(
            "Somebody else was changing the same thing at this moment, so nothing of yours was saved. "
            "Go back, load the page anew, and try again."
        )
    )


def _refused(request: HttpRequest, refusal: RefusedError) -> HttpResponseBase:
    if "application/json" in request.headers.get("Accept", ""):
        answer = {"success": False, "error_code": "refused", "error_message": "\n".join(refusal.messages)}
        return JsonResponse(answer, status=400)
    for message in refusal.messages:
        messages.error(request, message)
    return HttpResponseRedirect(_left(request))


def _left(request: HttpRequest) -> str:
    """Return the admin's page that the request comes from, else the admin's first."""
    came_from = request.headers.get("Referer", "")
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(came_from, here, require_https=request.is_secure()):
        return urlsplit(came_from)._replace(scheme="", netloc="").geturl()
    return reverse("wagtailadmin_home")
