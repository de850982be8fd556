"""A visitor writes to a region's team: without a cookie, in their language, and nothing typed is lost."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from enquiries.models import MAX_MESSAGE, Enquiry
from enquiries.tickets import LONGEST
from home.models import RegionHomePage

from .conftest import FILLED, FORM, WORDS, post, ticket_in

pytestmark = pytest.mark.django_db
SENT = "/eu/contact-form/sent/"


def errors_of(page) -> list[str]:
    found = LexborHTMLParser(page.text).css(".form-errors li")
    return [one.text(strip=True) for one in found]


def test_a_message_is_kept_once_with_what_was_agreed_to(send, eu):
    answer = send()
    assert (answer.status_code, answer["Location"]) == (302, SENT)
    kept = Enquiry.objects.get()
    assert (kept.region, kept.language, kept.message) == (eu, "en", WORDS)
    assert (kept.email, kept.name, kept.role, kept.subject) == (
        "patient@example.org",
        "Pat Ient",
        "patient",
        "treatment",
    )
    assert "It is deleted after 180 days." in kept.consent
    assert "<" not in kept.consent


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_form_speaks_each_language_of_its_region(send, client, language):
    address = f"/{language}{FORM}"
    assert f'lang="{language}"' in client.get(address).text
    answer = send(address)
    assert answer["Location"] == f"/{language}{SENT}"
    assert Enquiry.objects.get().language == language


def test_neither_form_nor_thanks_sets_a_cookie_or_is_kept_by_caches(send, client):
    form = client.get(FORM)
    answer = send()
    thanks = client.get(answer["Location"])
    assert not client.cookies
    assert not form.has_header("Vary")
    assert form["Cache-Control"] == "private, no-cache"
    assert "default-src 'none'" in form["Content-Security-Policy"]
    assert "unsafe" not in form["Content-Security-Policy"]
    assert "What happens next" in thanks.text


def test_the_form_is_made_anew_for_each_with_the_pages_cache_on(client, settings):
    settings.PAGE_CACHE = True
    assert ticket_in(client.get(FORM)) != ticket_in(client.get(FORM))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("subject", "", "Choose what it is about."),
        ("message", "  ", "Write your message."),
        ("message", "x" * (MAX_MESSAGE + 1), "Your message may have 4000 characters. It has 4001."),
        ("email", "", "Give your e-mail address, so that we can answer."),
        ("email", "pat", "This is no e-mail address. Write it as in name@example.com."),
        ("consent", "", "We may read your message only if you agree."),
    ],
)
def test_what_is_missing_is_said_at_the_top_and_at_its_field(send, field, value, told):
    answer = send(**{field: value})
    assert answer.status_code == 422
    assert answer["Cache-Control"] == "private, no-store"
    assert errors_of(answer) == [told]
    page = LexborHTMLParser(answer.text)
    target = page.css_first(".form-errors li a").attributes["href"]
    assert page.css_first(target) is not None
    assert page.css_first("title").text().startswith("Error:")
    assert page.css_first(f"#enquiry-{field}_error").text(strip=True).endswith(told)
    assert not Enquiry.objects.exists()


def test_all_that_was_typed_is_still_there(send):
    page = LexborHTMLParser(send(email="pat").text)
    assert page.css_first("textarea").text() == f"\n{WORDS}" or page.css_first("textarea").text() == WORDS
    assert page.css_first("[name=email]").attributes["value"] == "pat"
    assert page.css_first("[name=name]").attributes["value"] == "Pat Ient"
    assert [one.attributes["value"] for one in page.css("[type=radio][checked]")] == ["treatment", "patient"]
    assert page.css_first("[name=consent][checked]") is not None


def test_fields_say_what_they_are_to_browsers_and_screen_readers(client):
    page = LexborHTMLParser(client.get(FORM).text)
    email = page.css_first("[name=email]").attributes
    assert (email["type"], email["autocomplete"], email["inputmode"]) == ("email", "email", "email")
    assert page.css_first("[name=name]").attributes["autocomplete"] == "name"
    for field in page.css("input[aria-describedby], textarea[aria-describedby]"):
        for name in field.attributes["aria-describedby"].split():
            assert page.css_first(f"#{name}") is not None
    assert "maxlength" not in page.css_first("textarea").attributes
    labelled = {one.attributes["for"] for one in page.css("main label")}
    shown = page.css("main input:not([type=hidden]), main textarea")
    assert {one.attributes["id"] for one in shown} <= labelled


def test_a_form_that_is_sent_twice_is_kept_once(client, send):
    ticket = ticket_in(client.get(FORM))
    first, second = send(ticket=ticket), send(ticket=ticket)
    assert first["Location"] == second["Location"] == SENT
    assert Enquiry.objects.count() == 1


def test_what_comes_too_soon_is_sent_again_by_the_same_form(send, client):
    answer = send(after=1)
    assert errors_of(answer) == ["That was very quick. Please look at your message once more, then send it."]
    assert send(ticket=ticket_in(answer))["Location"] == SENT


def test_a_form_of_yesterday_is_renewed_and_loses_nothing(send):
    answer = send(after=LONGEST + 60)
    assert "open for more than a day" in errors_of(answer)[0]
    assert WORDS in answer.text
    assert send(ticket=ticket_in(answer))["Location"] == SENT


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "\x00"])
def test_without_a_ticket_of_ours_nothing_is_kept(send, ticket):
    answer = send(ticket=ticket)
    assert answer.status_code == 422
    assert errors_of(answer)
    assert not Enquiry.objects.exists()


def test_a_ticket_serves_its_own_region_only(send, client):
    ticket = ticket_in(client.get("/us/contact-form/"))
    assert "could not be recognised" in errors_of(send(ticket=ticket))[0]
    assert not Enquiry.objects.exists()


def test_a_field_that_nobody_sees_catches_programs_and_loses_no_message(send):
    answer = send(website="https://spam.example")
    assert "field that nobody sees" in errors_of(answer)[0]
    assert WORDS in answer.text
    assert "spam.example" not in answer.text
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, 302),
        ({"sec-fetch-site": "cross-site", "origin": "https://evil.test"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "https://other.example.com"}, 403),
        ({"origin": "https://evil.test"}, 403),
        ({"origin": "http://testserver"}, 302),
        ({"origin": "null"}, 302),
        ({}, 302),
    ],
)
def test_other_sites_send_nothing_by_a_visitor(client, clock, headers, status):
    browser = Client(enforce_csrf_checks=True)
    ticket = ticket_in(browser.get(FORM))
    clock.shift(30)
    answer = post(browser, {**FILLED, "ticket": ticket}, headers=headers)
    assert answer.status_code == status
    assert Enquiry.objects.exists() is (status == 302)


def test_files_are_not_taken(client):
    assert client.post(FORM, FILLED).status_code == 400  # as multipart/form-data
    assert not Enquiry.objects.exists()


def test_other_addresses_still_ask_for_djangos_token():
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/eu/", {}).status_code == 403


def test_every_page_leads_to_the_form(client):
    for address in ("/eu/", "/eu/about/", "/eu/contact/"):
        assert f'href="{FORM}"' in client.get(address).text


def test_the_form_says_first_how_to_report_a_side_effect(client):
    page = LexborHTMLParser(client.get(FORM).text)
    told = page.css_first(".form-reporting")
    assert "Sample authority (Germany)" in told.text()
    assert len(told.css("details")) == 10
    before = page.html.index("form-reporting"), page.html.index("<textarea")
    assert before[0] < before[1]
    assert "Nobody watches this form around the clock" in page.html


def test_the_privacy_notice_is_named_where_there_is_one(client, eu_home):
    assert LexborHTMLParser(client.get(FORM).text).css('form a[href="/eu/privacy/"]')
    Page.objects.child_of(eu_home).filter(slug="privacy").update(live=False)
    assert not LexborHTMLParser(client.get(FORM).text).css('form a[href="/eu/privacy/"]')


def test_a_region_that_has_only_just_gone_live_has_a_form(client):
    for home in RegionHomePage.objects.live():
        assert client.get(f"{home.get_url()}contact-form/").status_code == 200
