"""Wagtail hooks of home: regions in the admin, page links, and a limit on copies."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from . import foreign_phrases, page_chooser, terms
from .creation import edit_what_is_created
from .models import RegionHomePage, RegionSelectorPage
from .rich_text import TranslatedPageLinkHandler, take_links_in
from .style_guide import StyleGuideView
from .synonyms_viewset import SynonymViewSet
from .viewsets import RegionViewSet
from .whole_names_viewset import WholeNameViewSet

register_snippet(SynonymViewSet)
register_snippet(WholeNameViewSet)


@hooks.register("register_admin_viewset")
def regions_in_the_admin() -> RegionViewSet:
    """Add the regions to the admin's menu."""
    return RegionViewSet("regions")


@hooks.register("register_admin_urls")
def pages_chosen_in_the_region() -> list[URLPattern]:
    """Replace Wagtail's chooser of pages."""
    return page_chooser.urlpatterns


@hooks.register("register_admin_urls")
def address_of_the_style_guide() -> list[URLPattern]:
    """Add the style guide."""
    return [path("style-guide/", StyleGuideView.as_view(), name="style_guide")]


@hooks.register("register_help_menu_item")
def style_guide_in_the_menu() -> MenuItem:
    """Lead to the style guide from the menu."""
    return MenuItem(
        gettext_lazy("Style guide"), reverse("style_guide"), name="style-guide", icon_name="glasses", order=50
    )


@hooks.register("register_rich_text_features", order=1)
def link_pages_in_the_active_language(features: FeatureRegistry) -> None:
    """Replace Wagtail's own rendering of page links, and the way in which its editor takes them in."""
    features.register_link_type(TranslatedPageLinkHandler)
    take_links_in(features)


@hooks.register("before_create_page")
def create_once(request: HttpRequest, parent: Page, kind: type[Page]) -> HttpResponseBase | None:
    """Take a form that has created its page already for an edit of that."""
    return edit_what_is_created(request)


@hooks.register("register_rich_text_features")
def explain_terms(features: FeatureRegistry) -> None:
    """Add the button that explains a term."""
    terms.register(features)


@hooks.register("register_rich_text_features")
def mark_foreign_phrases(features: FeatureRegistry) -> None:
    """Add the button that marks a phrase in another language."""
    foreign_phrases.register(features)


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
