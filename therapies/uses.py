"""Where references are cited: on pages as they are kept, and in the drafts that wait to go live."""

from collections.abc import Collection, Iterator

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision

from home.refusals import RefusedError

from .citations import keys_in
from .models import Reference
from .models.pages import TreatmentPage

NAMED = 5  # pages in one message


def pages_citing(keys: Collection[int]) -> list[Page]:
    """Return the pages that cite one of the references with `keys`, live or in a draft.

    The texts themselves are read: Wagtail's index knows no drafts, and may be behind.
    """
    wanted = set(keys)
    found = {int(pk) for pk, text in _texts() if not wanted.isdisjoint(keys_in(_unescaped(text)))}
    return list(Page.objects.filter(pk__in=found).order_by("title", "pk"))


def check_uncited(reference: Reference) -> None:
    """Raise RefusedError if a page cites `reference`."""
    if pages := pages_citing([reference.pk]):
        raise RefusedError(
            _("“%(reference)s” cannot be deleted, for it is cited: %(pages)s.")
            % {"reference": reference, "pages": _named(pages)}
        )


def _texts() -> Iterator[tuple[int | str, str]]:
    """Give the key of each treatment page with all its texts that may hold a citation."""
    for model in TreatmentPage.__subclasses__():
        rows = model.objects.annotate(words=Cast("body", TextField()))
        yield from ((pk, f"{intro} {words}") for pk, intro, words in rows.values_list("pk", "intro", "words"))
    yield from _drafts().values_list("object_id", "words")


def _drafts() -> QuerySet[Revision]:
    """Return the revisions that may go live: each page's latest, and those that are scheduled."""
    latest = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    return (
        Revision.page_revisions.filter(Q(pk__in=latest) | Q(approved_go_live_at__isnull=False))
        .annotate(words=Cast("content", TextField()))
        .filter(words__contains="reference")
    )


def _unescaped(text: str) -> str:
    """Return `text`, JSON within JSON, with the quotation marks of its tags as they were."""
    return text.replace("\\", "")


def _named(pages: list[Page]) -> str:
    names = "; ".join(f"“{page.get_admin_display_title()}” ({page.url_path})" for page in pages[:NAMED])
    if not (more := len(pages) - NAMED) > 0:
        return names
    rest = ngettext("and %(number)s more page", "and %(number)s more pages", more) % {"number": more}
    return f"{names}; {rest}"
