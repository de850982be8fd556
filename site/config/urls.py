"""The site's addresses: what is no page first, then every page, in every language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from home.renditions import preview
from home.routing import serve
from region_gate.authoring.link_forms import ExternalLinkView
from review.collections import CollectionEditView

from . import documents, errors, media, sitemap

urlpatterns = [
    # In the place of Wagtail's, which moves a collection with all that is shown of it.
    path("admin/collections/<int:pk>/", require_admin_access(CollectionEditView.as_view())),
    # In the place of Wagtail's, which breaks over a form without an address, and over a broken picture.
    path("admin/choose-external-link/", require_admin_access(ExternalLinkView.as_view())),
    path("admin/images/<int:image_id>/preview/<str:filter_spec>/", require_admin_access(preview)),
    # In the place of Wagtail's, which rehearses an error for everybody who is signed in.
    path("admin/failwhale/", errors.no_page),
    # In the place of Wagtail's, which let people in by a password alone.
    path("admin/", include("accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(documents)),
    path("sitemap.xml", sitemap.sitemap),
    path("robots.txt", sitemap.robots),
    *media.urlpatterns,
    *i18n_patterns(
        path("leaving/", include("region_gate.urls")),
        # In the place of Wagtail's, which lets people in by a password alone.
        path(
            "_util/login/",
            RedirectView.as_view(pattern_name="account_login", query_string=True),
            name="wagtailcore_login",
        ),
        # Wagtail's own, such as the forms before a private page, and ours in the place of its last.
        *wagtail_urls.urlpatterns[:-1],
        re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
