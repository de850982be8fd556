"""A citation in rich text: as it is stored, as editors see it, as pages get it."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from therapies.blocks import CITING
from therapies.citing.citations import mark
from therapies.models import Reference

ENTITY = "REFERENCE"


class ReferenceLinkHandler(LinkHandler):
    """Marks each citation: its number depends on the page, which a text by itself does not know."""

    identifier = CITING

    @staticmethod
    def get_model() -> type[Reference]:
        """Return what is cited."""
        return Reference

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the marker of each citation."""
        return [mark(attrs.get("id", "")) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Any:
        """Give the reference to the index of what is used where."""
        if attrs.get("id"):
            yield Reference, attrs["id"], "", ""


class CitationHandler(InlineEntityElementHandler):
    """Reads a stored citation for the editor, who can move or remove it, not reword it."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Return what the editor keeps of it."""
        return {"id": attrs.get("id", "")}


def stored(props: dict[str, Any]) -> Any:
    """Return the element that a citation is stored as."""
    return DOM.create_element("a", {"linktype": CITING, "id": props.get("id")}, props["children"])


def register(features: FeatureRegistry) -> None:
    """Add the citation to Wagtail's rich text, with a button for texts that have it as a feature."""
    features.register_link_type(ReferenceLinkHandler)
    features.register_editor_plugin("draftail", CITING, _button())
    features.register_converter_rule(
        "contentstate",
        CITING,
        {
            "from_database_format": {f'a[linktype="{CITING}"]': CitationHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: stored}},
        },
    )


def _button() -> EntityFeature:
    chooser = Reference.snippet_viewset.chooser_viewset
    return EntityFeature(
        {
            "type": ENTITY,
            "icon": "openquote",
            "description": _("Cite a reference"),
            "chooserUrls": {"referenceChooser": reverse_lazy(chooser.get_url_name("choose"))},
        },
        js=["wagtailadmin/js/chooser-modal.js", "therapies/citing.js"],
    )
