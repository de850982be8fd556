"""Uploaded images, where they lie on this machine's disk."""

from django.conf import settings
from django.urls import re_path
from django.views.static import serve

# Documents are only ever sent by Wagtail, as downloads, so their folder is not served.
urlpatterns = [
    re_path(
        r"^media/(?P<path>images/.+)$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
    ),
]
