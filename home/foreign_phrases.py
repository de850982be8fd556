"""A phrase in another language than the text around it: how editors mark it, and how it is stored.

Stored as HTML has it, so that whatever reads a text reads this: `lang` for voices and hyphens, `dir` for the
phrase's own order in a text of the other direction (HTML Standard, sections 3.2.6.2 and 3.2.6.4). In the
editor it is a style of the words, which may also be a link, bold or a term.
"""

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from region_gate.directions import direction_of

FOREIGN = "foreign"
# Whatever language a phrase was marked with stays so, even where the site speaks it no more.
KNOWN = [code for code, language in LANG_INFO.items() if "name" in language]


def style_of(language: str) -> str:
    """Return the editor's style for phrases in `language`, a code."""
    return f"LANGUAGE-{language}"


class ForeignPhraseFeature(EntityFeature):
    """The button that marks a phrase. To Draftail, what opens a dialog is an entity; it sets a style."""

    def construct_options(self, options: dict[str, Any]) -> None:
        """Add the button, with the languages that the site speaks by now, and how a phrase is shown."""
        codes = [code for code, _name in settings.LANGUAGES]
        offered = [{"style": style_of(code), "name": get_language_info(code)["name_local"]} for code in codes]
        options.setdefault("entityTypes", []).append({**self.data, "languages": offered})
        marks = [{"type": style_of(code), "label": None, "style": SHOWN} for code in codes]
        options.setdefault("inlineStyles", []).extend(marks)


SHOWN = {"borderBottom": "2px dotted currentColor"}


def register(features: FeatureRegistry) -> None:
    """Add the mark to Wagtail's rich text."""
    features.register_editor_plugin("draftail", FOREIGN, _button())
    features.register_converter_rule(
        "contentstate",
        FOREIGN,
        {
            "from_database_format": {
                f'span[lang="{code}"]': InlineStyleElementHandler(style_of(code)) for code in KNOWN
            },
            "to_database_format": {"style_map": {style_of(code): _stored(code) for code in KNOWN}},
        },
    )


def _stored(language: str) -> dict[str, Any]:
    return {"element": "span", "props": {"lang": language, "dir": direction_of(language)}}


def _button() -> ForeignPhraseFeature:
    return ForeignPhraseFeature(
        {
            "type": "FOREIGN",
            "icon": "globe",
            "description": _("Mark a phrase in another language"),
            "words": {
                "heading": _("Mark a phrase in another language"),
                "label": _("Which language is it in?"),
                "none": _("The language of the text around it"),
                "help": _("Voices then speak it as it should sound, and it keeps its own direction."),
                "nothing": _("Select the phrase first."),
                "save": _("Save"),
                "close": _("Close"),
            },
        },
        js=["home/asking.js", "home/foreign_phrases.js"],
        css={"all": ["home/asking.css"]},
    )
