"""The site's addresses: what is no page first, then every page, in every language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from home.renditions import preview
from home.routing import serve
from region_gate.authoring.link_forms import ExternalLinkView
from review.collections import CollectionEditView
from review.direct_decision import DirectDecisionView
from therapies.usage.where_used import DocumentUsesView, ImageUsesView

from . import browser_addresses, documents, errors, media, sitemap
from .published_keys import record_keys
from .security_txt import security_txt

urlpatterns = [
    # In the place of Wagtail's, which moves a collection with all that is shown of it.
    path("admin/collections/<int:pk>/", require_admin_access(CollectionEditView.as_view())),
    # In the place of Wagtail's, which does not say what an approval lacks.
    path(
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        require_admin_access(DirectDecisionView.as_view()),
    ),
    # In the place of Wagtail's, which breaks over a form without an address, and over a broken picture.
    path("admin/choose-external-link/", require_admin_access(ExternalLinkView.as_view())),
    path("admin/images/<int:image_id>/preview/<str:filter_spec>/", require_admin_access(preview)),
    # In the place of Wagtail's, which leave out the drafts that are about to go live.
    path("admin/images/usage/<int:image_id>/", require_admin_access(ImageUsesView.as_view())),
    path("admin/documents/usage/<int:document_id>/", require_admin_access(DocumentUsesView.as_view())),
    # In the place of Wagtail's, which rehearses an error for everybody who is signed in.
    path("admin/failwhale/", errors.no_page),
    # Not offered: visitors share each page that is kept, and a page's password would be one of theirs.
    path("admin/pages/<int:page_id>/privacy/", errors.no_page),
    path("admin/collections/<int:collection_id>/privacy/", errors.no_page),
    # In the place of Wagtail's, which let people in by a password alone.
    path("admin/", include("accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(documents)),
    path("sitemap.xml", sitemap.sitemap),
    re_path(rf"^sitemap-{documents.NUMBER}\.xml$", sitemap.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemap.robots),
    path("favicon.ico", browser_addresses.favicon),
    path(".well-known/change-password", browser_addresses.change_password),
    path(".well-known/security.txt", security_txt),
    path(".well-known/record-keys.json", record_keys, name="record_keys"),
    *media.urlpatterns,
    *i18n_patterns(
        path("leaving/", include("region_gate.urls")),
        # In the place of Wagtail's, which lets people in by a password alone.
        path(
            "_util/login/",
            RedirectView.as_view(pattern_name="account_login", query_string=True),
            name="wagtailcore_login",
        ),
        # No page has a password, so none is taken.
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            errors.no_page,
            name="wagtailcore_authenticate_with_password",
        ),
        # Has a ticket in the place of Django's token: `enquiries.views` says why.
        re_path(r"^((?:[\w\-]+/)*contact-form/)$", csrf_exempt(serve), name="contact_form"),
        re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
