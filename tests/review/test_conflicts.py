"""A save over a newer draft than the one that was loaded: refused, shown, and nothing lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Revision

from region_gate.models import Notice, Policy
from tests.conftest import signed_in
from tests.home.test_access import form
from therapies.models import Label, Product, Statement

from .conftest import edit, fresh, loaded, submit, write

pytestmark = pytest.mark.django_db

REFUSED = "Not saved: there is a newer draft"
JSON = {"Accept": "application/json"}


@pytest.fixture
def colleague(eu_editor, django_user_model, eu) -> Client:
    """A browser in which a second European editor is signed in."""
    editor = django_user_model.objects.get(username="eu-editor")
    other = django_user_model.objects.create_user("eu-colleague", password=None)
    other.groups.set(editor.groups.all())
    return signed_in("eu-colleague")


def drafts(thing) -> list[tuple]:
    kept = Revision.objects.for_instance(thing).order_by("pk")
    return list(kept.values_list("pk", "user", "created_at", "object_str"))


BUTTONS = ["", "action-submit", "action-publish", "action-cancel-workflow", "action-restart-workflow"]


@pytest.mark.parametrize("button", BUTTONS)
def test_a_save_over_a_colleagues_draft_is_refused_whatever_the_button(eu_editor, colleague, about, button):
    opened = loaded(about)
    is_sent = button == "action-cancel-workflow"  # which is for what is in review alone
    (submit if is_sent else write)(colleague, about, "About the colleague")
    before = drafts(about)
    more = {button: "1"} if button else {}
    answer = write(eu_editor, about, "About my own words", **{**opened, **more})
    assert answer.status_code == 409
    assert REFUSED in answer.text
    assert drafts(about) == before
    assert (fresh(about).current_workflow_state is not None) == is_sent


def test_the_persons_words_come_back_beside_what_differs_and_who_wrote_it(eu_editor, colleague, about):
    opened = loaded(about)
    write(colleague, about, "About the colleague")
    text = write(eu_editor, about, "About my own words", **opened).text
    assert 'value="About my own words"' in text
    assert "eu-colleague saved a newer draft on" in text
    assert re.search(r"<del>.*the colleague", text, re.S)
    assert re.search(r"<ins>.*my own words", text, re.S)
    assert edit(about) in text


def hidden(text: str) -> dict[str, str]:
    """Return what the refused form sends besides the fields, its box ticked."""
    names = ("loaded_revision_id", "loaded_revision_created_at", "refused_save", "seen_draft")
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in names}


def test_having_seen_it_one_may_save_over_it(eu_editor, colleague, about):
    opened = loaded(about)
    write(colleague, about, "About the colleague")
    sent = hidden(write(eu_editor, about, "Mine", **opened).text)
    unseen = {name: value for name, value in sent.items() if name != "seen_draft"}
    assert write(eu_editor, about, "Mine", **unseen).status_code == 409
    write(colleague, about, "Newer still")
    assert write(eu_editor, about, "Mine", **sent).status_code == 409
    sent = hidden(write(eu_editor, about, "Mine", **opened).text)
    assert write(eu_editor, about, "Mine", **sent).status_code == 302
    assert fresh(about).draft_title == "Mine"


def test_autosave_after_a_refusal_is_refused_too(eu_editor, colleague, about):
    opened = loaded(about)
    write(colleague, about, "About the colleague")
    sent = hidden(write(eu_editor, about, "Mine", **opened).text) | {"seen_draft": ""}
    answer = eu_editor.post(edit(about), form("Mine", slug=about.slug, **sent), headers=JSON)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert fresh(about).draft_title == "About the colleague"


def test_ones_own_second_tab_is_told(eu_editor, about):
    opened = loaded(about)
    write(eu_editor, about, "The first tab")
    assert write(eu_editor, about, "The second tab", **opened).status_code == 409


def test_a_draft_that_autosave_wrote_over_since_is_newer(eu_editor, about):
    write(eu_editor, about, "First")
    opened = loaded(about)
    over = form("First, more", slug=about.slug, overwrite_revision_id=opened["loaded_revision_id"])
    assert eu_editor.post(edit(about), over, headers=JSON).json()["success"]
    assert write(eu_editor, about, "Another tab", **opened).status_code == 409


def test_nobody_names_anothers_draft_as_their_own_autosave(eu_editor, colleague, about):
    write(colleague, about, "About the colleague")
    latest = str(fresh(about).latest_revision_id)
    sent = form("Mine", slug=about.slug, overwrite_revision_id=latest, **{"action-submit": "1"})
    assert eu_editor.post(edit(about), sent).status_code == 409


@pytest.mark.parametrize("number", ["", "0", "x", "²", "9" * 30])
def test_a_request_that_names_no_draft_of_the_page_passes_over_nobodys(eu_editor, colleague, about, number):
    write(colleague, about, "About the colleague")
    assert write(eu_editor, about, "Mine", loaded_revision_id=number).status_code == 409
    assert fresh(about).draft_title == "About the colleague"


def test_a_request_that_names_no_draft_may_go_on_with_ones_own(eu_editor, about):
    for title in ("First", "Second"):
        assert eu_editor.post(edit(about), form(title, slug=about.slug)).status_code == 302
    assert fresh(about).draft_title == "Second"


def test_a_programs_draft_that_is_not_live_is_not_passed_over_either(eu_editor, about):
    about.title = "By a program"
    about.save_revision()
    assert eu_editor.post(edit(about), form("Mine", slug=about.slug)).status_code == 409


def test_a_comment_meanwhile_stops_nobody(eu_editor, colleague, about):
    fresh(about).save_revision(user=None)  # with all fields of its blocks, as the editor stores them
    opened = loaded(about)
    fresh(about).save_revision(user=None)
    assert write(eu_editor, about, "Mine", **opened).status_code == 302


def test_going_back_to_an_old_version_passes_over_no_newer_draft(eu_editor, colleague, about):
    write(eu_editor, about, "First")
    first = fresh(about).latest_revision_id
    opened = loaded(about)
    write(colleague, about, "About the colleague")
    address = reverse("wagtailadmin_pages:revisions_revert", args=[about.pk, first])
    answer = eu_editor.post(address, form("First", slug=about.slug, **opened))
    assert answer.status_code == 409
    assert address in answer.text
    assert fresh(about).draft_title == "About the colleague"


def values(thing) -> dict[str, str]:
    """Return what the form of a snippet sends, unchanged but for what the caller adds."""
    address = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    bound = signed_in("admin").get(address).context["form"]
    lists = [form for one in bound.formsets.values() for form in (one.management_form, *one.forms)]
    shown = {
        form.add_prefix(name): field.widget.format_value(form[name].value())
        for form in (bound, *lists)
        for name, field in form.fields.items()
    }
    first = {name: value[0] if isinstance(value, list) else value for name, value in shown.items()}
    return {name: "" if value in (None, False, "None") else str(value) for name, value in first.items()}


SNIPPETS = [(Label, "registration_number"), (Product, "maker"), (Notice, "heading"), (Policy, "reason")]


@pytest.mark.parametrize(("model", "field"), SNIPPETS, ids=[model.__name__ for model, _ in SNIPPETS])
@pytest.mark.parametrize("button", ["", "action-submit"])
def test_a_snippets_newer_draft_is_not_passed_over(administrator, django_user_model, model, field, button):
    locale = {"locale": Locale.get_default()} if hasattr(model, "locale") else {}
    thing = model.objects.filter(**locale).first()
    sent, opened = values(thing), loaded(thing)
    setattr(thing, field, "A colleague’s words")
    thing.save_revision(user=django_user_model.objects.get(username="eu-legal"))
    before = drafts(thing)
    address = reverse(model.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    mine = {**sent, **opened, field: "My own words", **({button: "1"} if button else {})}
    for post in (mine, {name: mine[name] for name in mine if name not in opened}):
        answer = administrator.post(address, post)
        assert answer.status_code == 409
        assert REFUSED in answer.text
        assert "My own words" in answer.text
        assert "eu-legal saved a newer draft on" in answer.text
    assert drafts(thing) == before
    assert administrator.post(address, {**mine, **hidden(answer.text)}).status_code == 302
    assert drafts(thing) != before


def posting(thing, words: str, **more: str) -> dict:
    """Return what the form of a label sends, with other words in a field, as it is shown now."""
    return {**values(thing), "registration_number": words, **more}


def autosave(client: Client, thing, sent: dict):
    address = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    return client.post(address, sent, headers=JSON).json()


def test_a_snippets_autosave_passes_over_no_newer_draft_of_another_session(administrator):
    """Of two sessions of one person, and of a request that says which draft it was loaded with."""
    label, other = Label.objects.first(), signed_in("admin")
    opened = {"loaded_revision_id": "", "loaded_revision_created_at": ""} | loaded(label)
    both = posting(label, "First", **opened), posting(label, "Second", **opened)
    first = autosave(administrator, label, both[0])
    assert first["success"]
    assert autosave(other, label, both[1])["error_code"] == "invalid_revision"
    mine = {"overwrite_revision_id": str(first["revision_id"])}
    assert autosave(administrator, label, posting(label, "First, more", **mine))["success"]
    assert autosave(other, label, posting(label, "Third", **opened))["error_code"] == "invalid_revision"
    label.refresh_from_db()
    assert label.get_latest_revision_as_object().registration_number == "First, more"


def test_what_was_opened_without_a_draft_passes_over_none(eu_editor, about):
    """Its form says so; a request that says nothing may go on with its sender's own."""
    write(eu_editor, about, "First")
    answer = eu_editor.post(edit(about), form("Second", slug=about.slug, loaded_revision_id=""))
    assert answer.status_code == 409


@pytest.mark.parametrize("model", [Label, Product, Notice, Policy, Statement])
def test_a_draft_says_which_one_it_is_whatever_is_saved_while_it_is_read(model, monkeypatch):
    thing = model.objects.first()
    thing.save_revision()
    read = Revision.as_object

    def read_meanwhile(revision):
        model.objects.get(pk=thing.pk).save_revision()
        return read(revision)

    thing = model.objects.get(pk=thing.pk)
    monkeypatch.setattr(Revision, "as_object", read_meanwhile)
    draft = thing.get_latest_revision_as_object()
    assert draft.latest_revision == thing.latest_revision
    assert draft.latest_revision != model.objects.get(pk=thing.pk).latest_revision
