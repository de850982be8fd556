"""Who may do what with notices, tried by direct requests; and what a change does for visitors."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale, ModelLogEntry, Revision, Task, Workflow, WorkflowState

from region_gate import conf
from region_gate.links.destinations import DestinationKind
from region_gate.links.signing import SignedCrossing, gate_address
from region_gate.models import Notice, NoticeVersion
from region_gate.notices.texts import shipped
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
THIRD = DestinationKind.THIRD_PARTY
FORM = {
    "kind": "third-party",
    "region": "",
    "heading": "Forged",
    "body": "Forged.",
    "continue_label": "Forged",
    "comment": "",
    "new_title": "Forged",
    "locales": ["1", "2", "3"],
    "go_live_at": "2020-01-01",
}
PUBLISH, SUBMIT = {"action-publish": "1"}, {"action-submit": "1"}
ASKS_ONLY = {"confirm_workflow_cancellation", "bulk delete"}  # without the words, and without a way on
VIEWSET = "wagtailsnippets_region_gate_notice"


def english() -> Notice:
    return Notice.objects.get(kind=THIRD.value, region="", locale__language_code="en")


def state() -> list:
    """Return all that a person could change about notices."""
    ours = {"content_type": ContentType.objects.get_for_model(Notice)}
    return [
        list(rows.order_by("pk").values_list())
        for rows in (
            Notice.objects.all(),
            NoticeVersion.objects.all(),
            Revision.objects.filter(**ours),
            ModelLogEntry.objects.filter(**ours),
            WorkflowState.objects.all(),
            Workflow.objects.all(),
            Task.objects.all(),
        )
    ]


def words(browser, path: str = "/leaving/") -> str:
    """Return what a visitor reads before a link to a third party."""
    page = browser.get(gate_address(path, SignedCrossing("https://evil.test/", "eu"), conf.keys()))
    (notice,) = LexborHTMLParser(page.text).css("[data-notice]")
    return "\n\n".join(part.text() for part in notice.css("h1, p")) + "\n"


def address(name: str, *args: object) -> str:
    return reverse(f"{VIEWSET}:{name}", args=args)


def submitted(browser) -> Notice:
    """Return the English notice with a change that waits for its review."""
    browser.post(address("edit", english().pk), {**FORM, "heading": "Submitted"} | SUBMIT)
    notice = english()
    assert notice.current_workflow_task_state
    return notice


def routes(notice: Notice) -> dict[str, str]:
    """Return the address of every route to notices, by name."""
    task = notice.current_workflow_task_state
    fillings = (
        [],
        [notice.pk],
        [notice.pk, notice.latest_revision_id],
        [notice.pk, "earliest", "latest"],
        [notice.pk, task.workflow_state_id],
        [notice.pk, "approve", task.pk],
        [notice.pk, task.task_id],
    )
    names = {pattern.name for pattern in Notice.snippet_viewset.get_urlpatterns()}
    return {name: next(_reversed(name, fillings)) for name in names} | {
        "bulk delete": reverse("wagtail_bulk_action", args=["region_gate", "notice", "delete"])
        + f"?id={notice.pk}",
        "translate": reverse(
            "simple_translation:submit_snippet_translation", args=["region_gate", "notice", notice.pk]
        ),
    }


def _reversed(name: str, fillings):
    for args in fillings:
        try:
            yield address(name, *args)
        except NoReverseMatch:
            continue


def test_every_route_to_notices_is_tried(eu_legal):
    found = routes(submitted(eu_legal))
    assert {
        *("add", "copy", "edit", "delete", "unpublish", "history", "usage", "preview_on_edit", "record"),
        *("revisions_revert", "revisions_compare", "revisions_unschedule", "lock", "unlock"),
        *("workflow_action", "confirm_workflow_cancellation", "bulk delete", "translate"),
    } <= found.keys()


def test_the_editor_is_refused_on_every_route(eu_editor, eu_legal, client):
    notice = submitted(eu_legal)
    before = state()
    for name, route in routes(notice).items():
        for values in ({}, FORM, FORM | PUBLISH, FORM | SUBMIT):
            answers = [eu_editor.post(route, values), eu_editor.get(route, values)]
            for answer in answers:
                assert answer.status_code in (302, 403, 404, 405) or name in ASKS_ONLY, name
                assert "Forged" not in answer.text
            assert state() == before, name
    assert words(client) == shipped(THIRD).text


@pytest.mark.parametrize("path", ["/admin/", "/admin/reports/locked/"])
def test_the_editor_sees_no_way_there(eu_editor, path):
    assert "/admin/snippets/region_gate/notice/" not in eu_editor.get(path).text


@pytest.mark.parametrize("route", ["delete", "unpublish", "bulk delete", "translate", "revisions_unschedule"])
def test_legal_cannot_take_a_notice_down_alone(eu_legal, client, route):
    notice = submitted(eu_legal)
    before = state()
    answer = eu_legal.post(routes(notice)[route], FORM)
    assert answer.status_code in (302, 403)
    assert state() == before
    assert words(client) == shipped(THIRD).text


@pytest.mark.parametrize("more", [PUBLISH, {"go_live_at": "2020-01-01 00:00"} | PUBLISH, {}])
@pytest.mark.parametrize("route", ["edit", "revisions_revert"])
def test_legal_drafts_but_does_not_publish_past_the_review(eu_legal, client, route, more):
    notice = submitted(eu_legal)
    eu_legal.post(routes(notice)[route], FORM | more)
    assert english().live_revision is None
    assert NoticeVersion.objects.shown(THIRD, "eu", "en") == shipped(THIRD)
    assert words(client) == shipped(THIRD).text


@pytest.mark.parametrize("route", ["add", "copy"])
def test_legal_adds_drafts_only(eu_legal, client, route):
    notice = submitted(eu_legal)
    eu_legal.post(routes(notice)[route], FORM | {"region": "eu"} | PUBLISH)
    added = Notice.objects.filter(region="eu")
    assert not added.filter(live=True).exists()
    assert words(client) == shipped(THIRD).text


def test_approving_publishes_with_the_approver_on_record(eu_legal, client):
    notice = submitted(signed_in("us-legal"))
    assert words(client) == shipped(THIRD).text
    approve = address("workflow_action", notice.pk, "approve", notice.current_workflow_task_state.pk)
    for approver in (eu_legal, signed_in("ca-legal")):
        assert words(client) == shipped(THIRD).text
        approver.post(approve, {"comment": ""})
    assert words(client) == "Submitted\n\nForged.\n"
    version = NoticeVersion.objects.in_force().get(kind=THIRD.value, region="", language="en")
    assert version.approved_by == "eu-legal, ca-legal"
    assert version.revision == english().live_revision_id


def test_rejecting_changes_nothing_for_visitors(eu_legal, client):
    notice = submitted(eu_legal)
    reject = address("workflow_action", notice.pk, "reject", notice.current_workflow_task_state.pk)
    eu_legal.post(reject, {"comment": "No"})
    assert words(client) == shipped(THIRD).text


def test_an_administrator_who_approves_is_named(eu_legal, administrator):
    notice = submitted(eu_legal)
    approve = address("workflow_action", notice.pk, "approve", notice.current_workflow_task_state.pk)
    for approver in (administrator, signed_in("us-legal")):
        approver.post(approve, {"comment": ""})
    assert NoticeVersion.objects.latest("pk").approved_by == "admin, us-legal"


def test_an_administrator_translates_into_a_draft(administrator, client):
    Notice.objects.filter(locale__language_code="de").delete()
    german = Locale.objects.get(language_code="de")
    route = reverse(
        "simple_translation:submit_snippet_translation", args=["region_gate", "notice", english().pk]
    )
    administrator.post(route, {"locales": [german.pk]})
    assert not Notice.objects.get(kind=THIRD.value, locale=german).live
    assert words(client, "/de/leaving/") == shipped(THIRD).text


@pytest.mark.usefixtures("one_person_may")
def test_a_copy_that_differs_from_the_shipped_english_is_marked_with_where(eu_legal, administrator):
    listing = address("list")
    assert "Differs from the shipped" not in eu_legal.get(listing).text
    body = "\n\n".join(shipped(THIRD).paragraphs).replace("who is solely", "that is <solely>")
    changed = FORM | {"heading": "Now leaving", "body": body, "continue_label": "Continue"} | PUBLISH
    administrator.post(address("edit", english().pk), changed)
    for page in (eu_legal.get(listing), eu_legal.get(address("edit", english().pk))):
        found = LexborHTMLParser(page.text)
        assert [part.text() for part in found.css(".gate-differences dt")] == ["Paragraphs"]
        (removed,) = found.css(".gate-differences dd del")
        added, bracket, *_ = found.css(".gate-differences dd ins")
        assert removed.text() == "Removed: who End of what was removed. "
        assert added.text() == "Added: that End of what was added. "
        assert "&lt;" in str(bracket.html)


def test_translations_are_not_compared(eu_legal):
    found = LexborHTMLParser(eu_legal.get(address("list")).text)
    told = [" ".join(cell.text().split()) for cell in found.css("td.gate-wording")]
    assert sorted(told) == ["As shipped"] * 2 + ["Translation, not compared"] * 4


def test_an_unchanged_notice_has_no_differences_in_its_form(eu_legal):
    assert "gate-differences" not in eu_legal.get(address("edit", english().pk)).text
