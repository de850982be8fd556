"""A page of the site that all tests of one process share, left by a test as it was met."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import QuerySet
from wagtail.models import Page


@contextmanager
def put_back(page: Page) -> Iterator[None]:
    """Have the live page as it was afterwards, under its own approval; what was written since is gone."""
    live = page.live_revision
    try:
        yield
    finally:
        for state in page.workflow_states.active():
            state.cancel()
        page.wagtail_admin_comments.all().delete()
        page.revisions.filter(pk__gt=live.pk).delete()
        QuerySet(Page).filter(pk=page.pk).update(
            latest_revision=live, draft_title=page.title, has_unpublished_changes=False
        )
        if not Page.objects.filter(pk=page.pk, live_revision=live).exists():
            live.publish()
