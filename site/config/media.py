"""The public part of the uploads: renditions of images, where the site hands them out itself.

Originals are not served at all, and documents only by Wagtail, as downloads to whoever may have them.
"""

from mimetypes import guess_type

from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import re_path
from django.utils.http import http_date
from django.views.static import serve, was_modified_since

RENDITIONS = "images"  # the folder in which Wagtail keeps nothing else


def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the rendition with the file `name`, which is one segment and never a way up. Raises Http404."""
    stored = f"{RENDITIONS}/{name}"
    if isinstance(default_storage, FileSystemStorage):
        return serve(request, stored, document_root=str(default_storage.path("")))
    return _fetched(request, stored)


def _fetched(request: HttpRequest, stored: str) -> HttpResponseBase:
    """Serve what another machine keeps. Raises Http404, and OSError where that one does not answer."""
    try:
        changed = int(default_storage.get_modified_time(stored).timestamp())
        if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
            return HttpResponseNotModified()
        response = FileResponse(default_storage.open(stored), content_type=guess_type(stored)[0])
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Last-Modified"] = http_date(changed)
    return response


urlpatterns = [
    # As Django's storage spells a name that Wagtail has put into ASCII, and no longer than its column.
    re_path(rf"^media/{RENDITIONS}/(?P<name>(?!\.+$)[A-Za-z0-9_.-]{{1,100}})$", rendition, name="rendition"),
]
