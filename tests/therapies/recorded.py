"""A day in the life of a page, and questions to the record about it."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from therapies.models import Publication
from therapies.page_record.rendering import Then

DAY = datetime.now(UTC).date() + timedelta(days=1)  # soon enough for the browsers to stay signed in
DAY_AFTER = DAY + timedelta(days=1)


def at(clock: str, day=DAY) -> datetime:
    """Return a moment on that day, in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}+00:00")


def publish(page: Page, title: str, **fields) -> Page:
    """Publish `page` with another title, as the European legal reviewer would."""
    fresh = page.specific_class.objects.get(pk=page.pk)
    for name, value in {"title": title, **fields}.items():
        setattr(fresh, name, value)
    user = get_user_model().objects.get(username="eu-legal")
    fresh.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    fresh.refresh_from_db()
    return fresh


def met(page: int, moment: datetime) -> str:
    """Return the headings and the label's words that visitors of the page met at `moment`, blank for none."""
    then = Then.at(Publication.objects.all(), page, moment)
    return then.html if then else ""


def heading(page: int, moment: datetime) -> str:
    """Return the chief heading that visitors met at `moment`, blank where they met nothing."""
    found = LexborHTMLParser(met(page, moment)).css_first("h1")
    return found.text(strip=True) if found else ""


def ask(browser: Client, page: int, **asked: str) -> LexborHTMLParser:
    """Ask the record in the admin."""
    question = {"day": str(DAY), "time": "", "zone": "UTC"}
    answer = browser.get(f"/admin/reports/page-record/{page}/", question | asked)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def document(browser: Client, page: int, **asked: str) -> str:
    """Return the document that answers."""
    question = {"day": str(DAY), "time": "", "zone": "UTC"}
    answer = browser.get(f"/admin/reports/page-record/{page}/document/", question | asked)
    assert answer.status_code == 200
    return answer.text


def facts(page: LexborHTMLParser) -> dict[str, str]:
    """Return the first list of facts."""
    found = page.css_first(".record-facts")
    texts = [[" ".join(node.text().split()) for node in found.css(tag)] for tag in ("dt", "dd")]
    return dict(zip(*texts, strict=True))
