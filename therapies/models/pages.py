"""The pages of treatment content, each one region's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks.body import BodyBlock
from home.blocks.features import TEXT_FEATURES
from home.models.pages import BODY_PANEL, INTRO_PANEL
from home.models.site_page import SitePage
from home.submission import PageForm
from home.visibility import shown
from region_gate.models.one_by_one import OneByOnePageManager
from therapies.blocks import CITING_FEATURES, CitingBodyBlock
from therapies.citing.citations import in_order, texts_in
from therapies.topic_form import TopicPageForm

from .label import Audience
from .reference import Reference
from .topic import Topic


class TreatmentPage(SitePage):
    """A page of treatment content: statements, and the references they rest on."""

    intro = RichTextField(_("introduction"), features=CITING_FEATURES, blank=True)
    body = StreamField(CitingBodyBlock(), verbose_name=_("body"), blank=True)
    audience = models.CharField(
        _("intended audience"), max_length=20, choices=Audience, default=Audience.PUBLIC
    )

    objects = OneByOnePageManager()

    base_form_class = PageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("audience", help_text=_("Stands above the page’s title: whom the page is intended for.")),
        INTRO_PANEL,
        BODY_PANEL,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """All treatment pages look the same."""
        return "therapies/treatment_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the references, in the order of their numbers."""
        return {**super().get_context(request, *args, **kwargs), "references": self.references()}

    def schema_facts(self) -> dict[str, Any]:
        """Return what the page says of itself besides what every page does, in the words of schema.org."""
        professionals = {"@type": "MedicalAudience", "audienceType": "Clinician"}
        audience = {"@type": "Patient"} if self.audience == Audience.PUBLIC else professionals
        return {"@type": "MedicalWebPage", "audience": audience}

    def references(self) -> list[Reference]:
        """Return what the page cites, in the order in which visitors meet it; what is gone is left out."""
        keys = in_order([self.intro, *texts_in(self.body)])
        found = Reference.objects.in_bulk(keys) if keys else {}
        return [found[key] for key in keys if key in found]


class TherapyIndexPage(SitePage):
    """A region's therapies."""

    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = OneByOnePageManager()

    base_form_class = PageForm
    content_panels = [*Page.content_panels, INTRO_PANEL, BODY_PANEL]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    parent_page_types = ["home.RegionHomePage"]
    subpage_types = ["therapies.TherapyPage"]

    class Meta:
        verbose_name = _("therapy index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live therapy pages, in the order of the tree."""
        return {
            **super().get_context(request, *args, **kwargs),
            "therapies": shown(TherapyPage.objects.live().child_of(self)).order_by("path"),
        }


class TherapyPage(TreatmentPage):
    """One region's page about a topic."""

    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="therapy_pages"
    )

    base_form_class = TopicPageForm
    content_panels = [
        FieldPanel(
            "topic",
            help_text=_(
                "Ties the page to the other regions’ pages about the same; visitors do not read it. Where it"
                " is missing, propose it in the chooser: it is approved with the page."
            ),
        ),
        *TreatmentPage.content_panels,
    ]
    parent_page_types = ["therapies.TherapyIndexPage"]

    class Meta:
        verbose_name = _("therapy page")

    def clean(self) -> None:
        """Refuse a second page about one topic in the same region and language."""
        super().clean()
        if self.path and self.topic_id:
            self.check_topic(self.get_parent(), self.topic_id)

    def check_topic(self, parent: Page, topic: int) -> None:
        """Raise ValidationError where another page below `parent` is about `topic`, a key."""
        others = TherapyPage.objects.child_of(parent).exclude(pk=self.pk)
        if others.filter(topic=topic).exists():
            raise ValidationError({"topic": _("This region already has a page about this topic.")})


class ProductPage(TreatmentPage):
    """One region's page about a product."""

    parent_page_types = ["home.RegionHomePage"]

    class Meta:
        verbose_name = _("product page")


class EvidencePage(TreatmentPage):
    """One region's page about clinical evidence."""

    parent_page_types = ["home.RegionHomePage"]

    class Meta:
        verbose_name = _("clinical evidence page")
