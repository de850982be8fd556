"""What an open page of the admin asks about its session, and where a second window ends."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render


def session(request: HttpRequest) -> JsonResponse:
    """Say whether somebody is signed in, and the token of forms; a POST says that they are at work."""
    return JsonResponse({"signed_in": request.user.is_authenticated, "token": get_token(request)})


def signed_in(request: HttpRequest) -> HttpResponseBase:
    """Tell whoever has signed in in a second window that they can go on in the first."""
    return render(request, "accounts/signed_in.html")
