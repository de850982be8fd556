"""The pages of home: the region selector, region home pages and plain pages."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from home.a_to_z import by_letter
from home.blocks.body import BodyBlock
from home.blocks.features import TEXT_FEATURES
from home.contact_form import contact_form, contact_form_sent
from home.countries.directory import (
    MAX_QUERY,
    all_countries,
    continents,
    countries_like,
    languages_of,
    place_among,
)
from home.countries.offer import offer
from home.countries.suggestion import suggested
from home.search import may_search, query_of, search, suggest
from home.submission import PageForm
from home.visibility import public
from region_gate.models.one_by_one import OneByOnePageManager, OneByOnePageQuerySet

from .frame import FrameMixin, FrameTabPanel
from .region import Region
from .site_page import SitePage

# The addresses below a region's home page that the region itself answers.
RESERVED_SLUGS = frozenset({"a-z", "contact-form", "regions", "search"})
CONTACT_SLUG = "contact"  # of the page that tells how to reach a region
# What a page says, and where it stands.
INTRO_PANEL = FieldPanel("intro", help_text=_("Stands below the page’s title, before all else."))
BODY_PANEL = FieldPanel("body", help_text=_("The page itself, in this order, below the introduction."))


class RegionSelectorPage(RoutablePageMixin, SitePage):
    """Where visitors arrive: lists the countries, the regions and their languages. One for each language."""

    intro = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)
    elsewhere = RichTextField(
        _("answer for other countries"),
        features=["bold", "italic", "link", "ul"],
        blank=True,
        help_text=_(
            "What people read whose country belongs to no region: which pages they may read, and whom to "
            "ask. It stands below the sentence that says so."
        ),
    )

    usual_intro = _(
        "Information about treatments differs from region to region. "
        "Please choose the region you live or work in."
    )

    objects = OneByOnePageManager()

    base_form_class = PageForm
    content_panels = [*Page.content_panels, INTRO_PANEL, FieldPanel("elsewhere")]
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
            "homes": RegionHomePage.objects.entrances(),
            "continents": continents(self.locale.language_code),
        }

    @path("country/", name="countries")
    def countries(self, request: HttpRequest) -> HttpResponse:
        """List the countries that the words in `q` may mean; lead to the one where it is one."""
        query = request.GET.get("q", "").strip()[:MAX_QUERY]
        found = countries_like(query, self.locale.language_code)
        if len(found) == 1:
            return redirect(self.get_url(request) + self.reverse_subpage("country", [found[0].code.lower()]))
        told = {"title": _("Find your country"), "query": query, "found": found}
        return self.render(request, template="home/countries.html", context_overrides=told)

    @path("country/suggested/", name="suggested_country")
    def suggested_country(self, request: HttpRequest) -> HttpResponse:
        """Say as JSON in which country the visitor seems to be, null where nothing tells."""
        country = suggested(request, self.locale.language_code)
        told = None
        if country:
            url = self.get_url(request) + self.reverse_subpage("country", [country.code.lower()])
            told = {"code": country.code, "name": country.name, "url": url}
        return JsonResponse({"country": told}, headers={"Cache-Control": "private, no-store"})

    @path("country/<slug:code>/", name="country")
    def country(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show where people of one country read on. Raises Http404 for what is no country's code."""
        country = all_countries(self.locale.language_code).get(code.upper())
        if country is None or code != code.lower():
            raise Http404
        homes = RegionHomePage.objects.entrances().of_country(country.code)
        told = {"title": country.name, "country": country, "homes": homes}
        return self.render(request, template="home/country.html", context_overrides=told)


class RegionHomeQuerySet(OneByOnePageQuerySet):
    """Region home pages, in the words of the domain."""

    def in_order(self) -> "RegionHomeQuerySet":
        """Return them by their region's order, then by language, with both at hand."""
        pictures = ("brand_mark", "drawing", "social_image")
        related = self.select_related("region", "locale", *pictures)
        return related.order_by("region__order", "region__code", "locale_id")

    def entrances(self) -> "RegionHomeQuerySet":
        """Return those by which visitors come in, in order: what is private is offered to nobody."""
        return public(self.live().in_order())

    def of_country(self, code: str) -> "list[RegionHomePage]":
        """Return those of the region that the country `code` belongs to, its own languages first."""
        spoken = languages_of(code)
        homes = [home for home in self if code in {country.code for country in home.region.countries}]
        return sorted(homes, key=lambda home: place_among(spoken, home.locale.language_code))

    def by_path(self) -> "dict[str, RegionHomePage]":
        """Return them by their places in the tree, their region at hand."""
        return {home.path: home for home in self.select_related("region")}


RegionHomeManager = PageManager.from_queryset(RegionHomeQuerySet)


class RegionHomePage(RoutablePageMixin, FrameMixin, SitePage):
    """The root of a region's page tree in one language; its slug is the region's code."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="home_pages"
    )
    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = RegionHomeManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("region", help_text=_("Whose home page this is; its code is the page’s address.")),
        INTRO_PANEL,
        BODY_PANEL,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            FrameTabPanel(FrameMixin.frame_panels, heading=_("Menus, contact, pictures")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ],
        base_form_class=PageForm,
    )
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
        homes = RegionHomePage.objects.entrances().exclude(region=self.region)
        return self.render(
            request,
            template="home/regions.html",
            context_overrides={"title": _("Change region"), "homes": homes},
        )

    @path("a-z/", name="a_to_z")
    def a_to_z(self, request: HttpRequest) -> HttpResponse:
        """List all pages of the region in this language by their titles."""
        told = {"title": _("A to Z"), "letters": by_letter(self)}
        return self.render(request, template="home/a_to_z.html", context_overrides=told)

    @path("contact-form/", name="contact_form")
    def contact_form(self, request: HttpRequest) -> HttpResponse:
        """Ask what somebody wants to write to the region's team, and take it."""
        return contact_form(request, self)

    @path("contact-form/sent/", name="contact_form_sent")
    def contact_form_sent(self, request: HttpRequest) -> HttpResponse:
        """Say that it has come, and what happens next."""
        return contact_form_sent(request, self)

    @path("regions/offer/", name="offer")
    def offer_elsewhere(self, request: HttpRequest) -> HttpResponse:
        """Give what is offered to who reads `page`, a key, and seems to belong to another region, as a panel.

        In the reader's language; 204 where nothing is. The gate sees to the link as to any other.
        """
        language = get_language_from_request(request)
        with override(language):
            found = offer(request, self, RegionHomePage.objects.live().in_order(), language)
            panel = render_to_string("home/offer.html", {"offer": found}, request) if found else ""
        status = HTTPStatus.OK if found else HTTPStatus.NO_CONTENT
        headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
        return HttpResponse(panel, status=status, headers=headers)

    @path("search/", name="search")
    def search(self, request: HttpRequest) -> HttpResponse:
        """Show the region's pages that answer the words in `q`."""
        query = query_of(request)
        is_refused = bool(query) and not may_search(request)
        answer = None if is_refused else search(self, query, request.GET.get("page"))
        response = self.render(
            request,
            template="home/search.html",
            context_overrides={
                "title": _("Search"),
                "query": query,
                "answer": answer,
                "is_refused": is_refused,
            },
        )
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS if is_refused else HTTPStatus.OK
        return response

    @path("search/suggestions/", name="suggestions")
    def suggestions(self, request: HttpRequest) -> HttpResponse:
        """Give the pages that best answer what is being typed, as JSON: a list of titles and addresses."""
        if not may_search(request):
            return JsonResponse({"pages": []}, status=HTTPStatus.TOO_MANY_REQUESTS)
        found = suggest(self, query_of(request))
        pages = [{"title": page.title, "url": page.get_url(request)} for page in found]
        return JsonResponse({"pages": pages}, headers={"X-Robots-Tag": "noindex"})


class StandardPage(SitePage):
    """A plain page: about, legal notice, contact."""

    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    show_in_footer = models.BooleanField(_("show in footer"), default=False)

    objects = OneByOnePageManager()

    base_form_class = PageForm
    content_panels = [*Page.content_panels, INTRO_PANEL, BODY_PANEL]
    promote_panels = [
        *Page.promote_panels,
        FieldPanel("show_in_footer", help_text=_("Links the page at the foot of all pages of its region.")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.RegionHomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("plain page")

    @property
    def is_contact(self) -> bool:
        """Say whether the page tells how to reach its region, and whom to tell of a side effect."""
        return self.slug == CONTACT_SLUG
