"""Where the public keys of the record are published."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from .record_keys import signer


@require_safe
def record_keys(request: HttpRequest) -> JsonResponse:
    """Answer with the public keys, for whoever wants to verify a document.

    Kept in no cache: a new key holds from the restart on, and no edition tells of it.
    """
    headers = {"Cache-Control": "no-cache"}
    return JsonResponse(signer().published, json_dumps_params={"indent": 2}, headers=headers)
