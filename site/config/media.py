"""The public part of the uploads: renditions of images, where they lie on this machine's disk.

Originals are not served at all, and documents only by Wagtail, as downloads to whoever may have them.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import re_path
from django.views.static import serve

RENDITIONS = "images"  # the folder in which Wagtail keeps nothing else


def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the rendition with the file `name`, which is one segment and never a way up. Raises Http404."""
    return serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / RENDITIONS))


urlpatterns = [
    # As Django's storage spells a name that Wagtail has put into ASCII, and no longer than its column.
    re_path(rf"^media/{RENDITIONS}/(?P<name>(?!\.+$)[A-Za-z0-9_.-]{{1,100}})$", rendition, name="rendition"),
]
