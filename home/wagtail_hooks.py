"""Wagtail hooks of home: regions in the admin, page links, and a limit on copies."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from .models import RegionHomePage, RegionSelectorPage
from .rich_text import TranslatedPageLinkHandler
from .viewsets import RegionViewSet


@hooks.register("register_admin_viewset")
def regions_in_the_admin() -> RegionViewSet:
    """Add the regions to the admin's menu."""
    return RegionViewSet("regions")


@hooks.register("register_rich_text_features", order=1)
def link_pages_in_the_active_language(features: FeatureRegistry) -> None:
    """Replace Wagtail's own rendering of page links."""
    features.register_link_type(TranslatedPageLinkHandler)


@hooks.register("before_copy_page")
def refuse_a_second_home(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy a page of which there is one for each region or language."""
    if not isinstance(page.specific, RegionHomePage | RegionSelectorPage):
        return None
    messages.error(
        request,
        _("“%(page)s” cannot be copied: there is one for each language. Use “Translate” instead.")
        % {"page": page},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
