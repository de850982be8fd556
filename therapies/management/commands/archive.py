"""`manage.py archive`: make one ZIP of every page of a region as it was shown on a day."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import get_language

from therapies.models import Publication
from therapies.page_record.archive import write
from therapies.page_record.circumstances import Circumstances, form

LAST = timedelta(microseconds=1)


class Command(BaseCommand):
    """Writes the archive: pages, index, documents with their signatures, verifier and public keys."""

    help = (
        "Make one ZIP of every page of a region as it was shown at the end of a day, by the site's time "
        "zone, or now if that is not over: to be read and verified offline."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the region, the day, the file, and who it is drawn up for."""
        parser.add_argument("--region", required=True, help="a region's code, also of one that is gone")
        parser.add_argument("--on", required=True, type=date.fromisoformat, help="a day such as 2026-11-27")
        parser.add_argument("--by", default="", help="the account of whoever answers for it")
        parser.add_argument("--output", type=Path, help="the file; archive-REGION-DAY.zip without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, whole or not at all."""
        region, on = options["region"], options["on"]
        circumstances = _circumstances(on, options["by"])
        if not Publication.objects.filter(region=region).exists():
            raise CommandError(f"Nothing of a region “{region}” is on record.")
        output = options["output"] or Path(f"archive-{region}-{on}.zip")
        part = output.with_name(f"{output.name}.part")
        with part.open("xb") as file:
            number = write(file, region, circumstances)
        part.rename(output)
        self.stdout.write(f"{output}: {number} pages.")


def _circumstances(on: date, by: str) -> Circumstances:
    zone, now = timezone.get_default_timezone(), timezone.now()
    moment = datetime.combine(on + timedelta(days=1), time(), zone) - LAST
    if datetime.combine(on, time(), zone) > now:
        raise CommandError(f"{on} is yet to come.")
    if by and not get_user_model().objects.filter(username=by).exists():
        raise CommandError(f"Nobody here has the name “{by}”.")
    language = get_language() or settings.LANGUAGE_CODE
    return Circumstances(
        page=0,
        moment=min(moment, now),
        zone=settings.TIME_ZONE,
        language=language,
        drawn_at=now,
        drawn_by=by,
        form=form(language),
    )
