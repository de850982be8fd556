"""The addresses of documents: Wagtail's views, with one spelling for each number and name.

Wagtail's own pattern takes any digits: 007, and those of every script.
"""

from django.urls import re_path
from wagtail.documents.views import serve

NUMBER = r"([1-9][0-9]{0,18})"

urlpatterns = [
    re_path(rf"^{NUMBER}/([^/]*)$", serve.serve, name="wagtaildocs_serve"),
    re_path(
        rf"^authenticate_with_password/{NUMBER}/$",
        serve.authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
