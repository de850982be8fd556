"""The editor of rich text: Wagtail's, which keeps what is pasted, and tells what it could not keep."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.admin.rich_text.editors.draftail.features import PluginFeature

from home.blocks.features import CELL_FEATURES

SCRIPTS = ["home/clipboard.js", "home/clipboard_tables.js", "home/pasting.js"]
TOLD = {
    "below": _("The table stands below as a block of its own: move it to its place, and give it a caption."),
    "lines": _("The table was pasted as lines, for none can stand here. Paste it into a text of the body."),
    "merged": _("Merged cells of the table were taken apart: each says what they said."),
    "pictures": _("Pictures were not pasted: add them as figures."),
    "lists": _("A list was pasted as paragraphs, for this text has no lists."),
    "raised": _("Something was raised or lowered, and is not any more: check it."),
    "links": _("A link was left out, for it leads to no page, address or number."),
    "struck": _("Something was struck through, and is not any more: check it."),
    "removed": _("What was deleted under tracked changes was left out."),
    "comments": _("Comments were left out."),
}


class RichTextArea(DraftailRichTextArea):
    """Draftail, with our pasting in every text, whatever its features."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the pasting to the editor's features."""
        super().__init__(*args, **kwargs)
        options = {"features": self.features, "cellFeatures": CELL_FEATURES, "words": TOLD}
        pasting = PluginFeature({"type": "pasting", **options}, js=SCRIPTS)
        pasting.construct_options(self.options)
        self.plugins.append(pasting)
