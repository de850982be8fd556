"""The link dialog, URL fields and the findings panel, as an editor meets them."""

import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test import RequestFactory
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail import hooks
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.blocks import ListBlock, StreamBlock, StructBlock, URLBlock

from home.models import StandardPage
from region_gate.authoring import fields
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import DRAFT_SECTIONS, Section, sections_of
from region_gate.authoring.fields import AddressField
from region_gate.models import Policy
from tests.conftest import TOPIC
from therapies.models import Reference, TherapyPage

pytestmark = pytest.mark.django_db

EXTERNAL = "wagtailadmin_choose_page_external_link"


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A page of the European region that has no link that crosses."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def therapy(eu_home) -> TherapyPage:
    """The treatment page of the European region."""
    return TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def type_link(client, url: str, page=None, text: str = "here"):
    """Post the dialog's form, as from the editor of `page`."""
    referer = {"Referer": f"http://testserver{edit_address(page)}"} if page else {}
    values = {"external-link-chooser-url": url, "external-link-chooser-link_text": text}
    return client.post(reverse(EXTERNAL), values, headers=referer).json()


def refused(answer: dict) -> str:
    """Return the message that the dialog shows."""
    assert answer["step"] == "external_link"
    message = LexborHTMLParser(answer["html"]).css_first(".error-message")
    return " ".join(message.text().split())


def block(decision: str, host: str, **more: str) -> None:
    Policy.objects.create(decision=decision, host=host, reason="Legal says so.", live=True, **more)


def test_wagtails_forms_give_way_to_ours():
    assert reverse(EXTERNAL) == "/admin/links/external/"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.example.org", "https://www.example.org/"),
        (" //WWW.Example.org/a ", "https://www.example.org/a"),
        ("ｗｗｗ．example．org", "https://www.example.org/"),
        ("/eu/nothing/?q=a", "/eu/nothing/?q=a"),
        ("http://localhost/documents/9/a.pdf", "/documents/9/a.pdf"),
        ("#reference-1", "#reference-1"),
        ("www.example.org/?" + "a" * 3900, "https://www.example.org/?" + "a" * 3900),
    ],
)
def test_the_dialog_puts_an_address_right(eu_editor, about, typed, kept):
    answer = type_link(eu_editor, typed, about)
    assert (answer["step"], answer["result"]["url"]) == ("external_link_chosen", kept)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("javascript:alert(1)", "Visitors cannot be led to an address that starts with “javascript:”."),
        ("data:text/html,x", "starts with “data:”."),
        ("ftp://www.example.org", "Type one that starts with https://, mailto: or tel:."),
        ("https:evil.test", "Type two slashes after “https:”, as in https://evil.test."),
        (r"https:\\evil.test", r"Type / instead of \, as in https://evil.test."),
        ("https://exa mple.org", "No browser can read this address."),
        ("https://www.example.org/\x00", "Something in this address cannot be seen."),
        ("https://www.example.org/" + "a" * 4000, "longer than 4000 characters"),
        ("about", "Type the whole address"),
        ("info@example.org", "Choose “Email link”, or type mailto:info@example.org."),
        ("", "This field is required."),
    ],
)
def test_the_dialog_refuses_what_the_gate_would_block(eu_editor, about, typed, message):
    assert message in refused(type_link(eu_editor, typed, about))


def test_the_dialog_refuses_what_legal_has_blocked(eu_editor):
    block("blocked", "bad.test")
    block("homepage only", "shop.test")
    assert "Legal has blocked links to bad.test." in refused(type_link(eu_editor, "bad.test/a"))
    assert "Type https://shop.test/." in refused(type_link(eu_editor, "shop.test/a"))
    assert type_link(eu_editor, "shop.test")["result"]["url"] == "https://shop.test/"


def test_the_dialog_sees_an_address_from_the_region_of_the_page(eu_editor, about, eu_home, us_home):
    block("blocked", "bad.test", source="eu")
    assert "Legal has blocked" in refused(type_link(eu_editor, "bad.test", about))
    assert type_link(eu_editor, "bad.test")["step"] == "external_link_chosen"
    assert type_link(eu_editor, "bad.test", us_home)["step"] == "external_link_chosen"
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", eu_home.pk])
    values = {"external-link-chooser-url": "bad.test"}
    answer = eu_editor.post(reverse(EXTERNAL), values, headers={"Referer": f"http://testserver{add}"})
    assert "Legal has blocked" in refused(answer.json())


@pytest.mark.parametrize("referer", ["", "/admin/pages/99999/edit/", "http://[", "/nothing/", "\x00"])
def test_the_dialog_works_wherever_it_is_opened(eu_editor, referer):
    values = {"external-link-chooser-url": "example.org"}
    answer = eu_editor.post(reverse(EXTERNAL), values, headers={"Referer": referer})
    assert answer.json()["result"]["url"] == "https://example.org/"


@pytest.mark.parametrize("typed", ["/eu/about/", "http://localhost/eu/about/", "http://LOCALHOST/eu/about/"])
def test_an_address_of_a_page_of_ours_becomes_a_link_to_the_page(eu_editor, about, typed):
    assert type_link(eu_editor, typed, about)["result"]["id"] == about.pk


def test_a_page_of_ours_with_a_fragment_is_asked_about(eu_editor, about):
    answer = type_link(eu_editor, "/eu/about/#a", about)
    assert answer["step"] == "confirm_external_to_internal"


@pytest.mark.parametrize(
    ("name", "field", "typed", "url"),
    [
        ("email", "email_address", " mailto:info@example.org", "mailto:info@example.org"),
        ("phone", "phone_number", "tel:+49 (0)30/12-34", "tel:+49(0)30-12-34"),
        ("anchor", "url", "##reference-1", "#reference-1"),
    ],
)
def test_the_other_forms_take_a_prefix_too(eu_editor, name, field, typed, url):
    values = {f"{name}-link-chooser-{field}": typed}
    answer = eu_editor.post(reverse(f"wagtailadmin_choose_page_{name}_link"), values).json()
    assert answer["result"]["url"] == url


@pytest.mark.parametrize(
    ("name", "field", "typed", "message"),
    [
        ("email", "email_address", "javascript:x", "Enter a valid email address."),
        ("phone", "phone_number", "call us", "Type the number with its country code"),
        ("anchor", "url", "#", "This field is required."),
    ],
)
def test_the_other_forms_refuse_what_is_none(eu_editor, name, field, typed, message):
    values = {f"{name}-link-chooser-{field}": typed}
    answer = eu_editor.post(reverse(f"wagtailadmin_choose_page_{name}_link"), values).json()
    assert message in answer["html"]


@pytest.mark.parametrize("name", ["external", "email", "phone", "anchor"])
def test_the_forms_are_for_people_of_the_admin(client, name):
    assert client.get(reverse(f"wagtailadmin_choose_page_{name}_link")).status_code == 302


def add_reference(client, url: str):
    values = {"text": "Smith A. 2016.", "kind": "article", "year": "", "doi": "", "url": url}
    return client.post("/admin/snippets/therapies/reference/add/", values)


def test_a_reference_keeps_its_address_put_right(eu_editor):
    assert add_reference(eu_editor, " WWW.Example.org/a ").status_code == 302
    assert Reference.objects.get(text="Smith A. 2016.").url == "https://www.example.org/a"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("javascript:alert(1)", "starts with “javascript:”"),
        ("https:evil.test", "as in https://evil.test"),
        ("/eu/", "Type a web address"),
        ("https://bad.test/", "Legal has blocked links to bad.test"),
    ],
)
def test_a_reference_to_what_the_gate_would_block_is_refused(eu_editor, url, message):
    block("blocked", "bad.test")
    assert message in add_reference(eu_editor, url).text
    assert not Reference.objects.filter(text="Smith A. 2016.").exists()


def test_every_url_field_is_watched():
    found = [
        field
        for model in apps.get_models()
        if not model.__module__.startswith(("wagtail.", "django."))
        for field in model._meta.get_fields()
        if isinstance(field, models.URLField)
    ]
    assert Reference._meta.get_field("url") in found
    assert all(isinstance(formfield_for_dbfield(field), AddressField) for field in found)


def test_every_url_block_is_watched(monkeypatch):
    class Body(StreamBlock):
        plain = URLBlock(required=False, max_length=30, help_text="An address")
        listed = ListBlock(StructBlock([("address", URLBlock())]))

    body = Body()
    field = type("Field", (fields.StreamField,), {"stream_block": body})(Body)
    options = type("Options", (), {"get_fields": lambda _self: [field]})()
    monkeypatch.setattr(fields.apps, "get_models", lambda: [type("Model", (), {"_meta": options})])
    fields.watch_blocks()
    plain = body.child_blocks["plain"]
    listed = body.child_blocks["listed"].child_block.child_blocks["address"]
    assert plain.clean(" www.example.org") == "https://www.example.org/"
    assert (plain.clean(""), plain.field.help_text) == ("", "An address")
    long = "https://www.example.org/?" + "a" * 3900
    assert listed.clean(long) == long
    with pytest.raises(fields.ValidationError, match="longer than 4000 characters"):
        listed.clean(f"{long}{'a' * 200}")
    for wrong in (lambda: plain.clean("example.org/" + "a" * 30), lambda: listed.clean("javascript:x")):
        with pytest.raises(fields.ValidationError):
            wrong()


def save_draft(page: StandardPage, html: str) -> None:
    draft = page.get_latest_revision_as_object()
    draft.intro = html
    draft.save_revision()


def panel(client, page) -> LexborHTMLParser:
    """Return what the panel of the page's editor fetches."""
    html = LexborHTMLParser(client.get(edit_address(page)).text)
    (address,) = (node.attributes["src"] for node in html.css("[data-side-panel=findings] draft-findings"))
    return LexborHTMLParser(client.get(address).text).body


def told(node) -> str:
    return " ".join(node.text(separator=" ").split())


def test_the_panel_lists_the_crossings_of_the_treatment_page(eu_editor, therapy):
    shown = panel(eu_editor, therapy)
    _followed, _products, across, third = shown.css(".gate-links-group")
    assert "5 to another region" in told(across)  # four of them drawn: the topic there
    assert "You are now leaving your current region" in told(across)
    assert "/us/clinical-evidence/" in told(across.css_first(".gate-link-address"))
    assert "1 to a third party" in told(third)
    assert "Now leaving" in told(third)
    assert "https://doi.org/10.1200/JCO.2015.66.1181" in told(third.css_first(".gate-link-address"))
    assert not shown.css(".gate-links-group .gate-link-advice")
    assert "/regions/" not in shown.html


def test_the_panel_leads_to_the_notice_that_visitors_meet(eu_editor, therapy):
    previews = panel(eu_editor, therapy).css(".gate-link a[target=_blank]")
    notices = [eu_editor.get(link.attributes["href"]).text for link in previews]
    assert "You are now leaving your current region" in notices[0]
    assert "https://doi.org/10.1200/JCO.2015.66.1181" in notices[-1]


def test_the_panel_of_a_german_page_shows_the_german_words(eu_editor, therapy):
    german = therapy.get_translations().get(locale__language_code="de")
    shown = panel(eu_editor, german)
    words = shown.css(".gate-links-notice div")
    assert [node.attributes["lang"] for node in words] == ["de", "de"]
    assert "What visitors read first" in told(shown)
    notice = eu_editor.get(shown.css_first(".gate-link a").attributes["href"]).text
    assert told(words[0].css_first("strong")) in notice


def test_another_app_may_add_to_the_panel(eu_editor, about):
    class Products(Section):
        count = 3

        def render_html(self, parent_context=None):
            return f"Products of {self.draft.page.title}"

    with hooks.register_temporarily(DRAFT_SECTIONS, Products):
        assert "Products of About us" in told(panel(eu_editor, about))


def test_the_panel_tells_of_blocked_and_misleading_links_of_the_draft(eu_editor, about):
    block("blocked", "bad.test", source="eu")
    save_draft(
        about,
        '<p><a href="https://example.org/">www.ema.europa.eu</a>'
        '<a href="javascript:alert(1)">Run &lt;b&gt;</a> <a href="https://bad.test/a">bad</a>'
        '<a href="/eu/about/">www.sirtex.example</a></p>',
    )
    shown = panel(eu_editor, about)
    _followed, blocked, misleading, third = shown.css(".gate-links-group")
    assert "2 blocked" in told(blocked)
    assert [told(text) for text in blocked.css(".gate-link-text")] == ["Run <b>", "bad"]
    assert "starts with “javascript:”" in told(blocked)
    assert "Legal has blocked links to bad.test" in told(blocked)
    assert "The text looks like www.sirtex.example" in told(misleading)
    assert "The text looks like www.ema.europa.eu" in told(third)
    assert not shown.css("a[href^='javascript:']")


def test_the_panel_brings_its_styles(eu_editor, about):
    page = LexborHTMLParser(eu_editor.get(edit_address(about)).text)
    assert page.css("link[href$='region_gate/authoring.css']")


def counter(fetched):
    """Return the number on the panel's button, as it is replaced once the findings are there."""
    shown = LexborHTMLParser(fetched.html.replace("<template", "<div"))  # whose content is no part of a page
    return shown.css_first("[data-w-teleport-target-value*=findings] > [data-side-panel-toggle-counter]")


def test_the_panel_s_button_counts_what_needs_mending(eu_editor, about):
    assert "hidden" in counter(panel(eu_editor, about)).attributes
    save_draft(about, '<p><a href="ftp://example.org/">a</a> <a href="https://b.test/">www.a.test</a></p>')
    counted = counter(panel(eu_editor, about))
    assert "hidden" not in counted.attributes
    assert told(counted) == "2"
    answer = eu_editor.post(edit_address(about), form(about, "ftp://example.org/", title=""))
    button = "[data-side-panel-toggle=findings] [data-side-panel-toggle-counter]"
    assert told(LexborHTMLParser(answer.text).css_first(button)) == "2"


def form(page: StandardPage, href: str, **more: str) -> dict[str, str]:
    """Return what the editor's form sends, with a link pasted into the introduction."""
    block_ = {"key": "a", "text": "a link", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block_["entityRanges"] = [{"key": 0, "offset": 0, "length": 6}]
    entity = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": href}}}
    return {
        "title": page.title,
        "slug": page.slug,
        "intro": json.dumps({"blocks": [block_], "entityMap": entity}),
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **more,
    }


def test_a_pasted_link_is_saved_and_told_of_at_once(eu_editor, about):
    headers = {"Accept": "application/json"}
    answer = eu_editor.post(edit_address(about), form(about, "ftp://example.org/"), headers=headers).json()
    assert answer["success"]
    assert "starts with “ftp:”" in answer["html"]
    assert "1 blocked" in told(panel(eu_editor, about))


def test_sending_a_page_with_a_blocked_link_to_review_warns(eu_editor, about):
    sent = form(about, "ftp://example.org/", **{"action-submit": "1"})
    answer = eu_editor.post(edit_address(about), sent, follow=True)
    assert "1 link of this page is blocked" in answer.text
    assert about.workflow_states.exists()


def test_saving_or_sending_a_clean_page_does_not_warn(eu_editor, about):
    answer = eu_editor.post(edit_address(about), form(about, "ftp://example.org/"), follow=True)
    assert "of this page is blocked" not in answer.text
    sent = form(about, "https://example.org/", **{"action-submit": "1"})
    assert "of this page is blocked" not in eu_editor.post(edit_address(about), sent, follow=True).text


def test_a_new_page_has_a_panel_to_fill(eu_editor, eu_home):
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", eu_home.pk])
    shown = LexborHTMLParser(eu_editor.get(add).text).css_first("[data-side-panel=findings]")
    assert "Save the page as a draft" in told(shown)


def test_a_draft_that_cannot_be_shown_says_so(eu_editor, about, monkeypatch):
    monkeypatch.setattr(StandardPage, "make_preview_request", lambda *args: None)
    assert "cannot be shown yet" in told(panel(eu_editor, about))


def test_a_page_without_crossings_says_so(eu_editor, about):
    save_draft(about, '<p><a href="/eu/about/">About</a></p>')
    assert "No link of this draft leaves the region or the site." in told(panel(eu_editor, about))


def test_the_findings_stand_on_a_page_of_their_own_too(eu_editor, about):
    save_draft(about, '<p><a href="ftp://example.org/">a</a></p>')
    (link,) = LexborHTMLParser(eu_editor.get(edit_address(about)).text).css("draft-findings a")
    shown = LexborHTMLParser(eu_editor.get(link.attributes["href"]).text)
    assert "1 blocked" in told(shown.css_first("main"))
    assert shown.css(f'a[href="{edit_address(about)}"]')


def test_the_panel_is_for_those_who_may_edit_the_page(eu_editor, us_home):
    for page in (us_home, *us_home.get_descendants()):
        for name in ("wagtailadmin_pages:edit", "region_gate_findings", "region_gate_findings_panel"):
            assert eu_editor.get(reverse(name, args=[page.pk])).status_code == 302
    assert eu_editor.get(reverse("region_gate_findings_panel", args=[0])).status_code == 404


def test_the_panel_is_for_those_who_review_the_page(eu_editor, eu_legal, about):
    eu_editor.post(edit_address(about), form(about, "ftp://example.org/", **{"action-submit": "1"}))
    assert "1 blocked" in told(panel(eu_legal, about))


def test_every_app_says_what_it_has_to_say_in_a_section(about):
    request = RequestFactory().get("/")
    request.user = get_user_model().objects.get(username="eu-editor")
    sections = sections_of(Draft(about, request))
    held, down, reason, behind, due, products, *others, references, advice = (
        type(section).__name__ for section in sections
    )
    assert (held, down, reason) == ("HoldSection", "TakeDownSection", "ReasonSection")
    assert (behind, due) == ("CatchUpSection", "ReviewDueSection")
    assert (products, references) == ("ProductsSection", "ReferencesSection")
    assert advice == "AdviceSection"
    found = {"AdaptationSection", "LinksSection", "MissingSection", "OversightsSection", "RenameSection"}
    assert {*others} == {*found, "IncompleteSection", "TopicSection"}
    assert all(isinstance(section, Section) and isinstance(section.count, int) for section in sections)
