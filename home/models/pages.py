"""The pages of home: the region selector, region home pages and plain pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from home.blocks import TEXT_FEATURES, BodyBlock
from home.search import search
from home.submission import PageForm
from region_gate.models.one_by_one import OneByOnePageManager, OneByOnePageQuerySet

from .region import Region

# The addresses below a region's home page that the region itself answers.
RESERVED_SLUGS = frozenset({"regions", "search"})


class RegionSelectorPage(Page):
    """Where visitors arrive: lists the regions and their languages. One for each language."""

    intro = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    objects = OneByOnePageManager()

    base_form_class = PageForm
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.RegionHomePage"]

    class Meta:
        verbose_name = _("region selector")

    def clean(self) -> None:
        """Refuse a second selector in one language."""
        super().clean()
        self._check_language()

    def minimal_clean(self) -> None:
        """Refuse it for a draft, too."""
        super().minimal_clean()
        self._check_language()

    def _check_language(self) -> None:
        others = RegionSelectorPage.objects.filter(locale=self.locale_id)
        if others.exclude(pk=self.pk).exists():
            raise ValidationError(_("There is already a region selector in this language."))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live home pages, in the regions' order."""
        return {
            **super().get_context(request, *args, **kwargs),
            "homes": RegionHomePage.objects.live().in_order(),
        }


class RegionHomeQuerySet(OneByOnePageQuerySet):
    """Region home pages, in the words of the domain."""

    def in_order(self) -> "RegionHomeQuerySet":
        """Return them by their region's order, then by language, with both at hand."""
        return self.select_related("region", "locale").order_by("region__order", "region__code", "locale_id")

    def by_path(self) -> "dict[str, RegionHomePage]":
        """Return them by their places in the tree, their region at hand."""
        return {home.path: home for home in self.select_related("region")}


RegionHomeManager = PageManager.from_queryset(RegionHomeQuerySet)


class RegionHomePage(RoutablePageMixin, Page):
    """The root of a region's page tree in one language; its slug is the region's code."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="home_pages"
    )
    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = RegionHomeManager()

    base_form_class = PageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("region"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.RegionSelectorPage"]
    template = "home/region_home_page.html"

    class Meta:
        verbose_name = _("region home page")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Give the page its region's code as slug, then check it whole, as for publication."""
        self._take_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """Check what must hold even for a draft: its place in the tree."""
        self._take_slug()
        self._check_place()
        super().minimal_clean()

    def clean(self) -> None:
        """Refuse a place that is taken."""
        self._check_place()
        super().clean()

    def _take_slug(self) -> None:
        if self.region_id:
            self.slug = self.region.code

    def _check_place(self) -> None:
        """Raise ValidationError for a second home in one language, and for a change of region."""
        homes = RegionHomePage.objects.filter(region=self.region_id).exclude(pk=self.pk)
        language = self.locale_id or self.get_default_locale().pk
        if homes.filter(locale=language).exists():
            taken = _("%(region)s already has a home page in this language.")
            raise ValidationError({"region": taken % {"region": self.region}})
        if RegionHomePage.objects.filter(pk=self.pk).exclude(region=self.region_id).exists():
            raise ValidationError(
                {"region": _("A home page cannot change its region: its pages belong to it.")}
            )

    def can_move_to(self, parent: Page) -> bool:
        """Say whether the page may stand below `parent`: only where it stands already."""
        return self.is_child_of(parent)

    @path("regions/", name="regions")
    def regions(self, request: HttpRequest) -> HttpResponse:
        """Show the other regions; each link is a crossing."""
        homes = RegionHomePage.objects.live().in_order().exclude(region=self.region)
        return self.render(
            request,
            template="home/regions.html",
            context_overrides={"title": _("Change region"), "homes": homes},
        )

    @path("search/", name="search")
    def search(self, request: HttpRequest) -> HttpResponse:
        """Show the region's pages that match the words in `q`."""
        query = request.GET.get("q", "").strip()
        return self.render(
            request,
            template="home/search.html",
            context_overrides={
                "title": _("Search"),
                "query": query,
                "results": search(self, query, request.GET.get("page")),
            },
        )


class StandardPage(Page):
    """A plain page: about, legal notice, contact."""

    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    show_in_footer = models.BooleanField(_("show in footer"), default=False)

    objects = OneByOnePageManager()

    base_form_class = PageForm
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("show_in_footer")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.RegionHomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("plain page")
