"""Our name is lent by what is live alone; a draft's address opens for who was shown it, for minutes."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as site_settings
from django.db.models import QuerySet
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import PageViewRestriction

from redirecting.models import Redirect
from region_gate import clock, conf
from region_gate.auditing import link_index
from region_gate.auditing.audit import audit
from region_gate.auditing.flaws import AuditFault
from region_gate.draft_access import loan_of
from region_gate.models import Notice
from tests.conftest import signed_in
from tests.therapies.label_texts import say, set_words
from therapies.models import Label

pytestmark = pytest.mark.django_db
EVIL = "https://evil.test/a"
LINK = f'<p><a href="{EVIL}">Away</a></p>'


def notices(html: str) -> list[str]:
    """Return the addresses of notices in `html`, wherever they stand."""
    links = LexborHTMLParser(html).css("a[href*='/leaving/?']")
    return [href for link in links if quote(EVIL, ":/") in (href := link.attributes["href"] or "")]


def earlier(to: str, origin: str = "eu") -> str:
    """Return the address of a notice as it was once signed, in drafts and on live pages alike."""
    key = site_settings.SECRET_KEY
    mac = salted_hmac("region_gate", f"{origin}\n{to}".encode(), key, algorithm="sha256")
    signature = urlsafe_b64encode(mac.digest()).decode().rstrip("=")
    return f"/leaving/?to={quote(to, ':/?=')}&from={origin}&sig={signature}"


@pytest.fixture
def draft(eu_home):
    """The European home page with a link in its draft that no live page has."""
    eu_home.intro = LINK
    eu_home.save_revision()
    return eu_home


@pytest.fixture
def shown(draft, eu_editor) -> str:
    """What the editor is shown of the draft."""
    return eu_editor.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])).text


def test_a_drafts_notice_opens_for_who_was_shown_it(shown, eu_editor):
    (address,) = notices(shown)
    answer = eu_editor.get(address)
    assert f'href="{EVIL}"' in answer.text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("username", ["", "us-editor", "eu-legal", "admin"])
def test_a_drafts_notice_opens_for_nobody_else(shown, username):
    (address,) = notices(shown)
    browser = signed_in(username) if username else Client()
    answer = browser.get(address)
    assert answer.status_code == 404
    assert "evil.test" not in answer.text


def test_a_drafts_notice_opens_for_minutes(shown, eu_editor, time_machine):
    (address,) = notices(shown)
    time_machine.move_to(timezone.now() + timedelta(minutes=14))
    assert eu_editor.get(address).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    assert eu_editor.get(address).status_code == 404


def test_a_drafts_notice_is_gone_with_the_session(shown, eu_editor):
    (address,) = notices(shown)
    eu_editor.logout()
    assert eu_editor.get(address).status_code == 404


def previews(page, administrator) -> list[str]:
    """Give what every screen that shows `page` as a draft shows."""
    revision = page.latest_revision_id
    routes = [
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("region_gate_findings_panel", args=[page.pk]),
    ]
    workflow = page.get_workflow().start(page, signed_in("eu-editor").get("/admin/").wsgi_request.user)
    task = workflow.current_task_state
    routes += [
        reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, task.task_id]),
        reverse("review", args=[task.pk]),
    ]
    return [administrator.get(route).text for route in routes]


def test_no_screen_that_shows_a_draft_signs_for_visitors(draft, administrator, client):
    found = [address for html in previews(draft, administrator) for address in notices(html)]
    assert len(found) >= 5
    for address in found:
        assert client.get(address).status_code == 404
        assert administrator.get(address).status_code == 200


def test_a_preview_while_it_is_written_signs_for_its_writer(administrator, eu_editor, client, eu_home):
    request = administrator.get("/admin/").wsgi_request
    eu_home.intro = LINK
    (address,) = notices(eu_home.make_preview_request(request).text)
    assert administrator.get(address).status_code == 200
    assert eu_editor.get(address).status_code == client.get(address).status_code == 404


def test_what_nobody_asked_for_opens_for_nobody(eu_home, administrator, client):
    eu_home.intro = LINK
    (address,) = notices(eu_home.make_preview_request().text)
    assert administrator.get(address).status_code == client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["label", "notice"])
def test_a_snippets_preview_signs_for_its_writer(name, administrator, client):
    request = administrator.get("/admin/").wsgi_request
    thing = {"label": Label, "notice": Notice}[name].objects.first()
    if name == "label":
        say(thing, indication=LINK)
    html = thing.make_preview_request(request).text
    assert bool(notices(html)) is (name == "label")
    gated = LexborHTMLParser(html).css("[data-crossing][href*='/leaving/?']")
    for link in gated:
        assert client.get(link.attributes["href"]).status_code == 404
        assert administrator.get(link.attributes["href"]).status_code == 200


def test_what_is_live_signs_for_everybody(eu_home, client, eu_editor):
    eu_home.intro = LINK
    eu_home.save_revision().publish()
    (address,) = notices(client.get("/eu/").text)
    assert notices(eu_editor.get("/eu/").text) == [address]
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")
    assert "Cookie" not in client.get("/eu/").get("Vary", "")


def test_what_is_not_live_any_more_is_shown_to_nobody(eu_home, client):
    eu_home.intro = LINK
    eu_home.save_revision().publish()
    PageViewRestriction.objects.create(page=eu_home, restriction_type="login")
    assert notices(client.get("/eu/", follow=True).text) == []
    eu_home.unpublish()
    assert notices(client.get("/eu/").text) == []


@pytest.mark.parametrize(
    "address",
    [
        f"/eu/search/?q={EVIL}",
        f"/eu/nowhere/{quote(EVIL, '')}/",
        f"/eu/nowhere/?next={EVIL}",
        f"/_util/login/?next={EVIL}",
        f"/eu/?to={EVIL}",
        f"/leaving/?to={EVIL}&from=eu",
        f"/admin/login/?next={EVIL}",
    ],
)
def test_what_a_visitor_sends_is_never_signed(client, address):
    answer = client.get(address, headers={"Referer": EVIL}, follow=True)
    assert f"/leaving/?to={quote(EVIL, ':/')}" not in answer.text
    assert notices(answer.text) == []


def test_an_earlier_address_opens_while_a_live_page_leads_there(eu_home, client):
    assert client.get(earlier(EVIL)).status_code == 404
    eu_home.intro = LINK
    eu_home.save_revision().publish()
    link_index.record(eu_home)
    assert f'href="{EVIL}"' in client.get(earlier(EVIL)).text
    link_index.forget(eu_home)
    assert client.get(earlier(EVIL)).status_code == 404


def test_an_earlier_address_of_a_draft_opens_for_nobody(draft, eu_editor, client):
    assert eu_editor.get(earlier(EVIL)).status_code == client.get(earlier(EVIL)).status_code == 404


def test_an_earlier_address_of_our_own_opens(client):
    assert client.get(earlier("http://testserver/us/")).status_code == 200


@pytest.mark.parametrize(
    ("old_path", "target", "opens"),
    [
        ("/old/", EVIL, True),
        ("^/old/(.*)$", "https://evil.test/$1", False),
        ("^/old/(.*)$", "https://$1/", False),
        ("/old/", "https://evil.test/", False),
    ],
)
def test_an_earlier_address_opens_while_a_redirect_leads_there(client, old_path, target, opens):
    match = "regex" if old_path.startswith("^") else "exact"
    Redirect.objects.create(old_path=old_path, new_path=target, match=match)
    assert client.get(earlier(EVIL)).status_code == (200 if opens else 404)


def test_an_earlier_address_opens_while_a_label_in_force_leads_there(client):
    label = Label.objects.in_force(clock.today()).filter(region__code="eu").first()
    set_words([label], instructions_url=EVIL, instructions_document=None)
    assert client.get(earlier(EVIL)).status_code == 200
    QuerySet(Label).filter(pk=label.pk).update(live=False)
    assert client.get(earlier(EVIL)).status_code == 404


def test_a_live_page_that_signs_as_drafts_do_is_found(monkeypatch):
    from region_gate import draft_access, middleware

    monkeypatch.setattr(middleware, "loan_of", draft_access.loan_to)
    flaws = audit(["http://localhost/eu/therapies/liver-metastases-colorectal-cancer/"]).flaws
    assert {flaw.fault for flaw in flaws} == {AuditFault.WRONGLY_GATED, AuditFault.WRONG_WORDS}


def test_the_minutes_are_a_setting(settings):
    settings.REGION_GATE = {**settings.REGION_GATE, "DRAFT_MINUTES": 1}
    assert conf.draft_seconds() == 60


def test_a_request_of_a_visitor_is_on_no_loan():
    assert loan_of(RequestFactory().get("/")) is None
