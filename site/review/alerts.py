"""The pages whose review is due, by the day that their approval names."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from therapies.formatting import language_name, written
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch

from .models import Approval


def pages_to_review(watch: Watch) -> Iterator[Alert]:
    """Give the live pages whose approval must be renewed soon, or should have been."""
    due = (
        Approval.objects.shown().filter(review_by__lte=watch.on + watch.notice).select_related("page__locale")
    )
    for approval in due:
        yield _alert(watch, approval)


def _alert(watch: Watch, approval: Approval) -> Alert:
    page, day = approval.page, approval.review_by
    assert page is not None  # noqa: S101 - it was asked for by its page
    words = _("Its review was due by {day}.") if day < watch.on else _("Its review is due by {day}.")
    home = watch.dataset.home_above(page.path)
    place = home.region_id if home else None
    return Alert(
        home.slug if home else "",
        f"{page.title} ({language_name(page.locale.language_code)})",
        words.format(day=written(day)),
        watch.reach.page_address(page.pk, place),
        day,
    )


@hooks.register(ALERTS_HOOK)
def attention_to_pages() -> Source:
    """Add the pages whose review is due."""
    return Source("pages", gettext_lazy("Pages to review"), pages_to_review, 35)
