"""The editor of rich text: Wagtail's, which keeps what is pasted, and tells what it could not keep.

In each, phrases can be marked that are in another language.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.admin.rich_text.editors.draftail.features import PluginFeature
from wagtail.rich_text import features as registry

from home.blocks.features import CELL_FEATURES
from home.foreign_phrases import FOREIGN

MAX_DEPTH = 20  # of lists within lists; the editor makes them of one level, and what is pasted may have more
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
    """Draftail, with our pasting and the mark of foreign phrases in every text, whatever its features."""

    def __init__(self, *args: Any, features: Sequence[str] | None = None, **kwargs: Any) -> None:
        """Add both to the editor's features."""
        usual = registry.get_default_features() if features is None else features
        super().__init__(*args, features=[*usual, FOREIGN], **kwargs)
        options = {"features": self.features, "cellFeatures": CELL_FEATURES, "words": TOLD}
        pasting = PluginFeature({"type": "pasting", **options}, js=SCRIPTS)
        pasting.construct_options(self.options)
        self.plugins.append(pasting)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """Return the text as it is stored. Raises SuspiciousOperation for lists that nobody writes.

        For each level of a list Wagtail would open one, however many are asked for.
        """
        if any(depth > MAX_DEPTH for depth in _depths(data.get(name))):
            raise SuspiciousOperation(f"Lists nested deeper than {MAX_DEPTH} in {name!r}")
        text: str | None = super().value_from_datadict(data, files, name)
        return text


def _depths(sent: str | None) -> Iterator[int]:
    """Give how deep the blocks of a text lie; of what is no text as the editor sends it, what there is."""
    with suppress(KeyError, RecursionError, TypeError, ValueError):
        for block in json.loads(sent or "null")["blocks"]:
            if isinstance(block, dict) and isinstance(block.get("depth"), int):
                yield block["depth"]
