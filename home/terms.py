"""A term in rich text with its explanation: as it is stored, as editors see it, as pages get it.

Readers open the explanation over the text and stay where they are, scripts or none: it is a popover
(HTML Standard, section 6.12). In print it stands in brackets behind the term.
"""

import re
from typing import Any

from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from home.blocks.features import TERM

ENTITY = "TERM"
# Found as text, for it is ours: `TermLinkHandler` writes it.
MARKER = re.compile(r'<a data-explanation="([^"]*)">(.*?)</a>', re.DOTALL)


class TermLinkHandler(LinkHandler):
    """Marks each term: the explanation follows it, and has an anchor that only the page can number."""

    identifier = TERM

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the marker of each term. Of what is escaped, Wagtail leaves the apostrophe so."""
        explanations = (attrs.get("title", "").replace("&#x27;", "'") for attrs in attrs_list)
        return [f'<a data-explanation="{escape(explanation)}">' for explanation in explanations]


class TermHandler(InlineEntityElementHandler):
    """Reads a stored term for the editor."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Return what the editor keeps of it."""
        return {"explanation": attrs.get("title", "")}


def stored(props: dict[str, Any]) -> Any:
    """Return the element that a term is stored as; in `title`, what names are looked for in."""
    return DOM.create_element("a", {"linktype": TERM, "title": props.get("explanation")}, props["children"])


def explained(html: str, part: str) -> SafeString:
    """Return `html`, safe, with each marked term opening its explanation; `part` of the page names them."""
    numbers = iter(range(1, html.count("data-explanation") + 1))

    def explain(term: re.Match[str]) -> str:
        return _explain(f"term-{part}-{next(numbers)}", mark_safe(term[2]), mark_safe(term[1]))  # noqa: S308

    return mark_safe(MARKER.sub(explain, html))  # noqa: S308 - what comes in is safe


def _explain(anchor: str, words: SafeString, explanation: SafeString) -> SafeString:
    return format_html(
        '<button type="button" class="term" popovertarget="{anchor}">{words}</button>'
        '<span class="term-explanation" id="{anchor}" popover><b>{name}:</b> {explanation}</span>',
        anchor=anchor,
        words=words,
        name=mark_safe(strip_tags(words)),  # noqa: S308 - without its tags it is as safe as before
        explanation=explanation,
    )


def register(features: FeatureRegistry) -> None:
    """Add the term to Wagtail's rich text, with a button for texts that have it as a feature."""
    features.register_link_type(TermLinkHandler)
    features.register_editor_plugin("draftail", TERM, _button())
    features.register_converter_rule(
        "contentstate",
        TERM,
        {
            "from_database_format": {f'a[linktype="{TERM}"]': TermHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: stored}},
        },
    )


def _button() -> EntityFeature:
    return EntityFeature(
        {
            "type": ENTITY,
            "icon": "help",
            "description": _("Explain a term"),
            "attributes": ["explanation"],
            "words": {
                "heading": _("Explain a term"),
                "label": _("What does it mean?"),
                "help": _("One or two sentences. Readers open them with a click on the term."),
                "nothing": _("Select the term first."),
                "save": _("Save"),
                "close": _("Close"),
            },
        },
        js=["home/asking.js", "home/explaining.js"],
        css={"all": ["home/asking.css"]},
    )
