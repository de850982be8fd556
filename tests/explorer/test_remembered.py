"""What a page keeps while its editor is made."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage

from explorer.remembered import workflow_of
from tests.review.conftest import submit, write
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db


def test_the_workflow_is_wagtails(about, eu_home):
    """That of the page itself, else of the nearest page above it that has one in use."""
    pages = (about, eu_home, Page.objects.get(depth=1))
    assert all(workflow_of(page) == page.get_workflow() for page in pages)
    for is_active in (True, False):
        own = Workflow.objects.create(name=f"Another, {is_active}", active=is_active)
        WorkflowPage.objects.update_or_create(
            page=Page.objects.get(pk=eu_home.pk), defaults={"workflow": own}
        )
        assert (workflow_of(about) == own) is is_active
        assert workflow_of(about) == type(about).objects.get(pk=about.pk).get_workflow()


@pytest.mark.parametrize("is_drafted", [False, True])
@pytest.mark.parametrize("person", ["eu_editor", "administrator"])
def test_an_editor_opens_with_fewer_than_40_queries(request, person, eu_home, about, is_drafted):
    client, therapy = request.getfixturevalue(person), TherapyPage.objects.descendant_of(eu_home).first()
    for page in (about, therapy):
        if is_drafted:
            page.save_revision()
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) < 40


def test_an_editor_says_that_its_draft_is_in_review_from_then_on(eu_editor, about):
    """What an editor has read of a review is for that one look."""
    address = reverse("wagtailadmin_pages:edit", args=[about.pk])
    write(eu_editor, about)
    assert eu_editor.get(address).context["page"].current_workflow_state is None
    submit(eu_editor, about)
    assert eu_editor.get(address).context["page"].workflow_in_progress
