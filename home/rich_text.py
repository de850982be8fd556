"""Links between pages in rich text, as visitors get them, and as its editor takes them in."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left, Length
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from home.linked_pages import linked_pages


class TranslatedPageLinkHandler(PageLinkHandler):
    """Wagtail's, with one query for all links of a text where it takes several for each."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        """Return the linked pages, each in the active language where it has one; None for what is unseen."""
        return linked_pages(tuple(int(attrs.get("id") or 0) for attrs in attrs_list), get_language())

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tag of each link; one whose page visitors cannot see leads nowhere."""
        return [cls._open(page) for page in cls.get_many(attrs_list)]

    @staticmethod
    def _open(page: Page | None) -> str:
        return f'<a href="{escape(page.url)}">' if page else "<a>"


class EditedPageLinkHandler(PageLinkElementHandler):
    """Wagtail's, with one query for each link where it takes three."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """Return what the editor knows of a linked page: its address and parent, None where it is gone."""
        above = Page.objects.filter(path=Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen))
        page = Page.objects.annotate(parent_key=Subquery(above.values("pk"))).filter(pk=attrs["id"]).first()
        if page is None:
            return {"id": int(attrs["id"]), "url": None, "parentId": None}
        return {"id": page.pk, "url": page.url, "parentId": page.parent_key}


def take_links_in(features: FeatureRegistry) -> None:
    """Have the editor of rich text take page links in by our handler; Wagtail's rule is registered before."""
    rule = features.converter_rules_by_converter["contentstate"]["link"]
    rule["from_database_format"]['a[linktype="page"]'] = EditedPageLinkHandler("LINK")
