"""A new page is created once, however often its form is sent: by autosave, by the button, by both at once.

The form carries a key, from which the page gets its translation key: that tells the page again, in
every process, and no second one can have it. Whatever is sent after the first is an edit of that page.
"""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from wagtail.models import Page

KEY = "creation_key"


def translation_key_for(key: UUID, user: Any) -> UUID:
    """Return the translation key of the page that `user` creates by the form with `key`, nobody else's."""
    return uuid5(key, str(user.pk))


def edit_what_is_created(request: HttpRequest) -> HttpResponseBase | None:
    """Answer the form of a page that is there already as its editor would; None where there is none yet."""
    page = _created(request)
    if page is None:
        return None
    found = resolve(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    request.resolver_match = found
    response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return response


def _created(request: HttpRequest) -> Page | None:
    if request.method != "POST" or KEY not in request.POST:
        return None
    try:
        key = UUID(request.POST[KEY])
    except ValueError:
        return None
    return Page.objects.filter(translation_key=translation_key_for(key, request.user)).first()
