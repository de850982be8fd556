"""Ways around the review and the guard that somebody found, each closed."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import GroupApprovalTask, Locale, Page, Revision, Workflow, WorkflowPage, WorkflowTask

from home.models import Region, StandardPage
from region_gate.models import Notice, Policy
from tests.conftest import signed_in
from tests.home.test_access import form
from tests.therapies.label_texts import label_of
from therapies.guard.label_check import UnlabelledError
from therapies.models import Label

from .conftest import approve, edit, fresh, loaded, submit, waiting, write

pytestmark = pytest.mark.django_db
YES = {"approve": "1", "approve-comment": ""}


def send(thing, by: str):
    """Have a draft wait that `by` wrote and sent; return the step."""
    person = get_user_model().objects.get(username=by)
    thing.save_revision(user=person)
    thing.get_workflow().start(thing, person)
    return type(thing).objects.get(pk=thing.pk).current_workflow_task_state


def action(thing, name: str, step) -> str:
    return reverse(thing.snippet_viewset.get_url_name("workflow_action"), args=[thing.pk, name, step.pk])


def add_below(parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["home", "standardpage", parent.pk])


@pytest.fixture
def ca_home() -> Page:
    """The home page of the region in which the product is not approved."""
    return Region.objects.get(code="ca").home_pages.get(locale__language_code="en")


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_another_regions_step_is_not_decided_under_a_label_of_ones_own(eu_legal, act):
    own = Label.objects.filter(region__code="eu").first()
    send(own, "admin")
    theirs = Label.objects.filter(region__code="us").first()
    step = send(theirs, "us-legal")
    eu_legal.post(action(own, act, step), {"comment": "No."})
    step.refresh_from_db()
    assert step.status == step.STATUS_IN_PROGRESS


def test_another_kind_of_task_approves_nothing(administrator, about):
    task, flow = GroupApprovalTask.objects.create(name="Q"), Workflow.objects.create(name="Q")
    WorkflowTask.objects.create(workflow=flow, task=task)
    WorkflowPage.objects.create(workflow=flow, page=about.page_ptr)
    submit(administrator, about, "By myself")
    decide = reverse("wagtailadmin_pages:workflow_action", args=[about.pk, "approve", waiting(about).pk])
    administrator.post(decide, {"comment": ""}, headers={"Referer": "http://testserver/admin/"})
    assert fresh(about).title == "About us"


def test_one_does_not_approve_what_was_taken_up_again_from_oneself(administrator, eu_editor, eu_legal, about):
    write(administrator, about, "The administrator's words")
    old = fresh(about).latest_revision_id
    submit(eu_editor, about, "The editor's words")
    approve(eu_legal, about)
    again = {"revision": str(old), "action-submit": "1"}
    eu_editor.post(edit(about), form("The administrator's words", slug=about.slug, **again))
    approve(administrator, about, "EU-2026-002")
    assert fresh(about).title == "The editor's words"


def test_one_does_not_approve_the_translation_of_ones_own_words(administrator, eu_editor, eu_home):
    administrator.post(add_below(eu_home), form("The administrator's words"))
    page = StandardPage.objects.get(slug="a-new-page")
    german = Locale.objects.get(language_code="de")
    translate = reverse("simple_translation:submit_page_translation", args=[page.pk])
    eu_editor.post(translate, {"locales": [german.pk]})
    translation = StandardPage.objects.get(locale=german, translation_key=page.translation_key)
    submit(eu_editor, translation, "The administrator's words")
    approve(administrator, translation)
    assert not fresh(translation).live


def test_a_page_is_no_alias_in_another_region(administrator, about, ca_home):
    posted = {"new_title": "x", "new_slug": "spread", "new_parent_page": ca_home.pk, "alias": "on"}
    copy = reverse("wagtailadmin_pages:copy", args=[about.pk])
    administrator.post(copy, posted, headers={"Referer": "http://testserver/admin/"})
    assert not Page.objects.filter(slug="spread").exists()


def test_an_alias_goes_live_with_its_page_and_keeps_it_from_nothing(
    administrator, eu_editor, eu_legal, eu_home
):
    eu_editor.post(add_below(eu_home), form("Shown twice", slug="shown-twice"))
    page = StandardPage.objects.get(slug="shown-twice")
    posted = {"new_title": "x", "new_slug": "again", "new_parent_page": eu_home.pk, "alias": "on"}
    administrator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), posted)
    alias = StandardPage.objects.get(slug="again")
    assert not alias.live
    submit(eu_editor, page, "Shown twice")
    approve(eu_legal, page)
    assert (fresh(page).live, fresh(alias).live) == (True, True)
    assert fresh(alias).live_revision.approval.code == "EU-2026-001"


def test_an_alias_that_was_moved_to_another_region_does_not_go_live_there(
    administrator, eu_editor, eu_legal, eu_home, ca_home
):
    eu_editor.post(add_below(eu_home), form("Shown twice", slug="shown-twice"))
    page = StandardPage.objects.get(slug="shown-twice")
    alias = page.create_alias(update_slug="again")
    alias.move(ca_home, pos="last-child")
    submit(eu_editor, page, "Shown twice")
    approve(eu_legal, page)
    assert not fresh(alias).live


def test_a_draft_does_not_take_live_pages_to_another_address(ca_home, client):
    editor, legal = signed_in("ca-editor"), signed_in("ca-legal")
    editor.post(add_below(ca_home), form("Parent"))
    parent = StandardPage.objects.get(slug="a-new-page")
    editor.post(add_below(parent), form("Child", slug="child", **{"action-submit": "1"}))
    approve(legal, StandardPage.objects.get(slug="child"))
    assert client.get("/ca/a-new-page/child/").status_code == 200
    editor.post(edit(parent), form("Parent", slug="another"), headers={"Referer": "http://testserver/admin/"})
    assert client.get("/ca/another/child/").status_code == 404
    parent.refresh_from_db()
    parent.slug = "sir-spheres"
    with pytest.raises(UnlabelledError):
        parent.save()


def test_a_name_in_the_name_of_a_file_is_found():
    ca = Region.objects.get(code="ca")
    document = get_document_model().objects.create(
        title="L", collection=ca.collection, file=ContentFile(b"x", "SIR-Spheres.txt")
    )
    page = StandardPage.objects.get(url_path="/regions/ca/about/")
    page.intro = f'<p><a linktype="document" id="{document.pk}">L</a></p>'
    with pytest.raises(UnlabelledError, match="SIR-Spheres"):
        page.save_revision().publish()


def test_a_name_in_what_all_pages_of_a_region_show_is_found():
    region = Region.objects.get(code="ca")
    region.organisation = "SIR-Spheres Canada"
    with pytest.raises(UnlabelledError):
        region.save()
    eu = Region.objects.get(code="eu")
    eu.organisation = "SIR-Spheres Europe"
    eu.save()


def test_a_label_is_not_handed_to_another_region_by_the_one_it_leaves(eu_legal):
    label = Label.objects.get(region__code="eu")
    label.region = Region.objects.get(code="ca")
    step = send(label, "admin")
    eu_legal.post(reverse("review", args=[step.pk]), YES, headers={"Referer": "http://testserver/admin/"})
    assert Label.objects.get(pk=label.pk).region.code == "eu"


def test_an_older_draft_with_an_empty_field_does_not_become_the_draft(administrator):
    notice = Notice.objects.filter(region="", locale=Locale.get_default()).first()
    draft = notice.save_revision()
    address = reverse(Notice.snippet_viewset.get_url_name("revisions_revert"), args=[notice.pk, draft.pk])
    answer = administrator.post(address, {"heading": "", **loaded(notice)}, follow=True)
    assert "heading: This field cannot be blank." in answer.text
    assert Notice.objects.get(pk=notice.pk).latest_revision == draft


def test_a_regions_notice_is_for_its_own_legal_team():
    shipped = Notice.objects.filter(region="", locale=Locale.get_default()).first()
    notice = Notice(kind=shipped.kind, region="eu", heading="EU", body="B", locale=shipped.locale, live=False)
    notice.save()
    step = send(notice, "admin")
    signed_in("us-legal").post(reverse("review", args=[step.pk]), YES)
    assert not Notice.objects.get(pk=notice.pk).live
    signed_in("eu-legal").post(reverse("review", args=[step.pk]), YES)
    assert Notice.objects.get(pk=notice.pk).live


def test_a_policy_for_one_regions_pages_is_for_its_own_legal_team():
    policy = Policy(decision="blocked", host="bad.test", source="eu", reason="R", live=False)
    policy.save()
    step = send(policy, "admin")
    signed_in("us-legal").post(reverse("review", args=[step.pk]), YES)
    assert not Policy.objects.get(pk=policy.pk).live
    signed_in("eu-legal").post(reverse("review", args=[step.pk]), YES)
    assert Policy.objects.get(pk=policy.pk).live


def test_an_editor_reads_no_draft_of_another_regions_label(eu_editor):
    us = Label.objects.filter(region__code="us").first()
    draft = label_of(us.region, "en", live=False, status="not approved", authority="Not yet public")
    draft.save()
    inspect = reverse(Label.snippet_viewset.get_url_name("inspect"), args=[draft.pk])
    assert "Not yet public" not in eu_editor.get(inspect).text
    assert "Not yet public" in signed_in("us-editor").get(inspect).text


def test_what_is_scheduled_goes_live_as_it_was_approved(eu_editor, eu_legal, eu_home, client):
    eu_editor.post(add_below(eu_home), form("Later"))
    page = StandardPage.objects.get(slug="a-new-page")
    day = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    write(eu_editor, page, "Later", go_live_at=day, **{"action-submit": "1"})
    approve(eu_legal, page)
    assert client.get("/eu/a-new-page/").status_code == 404
    past = timezone.now() - timedelta(minutes=1)
    scheduled = fresh(page).scheduled_revision
    content = {**scheduled.content, "go_live_at": None}
    Revision.objects.filter(pk=scheduled.pk).update(content=content, approved_go_live_at=past)
    call_command("publish_scheduled")
    assert client.get("/eu/a-new-page/").status_code == 200
