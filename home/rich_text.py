"""Links between pages in rich text, as visitors get them."""

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from home.linked_pages import linked_pages


class TranslatedPageLinkHandler(PageLinkHandler):
    """Wagtail's, with one query for all links of a text where it takes several for each."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        """Return the linked pages, each in the active language where it has such a page."""
        return linked_pages(tuple(int(attrs.get("id") or 0) for attrs in attrs_list), get_language())

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tag of each link; one whose page visitors cannot see leads nowhere."""
        return [cls._open(page) for page in cls.get_many(attrs_list)]

    @staticmethod
    def _open(page: Page | None) -> str:
        return f'<a href="{escape(page.url)}">' if page and page.live and page.url else "<a>"
