"""How a document was generated, stated in it so that it can be generated again and compared."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from textwrap import shorten
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import check_for_language, override, to_locale
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .files import read
from .rendering import POLICY

TEMPLATES = tuple(
    f"therapies/page_record/{name}.html"
    for name in ("cover", "annex", "facts", "labels", "moment", "notices", "statements")
)
PROOF = "2"  # the version of what documents carry for an outsider
STYLE = "therapies/page_record.css"
# "27 November 2026, 12:00:00 +0100", in whichever language, as documents show a moment.
MOMENT = re.compile(r"(\d{1,2})\.? ([^\W\d]+)\.? (\d{4}), (\d\d:\d\d:\d\d) ([+-]\d{4})")
ZONE = re.compile(r"\(\w[^()]* ([\w+-]+(?:/[\w+-]+)*)\)")
LAST = timedelta(microseconds=999_999)  # of a second, the smallest that a document shows
# The cover's own sheet; what is longer, or of more tags, is none. A parser would take any amount of memory.
SHEET = re.compile(r'<section class="record-sheet".{0,100000}?</section>', re.DOTALL)
MAX_TAGS = 400
MAX_PAGE = 2**63 - 1
MAX_ERROR_LENGTH = 200


class NoCircumstancesError(Exception):
    """The document does not say how it was generated, or says something impossible."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """About which page and moment a document was drawn up, in which time zone and language, when and by whom.

    `form` stands for the words and looks that the software gave it, blank where it does not say.
    """

    page: int
    moment: datetime
    zone: str
    language: str
    drawn_at: datetime
    drawn_by: str
    form: str = ""

    @property
    def is_of_this_form(self) -> bool:
        """Say whether this software would give it the same words and looks."""
        return self.form == form(self.language)


@cache
def form(language: str) -> str:
    """Return the SHA-256 of what, besides the record, gives a document in `language` its words and looks."""
    files = [Path(str(get_template(name).origin)) for name in TEMPLATES]  # type: ignore[attr-defined] # Django's
    folders = [*settings.LOCALE_PATHS, *(Path(app.path, "locale") for app in apps.get_app_configs())]
    catalogs = (Path(folder, to_locale(language), "LC_MESSAGES", "django.mo") for folder in folders)
    files += [catalog for catalog in catalogs if catalog.is_file()]
    parts = (POLICY.encode(), PROOF.encode(), style().encode(), *(file.read_bytes() for file in files))
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def style() -> str:
    """Return the style of a document's sheets."""
    found = read(f"http://localhost{static(STYLE)}") or read(static(STYLE))
    return (found or b"").decode()


def circumstances_of(html: str) -> Circumstances:
    """Return how the document `html` says it was drawn up; an older one says it to people only.

    Raises NoCircumstancesError.
    """
    cover = SHEET.search(html)
    tree = LexborHTMLParser(cover[0] if cover and cover[0].count("<") <= MAX_TAGS else "")
    sheet, entry = tree.css_first(".record-sheet"), tree.css_first("#record-entry")
    if sheet is None or entry is None:
        raise NoCircumstancesError("It is no document of a page record.")
    try:
        found = _stated(sheet, entry) if "data-moment" in sheet.attributes else _read(sheet, entry)
        _check(found)
    except (ValueError, AttributeError, LookupError, OverflowError, OSError) as error:
        told = shorten(repr(error), MAX_ERROR_LENGTH, placeholder="…")
        raise NoCircumstancesError(f"It does not say how it was drawn up: {told}.") from error
    return found


def _stated(sheet: LexborNode, entry: LexborNode) -> Circumstances:
    told = {name: value or "" for name, value in sheet.attributes.items()}
    return Circumstances(
        page=int(entry.attributes["data-page"] or ""),
        moment=datetime.fromisoformat(told["data-moment"]).astimezone(UTC),
        zone=told["data-zone"],
        language=told["lang"],
        drawn_at=datetime.fromisoformat(told["data-drawn-at"]).astimezone(UTC),
        drawn_by=told["data-drawn-by"],
        form=told["data-form"],
    )


def _read(sheet: LexborNode, entry: LexborNode) -> Circumstances:
    """Return what an older document says in words, to the end of the second that it names."""
    language = sheet.attributes["lang"] or ""
    asked = sheet.css(".record-moment")[0].text()
    drawn = sheet.css(".record-facts:nth-of-type(2) dd")[0]
    zone = ZONE.search(asked)
    return Circumstances(
        page=int(entry.attributes["data-page"] or ""),
        moment=_moment(asked, language) + LAST,
        zone=zone[1] if zone else "",
        language=language,
        drawn_at=_moment(drawn.text(), language) + LAST,
        drawn_by=drawn.css("bdi")[0].text(),
    )


def _moment(text: str, language: str) -> datetime:
    found = MOMENT.search(text)
    if found is None:
        raise ValueError(f"no moment in “{text.strip()}”")
    with override(language):
        months = {str(name).lower(): number for number, name in MONTHS.items()}
    day, month, year, clock, offset = found.groups()
    written = f"{year}-{months[month.lower()]:02}-{int(day):02}T{clock}{offset}"
    return datetime.fromisoformat(written).astimezone(UTC)


def _check(found: Circumstances) -> None:
    """Raise ValueError, LookupError or OSError for what cannot be."""
    if not 0 < found.page <= MAX_PAGE:
        raise ValueError("no page has that number")
    ZoneInfo(found.zone)
    if not check_for_language(found.language):
        raise LookupError(f"no language “{found.language}” here")
    if not found.moment <= found.drawn_at <= timezone.now() + LAST:
        raise ValueError("it is about a time after it was drawn up, or was drawn up in the future")
