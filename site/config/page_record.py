"""What the page record is told of the gate: the notices of a moment."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from region_gate.links.destinations import DestinationKind
from region_gate.models import NoticeVersion
from region_gate.notices.notice_history import ShownNotice
from therapies.page_record.notices import NoticeThen


def notices_on_record(moment: datetime, region: str, language: str) -> Iterator[NoticeThen]:
    """Give the cross-region and the third-party notice shown at `moment` in `region` and `language`."""
    for kind, name in (
        (DestinationKind.CROSS_REGION, _("Cross-region")),
        (DestinationKind.THIRD_PARTY, _("Third party")),
    ):
        if shown := NoticeVersion.objects.shown_at(kind, region, language, moment):
            yield _notice(name, shown)


def _notice(kind: str, shown: ShownNotice) -> NoticeThen:
    version = shown.version
    by = version.approved_by
    if version.shipped_with:
        by = _("Shipped with the software, version %(number)s") % {"number": version.shipped_with}
    return NoticeThen(
        kind=kind,
        heading=version.words.heading,
        paragraphs=version.words.paragraphs,
        continue_label=version.words.continue_label,
        language=version.words.language,
        since=version.published_at,
        approved_by=by,
        number=version.number,
        entry=NoticeVersion.objects.filter(pk=version.number).first(),
    )
