"""What happens at once when a label ends, or a product gets a name: by a setting, pages come down."""

from datetime import date
from typing import Any

from wagtail.log_actions import get_active_log_context

from region_gate import clock
from therapies import conf
from therapies.models import Label, Product

from .unlabelled_pages import pages_without_label
from .unpublishing import take_down


def take_down_what_is_left(label: Label) -> None:
    """Take down the pages that a change of `label` has left without a label, where LABELS_TAKE_DOWN is on."""
    if not conf.takes_down() or _replacement_is_written(label, clock.today()):
        return
    _take_down(product=label.product, regions=[label.region])


def take_down_what_names(product: Product) -> None:
    """Take down the pages that name `product` without a label, where LABELS_TAKE_DOWN is on."""
    if conf.takes_down():
        _take_down(product=product)


def _take_down(**where: Any) -> None:
    today = clock.today()
    for _outcome in take_down(pages_without_label(today, **where), today, get_active_log_context().user):
        pass  # each is logged; what is refused stays among the pages without a label


def _replacement_is_written(label: Label, today: date) -> bool:
    """Say whether a label that would replace this one today has been written, and waits to be published.

    The old label must end before the new one can be published. No page comes down in this gap; if the
    new label is not published, the next `enforce_labels` takes the pages down.
    """
    same = Label.objects.filter(product=label.product_id, region=label.region_id)
    waiting = same.filter(live=False, first_published_at=None)
    return waiting.in_force_once_published(today).exists()
