"""What a region's home page puts around all pages of its language: menu, footer, contact, pictures.

It is reviewed with the home page, for it is a part of it.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.blocks import PageChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string

from home.blocks.reporting import ReportingContactsBlock
from home.blocks.thread_safety import ThreadSafeStreamBlock
from home.telephone import validate_telephone

from .hours import OfficeHoursMixin

CONTACT_DETAILS = ("organisation", "postal_address", "telephone", "email")
# What the home page of each language has for itself: its translations have their own.
LOCAL_FIELDS = ("menu", "footer_menu", *CONTACT_DETAILS)
FOOTER_FEATURES = ["bold", "italic", "link", "document-link"]
FRAME_TAB = "tab-frame"  # where a home page's editor is opened for the frame: the fragment of its address


def contact_of(*holders: Any) -> Any:
    """Return the first of `holders`, objects or None, that has details of a contact; None without one."""
    return next((one for one in holders if one and any(getattr(one, name) for name in CONTACT_DETAILS)), None)


class MenuBlock(ThreadSafeStreamBlock):
    """Pages of the region, in their order."""

    page = PageChooserBlock(label=_("Page"))

    class Meta:
        collapsed = True


class FrameTabPanel(ObjectList):
    """The tab of the frame, under one address in all languages."""

    clean_name = FRAME_TAB.removeprefix("tab-")


def _picture(name: Any, help_text: Any) -> Any:
    return models.ForeignKey(
        get_image_model_string(),
        verbose_name=name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=help_text,
    )


class FrameMixin(OfficeHoursMixin):
    """The fields of a home page that all pages below it show."""

    menu = StreamField(
        MenuBlock(),
        verbose_name=_("menu"),
        blank=True,
        help_text=_("In this order. Without any: the pages that are shown in menus, in the tree’s order."),
    )
    footer_menu = StreamField(
        MenuBlock(),
        verbose_name=_("links in the footer"),
        blank=True,
        help_text=_("In this order. Without any: the plain pages that are shown in the footer."),
    )
    footer_text = RichTextField(
        _("text in the footer"), features=FOOTER_FEATURES, blank=True, help_text=_("Above the links.")
    )
    organisation = models.CharField(
        _("organisation"),
        max_length=200,
        blank=True,
        help_text=_("Contact in the footer of every page. Without any details, that of the region."),
    )
    postal_address = models.TextField(_("postal address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[validate_telephone])
    email = models.EmailField(_("e-mail"), blank=True)
    reporting = StreamField(
        ReportingContactsBlock(),
        verbose_name=_("reports of side effects and complaints"),
        blank=True,
        help_text=_(
            "Whom to tell, for each country of the region. Shown on the region’s page “contact” and by the "
            "contact form. Without any: those of the region’s home page in another language."
        ),
    )
    brand_mark = _picture(
        _("brand mark"), _("Stands at the top of every page in place of the name. At least 88 pixels high.")
    )
    drawing = _picture(_("drawing"), _("Beside the introduction of this page and of the therapies."))
    social_image = _picture(
        _("social image"), _("Shown where a page is shared. 1200 by 630 pixels; it is cut to that.")
    )

    frame_panels = [
        MultiFieldPanel(
            [FieldPanel("menu"), FieldPanel("footer_menu"), FieldPanel("footer_text")], _("Menus and footer")
        ),
        MultiFieldPanel(
            [*(FieldPanel(name) for name in CONTACT_DETAILS), *OfficeHoursMixin.hours_panels], _("Contact")
        ),
        FieldPanel("reporting"),
        MultiFieldPanel(
            [FieldPanel("brand_mark"), FieldPanel("drawing"), FieldPanel("social_image")], _("Pictures")
        ),
    ]

    class Meta(OfficeHoursMixin.Meta):
        abstract = True
