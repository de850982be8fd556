"""`manage.py keep_record`: put on record whatever is live and is not on record as it is."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from therapies.models import Label, LabelVersion, Publication
from therapies.models.publication_record import Why
from therapies.page_record.labels import settle_label
from therapies.page_record.pages import settle


class Command(BaseCommand):
    """Begins the record on a site that is live already, and closes gaps such as a database restored."""

    help = (
        "Put on record what is live, or came down, and is not on record as it is. Publications are put "
        "there by themselves; run this once when the record begins, then as a safeguard. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every label and page that is live, or is so by the record."""
        labels = {*Label.objects.filter(live=True).values_list("pk", flat=True)}
        labels |= {*LabelVersion.objects.newest().filter(is_live=True).values_list("subject", flat=True)}
        pages = {*Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True)}
        pages |= {*Publication.objects.open().values_list("subject", flat=True)}
        entries = [
            *(settle_label(label) for label in sorted(labels)),
            *(settle(page, Why.FOUND) for page in sorted(pages)),
        ]
        self.stdout.write(f"{sum(entry is not None for entry in entries)} put on record.")
