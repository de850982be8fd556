"""Nobody approves their own change, whatever the route; and what was approved stays as it was."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from home.models import StandardPage
from review import four_eyes
from review.models import Approval
from tests.conftest import approval, signed_in
from tests.home.test_access import form
from tests.therapies.test_checkpoints import said
from therapies.models import Label

from .conftest import approve, edit, fresh, screen, submit, waiting, write

pytestmark = pytest.mark.django_db

OWN = "Somebody else must approve this"
NEVER = "Nothing goes live without a review"


def live_title(about) -> str:
    return fresh(about).title


def standard(about) -> str:
    """Return the address of Wagtail's own approval."""
    return reverse("wagtailadmin_pages:workflow_action", args=[about.pk, "approve", waiting(about).pk])


def test_what_one_wrote_another_approves(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    approve(eu_legal, about)
    assert live_title(about) == "About Sirtex"
    given = Approval.objects.exclude(code__startswith="SAMPLE").get(page=about.pk)
    assert given.revision == fresh(about).live_revision
    assert given.approved_by.username == "eu-legal"


@pytest.mark.parametrize("writer", ["admin", "both"])
def test_who_wrote_a_part_or_sent_it_does_not_approve(eu_legal, administrator, eu_editor, about, writer):
    if writer == "both":
        write(administrator, about, "About us all")
        submit(eu_editor, about)
    else:
        submit(administrator, about)
    for address in (screen(about), standard(about)):
        values = approval() | {f"approve-{name}": value for name, value in approval().items()}
        answer = administrator.post(address, {**values, "approve": "1"})
        assert answer.status_code in (302, 403) or OWN in answer.text
    assert live_title(about) == "About us"
    approve(eu_legal, about)
    assert live_title(about) != "About us"


def test_legal_does_not_approve_their_own_edit(eu_editor, eu_legal, administrator, about):
    submit(eu_editor, about)
    write(eu_legal, about, "About Sirtex, mended")
    assert fresh(about).draft_title == "About Sirtex, mended"
    assert "There is a newer draft" in said(approve(eu_legal, about))
    assert live_title(about) == "About us"
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "I have mended it."})
    submit(eu_editor, about, "About Sirtex, mended")
    assert OWN in said(approve(eu_legal, about))
    assert live_title(about) == "About us"
    approve(administrator, about)
    assert live_title(about) == "About Sirtex, mended"


def test_a_change_after_approval_needs_approval_again(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    approve(eu_legal, about)
    write(eu_editor, about, "About Sirtex, changed")
    assert live_title(about) == "About Sirtex"
    submit(eu_editor, about, "About Sirtex, changed again")
    approve(eu_legal, about, "EU-2026-002")
    assert live_title(about) == "About Sirtex, changed again"
    codes = {"EU-2026-001", "EU-2026-002"}
    assert codes <= {*Approval.objects.filter(page=about.pk).values_list("code", flat=True)}


def overwrite(client, about, revision_id, title="Slipped in"):
    """Save over a revision as autosave does."""
    return client.post(
        edit(about),
        form(title, slug=about.slug, overwrite_revision_id=str(revision_id)),
        headers={"Accept": "application/json"},
    )


def test_autosave_goes_on_writing_its_own_draft(eu_editor, about):
    write(eu_editor, about, "First")
    draft = fresh(about).latest_revision_id
    assert overwrite(eu_editor, about, draft).json()["success"]
    assert fresh(about).latest_revision_id == draft
    assert fresh(about).draft_title == "Slipped in"


@pytest.mark.parametrize("moment", ["approved", "live"])
def test_autosave_never_writes_over_what_was_approved(eu_editor, eu_legal, about, moment):
    submit(eu_editor, about)
    sent = fresh(about).latest_revision
    approve(eu_legal, about)
    answer = overwrite(eu_editor, about, sent.pk)
    assert answer.status_code == 400
    assert Revision.objects.get(pk=sent.pk).content == sent.content
    assert live_title(about) == "About Sirtex"


def test_autosave_never_writes_over_what_is_under_review(administrator, eu_legal, about):
    submit(administrator, about)
    sent = fresh(about).latest_revision
    assert overwrite(administrator, about, sent.pk).status_code == 400
    assert Revision.objects.get(pk=sent.pk).content == sent.content
    approve(eu_legal, about)
    assert live_title(about) == "About Sirtex"


def bulk(client, about):
    about.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?id={about.pk}", {})


def publish(client, about):
    return write(client, about, "By myself", **{"action-publish": "1"})


def schedule(client, about):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    return write(client, about, "By myself", go_live_at=tomorrow, **{"action-publish": "1"})


def create(client, about):
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", about.get_parent().pk])
    return client.post(add, form("By myself", **{"action-publish": "1"}))


def copy(client, about, **more):
    values = {"new_title": "By myself", "new_slug": "mine", "new_parent_page": about.get_parent().pk, **more}
    return client.post(reverse("wagtailadmin_pages:copy", args=[about.pk]), values)


def copy_live(client, about):
    return copy(client, about, publish_copies="on")


def alias(client, about):
    return copy(client, about, alias="on")


def move_abroad(client, about):
    home = Page.objects.get(slug="ap", depth=3)
    there = Page.objects.child_of(home).get(slug="about")
    there.slug = "about-elsewhere"
    there.save()
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[about.pk, home.pk]))


ROUTES = [publish, schedule, create, copy_live, alias, bulk, move_abroad]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_an_administrator_publishes_nothing_alone(administrator, about, route):
    def lives():
        pages = (
            Page.objects.filter(live=True).exclude(slug="about-elsewhere").exclude(url_path__contains="/ap/")
        )
        return list(pages.order_by("path").values_list("pk", "url_path", "live_revision_id"))

    before = lives()
    said_there = said(route(administrator, about))
    assert any(words in said_there for words in (NEVER, "Nothing is scheduled", "does not move"))
    assert lives() == before
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("route", [publish, schedule, create, copy_live, bulk], ids=lambda r: r.__name__)
@pytest.mark.usefixtures("one_person_may")
def test_a_setting_lets_one_person_do_it(administrator, about, route):
    assert NEVER not in said(route(administrator, about))


def test_an_approved_page_goes_live_on_its_date(eu_editor, eu_legal, about):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    write(eu_editor, about, "From tomorrow", go_live_at=tomorrow, **{"action-submit": "1"})
    approve(eu_legal, about)
    assert live_title(about) == "About us"
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    revision = fresh(about).scheduled_revision
    revision.content["go_live_at"] = None
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    call_command("publish_scheduled")
    assert live_title(about) == "From tomorrow"


def test_legal_publishes_no_label_alone(eu_legal):
    label = Label.objects.get(region__code="eu")
    eu_legal.post(
        reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk]),
        {"registration_number": "x", "action-publish": "1"},
    )
    label.refresh_from_db()
    assert label.registration_number != "x"


def test_code_may_publish_what_it_likes(about):
    about.title = "By code"
    about.save_revision().publish()
    assert live_title(about) == "By code"


def test_a_page_of_another_region_is_not_theirs_to_approve(eu_editor, us_legal, about):
    submit(eu_editor, about)
    assert us_legal.get(screen(about)).status_code in (302, 403)
    approve(us_legal, about)
    us_legal.post(standard(about), approval())
    assert live_title(about) == "About us"


def test_an_editor_does_not_approve(eu_editor, about):
    submit(eu_editor, about)
    approve(eu_editor, about)
    eu_editor.post(standard(about), approval())
    assert live_title(about) == "About us"


def test_a_new_region_selector_is_reviewed_too(administrator):
    selector = Page.objects.get(depth=2, locale__language_code="en")
    answer = administrator.post(edit(selector), form("Choose", slug="regions", **{"action-publish": "1"}))
    assert NEVER in said(answer)
    assert selector.get_workflow().name == "Region selector review"


def test_an_approved_copy_of_a_revision_approves_nothing_else(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    approve(eu_legal, about)
    other = StandardPage.objects.child_of(about.get_parent()).get(slug="contact")
    other.live_revision = fresh(about).live_revision
    from review import publication_rules

    assert not publication_rules._is_approved(other)


def test_the_sign_in_of_a_stranger_sees_no_screen(client, eu_editor, about):
    submit(eu_editor, about)
    assert client.get(screen(about)).status_code == 302
    assert signed_in("ca-editor").get(screen(about)).status_code in (302, 403)


@pytest.mark.parametrize("required", [True, False])
def test_a_button_that_would_be_refused_is_not_offered(administrator, about, settings, required):
    settings.REVIEW_FOUR_EYES = required
    label = Label.objects.first()
    for address in (
        reverse("wagtailadmin_pages:edit", args=[about.pk]),
        reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk]),
    ):
        assert ("action-publish" in administrator.get(address).text) is not required


@pytest.mark.parametrize(
    ("value", "is_well"), [(True, True), (False, True), ("", False), (None, False), (0, False)]
)
def test_the_setting_is_checked_and_anything_odd_requires_four_eyes(settings, value, is_well):
    settings.REVIEW_FOUR_EYES = value
    assert ("review.E001" not in [found.id for found in run_checks()]) is is_well
    assert four_eyes.is_required() is (value is not False)
