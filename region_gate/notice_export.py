"""What notices said on a date, as a spreadsheet: for each stretch of time its words, dates and approval."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from region_gate.notices.notice_history import Stretch
from region_gate.spreadsheets import neutralise

HEADINGS = (
    *("notice", "region", "language", "shown_from", "shown_until", "time_zone"),
    *("heading", "paragraphs", "continue", "words_language", "why"),
    *("approved_by", "in_force_from", "in_force_until", "shipped_with", "publication", "approved_draft"),
)


def exported(answer: dict[str, Any]) -> HttpResponse:
    """Return what `NoticeDateForm.answered` says as CSV, moments by ISO 8601 in the zone asked about."""
    asked = answer["asked"]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"notices-{asked['kind']}-{asked['start']:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for stretch in answer["stretches"]:
        writer.writerow([neutralise(cell) for cell in _cells(asked, stretch)])
    return response


def _cells(asked: dict[str, Any], stretch: Stretch) -> Iterator[str]:
    zone = ZoneInfo(asked["zone"])
    yield from (asked["kind"], asked["region"], asked["language"])
    yield from (_moment(stretch.start, zone), _moment(stretch.end, zone), asked["zone"])
    if stretch.shown is None:
        return
    version = stretch.shown.version
    words = version.words
    yield from (words.heading, "\n\n".join(words.paragraphs), words.continue_label, words.language)
    yield from (stretch.shown.fallback.value, version.approved_by)
    yield from (_moment(version.published_at, zone), _moment(version.withdrawn_at, zone))
    yield from (version.shipped_with, str(version.number), str(version.revision or ""))


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat() if moment else ""
