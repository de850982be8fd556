"""Blocks that lead on: cards, a call to action, downloads, contact."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    EmailBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page

from home.linked_pages import visible_page
from home.telephone import validate_telephone

from .figures import languages
from .passages import MAX_HEADING
from .previewed import PreviewedStructBlock


class LinkedValue(StructValue):
    """Something that leads to a page of ours or to another address."""

    @property
    def address(self) -> str:
        """Return where it leads: to the page in the visitor's language; blank where that is not live."""
        page = self.target
        return str(page.url) if page else self.get("url") or ""

    @property
    def target(self) -> Page | None:
        """Return the page it leads to as visitors get it, None without one."""
        return visible_page(self["page"].pk) if self.get("page") else None


def _refused(why: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={"page": ValidationError(why)})


class LinkedBlock(StructBlock):
    """Fields for a link to a page or to an address: one of them, and no more."""

    is_link_required = True
    page = PageChooserBlock(label=_("Page"), required=False)
    url = URLBlock(label=_("Address elsewhere"), required=False, help_text=_("Instead of a page."))

    class Meta:
        value_class = LinkedValue

    def clean(self, value: StructValue) -> StructValue:
        """Refuse two links, and none where one is asked for."""
        cleaned = super().clean(value)
        count = bool(cleaned["page"]) + bool(cleaned["url"])
        if count > 1:
            raise _refused(gettext("Choose a page or give an address, not both."))
        if count == 0 and self.is_link_required and not self.is_deferred_validation:
            raise _refused(gettext("Choose a page or give an address: it leads nowhere yet."))
        return cleaned


class CardBlock(LinkedBlock):
    """A card: what is there, in a few words."""

    is_link_required = False
    title = CharBlock(label=_("Title"), max_length=100)
    text = TextBlock(label=_("Text"), required=False, max_length=300, rows=3)

    class Meta:
        icon = "doc-empty"
        label = _("Card")
        form_layout = ["title", "text", "page", "url"]


class WayValue(LinkedValue):
    """A link with words of its own, else with the title of the page it leads to."""

    @property
    def words(self) -> str:
        """Return the words of the link."""
        return self.get("title") or str(getattr(self.target, "title", "")) or self.get("url") or ""


class WayBlock(LinkedBlock):
    """A link to where somebody in need goes on."""

    title = CharBlock(
        label=_("Words"), required=False, max_length=100, help_text=_("Where they are not the page’s title.")
    )

    class Meta:
        icon = "link"
        label = _("Way")
        value_class = WayValue
        form_layout = ["title", "page", "url"]


class NeedBlock(StructBlock):
    """What brings somebody here, and where that leads."""

    title = CharBlock(label=_("Need"), max_length=60)
    text = TextBlock(label=_("Text"), required=False, max_length=200, rows=2)
    ways = ListBlock(WayBlock(), label=_("Ways"), min_num=1, max_num=5)

    class Meta:
        icon = "user"
        label = _("Need")


class NeedsBlock(PreviewedStructBlock):
    """Where to begin, by what brings people here."""

    heading = CharBlock(label=_("Heading"), max_length=MAX_HEADING)
    needs = ListBlock(NeedBlock(), label=_("Needs"), min_num=2, max_num=4)

    class Meta:
        icon = "group"
        label = _("Ways by need")
        template = "home/blocks/needs_block.html"
        description = _("Where to begin, by what brings people here: for the top of a home page.")
        rules = [
            _("Two to four needs, as people would say them: “I was diagnosed”."),
            _("The most needed way first; no way twice in one need."),
        ]
        preview_value = {
            "heading": _("Where would you like to begin?"),
            "needs": [
                {"title": _("I was diagnosed"), "ways": [{"title": _("What happens next"), "url": "#"}]},
                {"title": _("I care for someone"), "ways": [{"title": _("How to help"), "url": "#"}]},
            ],
        }


class CardsBlock(PreviewedStructBlock):
    """Ways on, side by side."""

    heading = CharBlock(label=_("Heading"), required=False, max_length=MAX_HEADING)
    cards = ListBlock(CardBlock(), label=_("Cards"), min_num=2)

    class Meta:
        icon = "grid"
        label = _("Cards")
        template = "home/blocks/cards_block.html"
        description = _("A few ways on, side by side, each with a title and a sentence.")
        rules = [_("Two to six cards of about one length."), _("The title says what is there, not “More”.")]
        preview_value = {
            "heading": _("Where to go from here"),
            "cards": [
                {
                    "title": _("For patients"),
                    "text": _("What to expect, and whom to ask."),
                    "url": "#",
                },
                {
                    "title": _("For professionals"),
                    "text": _("Labelling and evidence."),
                    "url": "#",
                },
            ],
        }


class CallToActionBlock(PreviewedStructBlock, LinkedBlock):
    """One thing to do next."""

    text = CharBlock(label=_("Text"), required=False, max_length=200)
    label = CharBlock(label=_("Words on the button"), max_length=60)

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "home/blocks/call_to_action_block.html"
        value_class = LinkedValue
        form_layout = ["text", "label", "page", "url"]
        description = _("The one thing to do next, as a button.")
        rules = [_("One on a page."), _("The words on the button say what happens: a verb and its object.")]
        preview_value = {
            "text": _("You have a question that is not answered here?"),
            "label": _("Write to us"),
            "url": "#",
        }


class DownloadBlock(StructBlock):
    """A document to take away."""

    document = DocumentChooserBlock(label=_("Document"))
    title = CharBlock(
        label=_("Title"), required=False, max_length=150, help_text=_("Where it is not the document’s own.")
    )
    language = ChoiceBlock(
        label=_("Language"), choices=languages, required=False, help_text=_("Where it is not the page’s.")
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Download")


class DownloadsBlock(PreviewedStructBlock):
    """Documents to take away, each with its kind, size and language."""

    heading = CharBlock(label=_("Heading"), required=False, max_length=MAX_HEADING)
    downloads = ListBlock(DownloadBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "download"
        label = _("Downloads")
        template = "home/blocks/downloads_block.html"
        preview_template = "home/blocks/downloads_preview.html"
        description = _("Documents to take away, each with its kind, size and language.")
        rules = [
            _("Say the language of a document that is not in the page’s."),
            _("PDFs are accessible ones."),
        ]
        preview_value = {"heading": _("To take away"), "downloads": []}


class ContactBlock(PreviewedStructBlock):
    """How to reach somebody: the details given here, else the region's."""

    heading = CharBlock(label=_("Heading"), max_length=MAX_HEADING)
    text = TextBlock(label=_("Text"), required=False, max_length=300, rows=3)
    organisation = CharBlock(label=_("Organisation"), required=False, max_length=200)
    postal_address = TextBlock(label=_("Postal address"), required=False, rows=3)
    telephone = CharBlock(
        label=_("Telephone"), required=False, max_length=40, validators=[validate_telephone]
    )
    email = EmailBlock(label=_("E-mail"), required=False)

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "home/blocks/contact_block.html"
        description = _("How to reach somebody. Without details of its own it shows the region’s.")
        rules = [_("Leave the details empty for the region’s, so that they are changed in one place.")]
        preview_value = {
            "heading": _("Write or call"),
            "organisation": _("Name of the organisation"),
            "telephone": "+00 000 0000",
            "email": "name@example.org",
        }

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        """Add the details: the block's own, else those in the footer of the page."""
        context = super().get_context(value, parent_context)
        has_own = any(value.get(name) for name in ("organisation", "postal_address", "telephone", "email"))
        navigation = context.get("navigation")
        contact = value if has_own or not navigation else navigation.contact
        return {**context, "contact": contact, "has_own": has_own}
