"""What a page is about, in a sentence or two, as search engines and shared links show it."""

from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

MAX_LENGTH = 160  # characters; search engines show no more


def summary_of(page: Page) -> str:
    """Return what editors wrote for it, else how the introduction of `page` begins; blank without either.

    A kind of page that shows words of its own where there is no introduction has them as `usual_intro`.
    """
    if page.search_description:
        return str(page.search_description)
    written = get_text_for_indexing(getattr(page, "intro", "") or "")
    intro = " ".join((written or str(getattr(page, "usual_intro", ""))).split())
    if len(intro) <= MAX_LENGTH:
        return intro
    return f"{intro[:MAX_LENGTH].rpartition(' ')[0]}…"
