"""What a source has changed since a page last caught up with it, passage by passage."""

from wagtail.models import Page

from therapies.comparing.changes import Change, changes
from therapies.comparing.text_fields import OWN_FIELDS, passages_of
from therapies.models import CatchUp
from therapies.models.catch_up import read_content


def changes_since(page: Page, source: Page) -> list[Change]:
    """Return what `source`, specific, has changed since `page` caught up; nothing where that is lost."""
    before = taken_over(page, source)
    return changes(*passages_of(before, source, without=OWN_FIELDS)) if before else []


def taken_over(page: Page, source: Page) -> Page | None:
    """Return `source` as `page` has taken it over; None where nothing of it is left."""
    last = CatchUp.objects.in_effect().filter(page=page.pk, source=source.pk).first()
    if last and last.content:
        return read_content(source, last.content)
    revisions = source.revisions.order_by("created_at", "pk")
    known = revisions.filter(created_at__lte=last.up_to).last() if last else revisions.first()
    return known.as_object() if known else None
