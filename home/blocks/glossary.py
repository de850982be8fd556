"""The block that lists the terms which a region's pages explain."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from .passages import MAX_HEADING
from .previewed import PreviewedStructBlock


class GlossaryBlock(PreviewedStructBlock):
    """All terms that the region's pages explain in their language, each with the pages that do."""

    heading = CharBlock(label=_("Heading"), max_length=MAX_HEADING)

    class Meta:
        icon = "list-ul"
        label = _("Glossary")
        template = "home/blocks/glossary_block.html"
        preview_template = "home/blocks/glossary_preview.html"
        description = _("All terms that the region’s pages explain, from A to Z. It keeps itself up to date.")
        rules = [
            _("One page of the region has it; it lists what is explained in all its live pages."),
            _("A term that is explained in two ways stands with both: mend it on one of the pages."),
        ]
        preview_value = {"heading": _("From A to Z")}
