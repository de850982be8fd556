"""A comment is no edit: who comments may decide, and what was sent can still be decided about."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Comment

from tests.home.test_access import form
from tests.therapies.test_checkpoints import said
from therapies.models import Publication

from .conftest import approve, edit, fresh, loaded, screen, submit, waiting, write
from .test_four_eyes import OWN

pytestmark = pytest.mark.django_db


def comments(*given: dict[str, str], stored: int = 0) -> dict[str, str]:
    """Return what the form sends of comments, each with its replies."""
    sent: dict[str, str] = {"comments-TOTAL_FORMS": str(len(given)), "comments-INITIAL_FORMS": str(stored)}
    for place, one in enumerate(given):
        values = {"contentpath": "title", "text": "Is this so?", "position": "", "resolved": "", **one}
        replies = {"replies-TOTAL_FORMS": "0", "replies-INITIAL_FORMS": "0", "replies-MIN_NUM_FORMS": "0"}
        sent |= {f"comments-{place}-{name}": value for name, value in {**replies, **values}.items()}
    return sent


def comment(client, page, title="About Sirtex", **more):
    return write(client, page, title, **comments({"text": "Is this so?"}), **more)


def autosave_comment(client, page, title="About Sirtex"):
    return client.post(
        edit(page),
        form(title, slug=page.slug, **loaded(page), **comments({"text": "Is this so?"})),
        headers={"Accept": "application/json"},
    )


@pytest.mark.parametrize("route", [comment, autosave_comment])
def test_a_reviewer_who_comments_may_decide_about_what_was_sent(eu_editor, eu_legal, about, route):
    submit(eu_editor, about)
    sent = waiting(about).revision
    route(eu_legal, about)
    assert Comment.objects.filter(page=about.pk, user__username="eu-legal").exists()
    assert fresh(about).latest_revision != sent
    assert "There is a newer draft" not in eu_legal.get(screen(about)).text
    approve(eu_legal, about, comments_seen=str(Comment.objects.get(page=about.pk).pk))
    assert fresh(about).title == "About Sirtex"
    assert fresh(about).live_revision == sent
    assert fresh(about).current_workflow_state is None
    assert Publication.objects.chain(about.pk).last().written_by == "eu-editor"


def test_replying_resolving_and_deleting_make_nobody_an_author(eu_editor, eu_legal, about):
    write(eu_editor, about, "About Sirtex", **comments({}))
    one = Comment.objects.get(page=about.pk)
    known = {"id": str(one.pk), "text": one.text}
    reply = {"replies-TOTAL_FORMS": "1", "replies-0-text": "It is.", "replies-0-id": ""}
    submit(eu_editor, about)
    for change in (reply, {"resolved": "on"}, {"DELETE": "on"}):
        write(eu_legal, about, "About Sirtex", **comments({**known, **change}, stored=1))
    approve(eu_legal, about)
    assert fresh(about).title == "About Sirtex"


def test_a_comment_and_a_change_together_are_a_change(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    comment(eu_legal, about, "About Sirtex, mended")
    assert "There is a newer draft" in said(approve(eu_legal, about))
    assert fresh(about).title == "About us"


def test_whoever_typed_and_undid_it_is_no_author(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    json = {"Accept": "application/json"}
    saved = eu_legal.post(edit(about), form("Not so", slug=about.slug, **loaded(about)), headers=json).json()
    undone = form("About Sirtex", slug=about.slug, overwrite_revision_id=str(saved["revision_id"]))
    assert eu_legal.post(edit(about), undone, headers=json).json()["success"]
    approve(eu_legal, about)
    assert fresh(about).title == "About Sirtex"


def test_whoever_changed_what_another_changed_back_is_an_author(eu_editor, eu_legal, administrator, about):
    submit(eu_editor, about)
    write(eu_legal, about, "About Sirtex, mended")
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "I have mended it."})
    submit(eu_editor, about)
    assert OWN in said(approve(eu_legal, about))
    approve(administrator, about)
    assert fresh(about).title == "About Sirtex"


SETTINGS = {
    "slug": {"slug": "about-sirtex"},
    "schedule": {"go_live_at": (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")},
    "menu": {"show_in_footer": "on"},
    "description": {"search_description": "All about it."},
}


@pytest.mark.parametrize("more", SETTINGS.values(), ids=SETTINGS)
def test_whoever_changes_a_setting_is_an_author(eu_editor, eu_legal, about, more):
    submit(eu_editor, about)
    comment(eu_legal, about, **more)
    assert "There is a newer draft" in said(approve(eu_legal, about))
    assert fresh(about).title == "About us"


def test_whoever_sends_what_another_wrote_is_not_named_as_its_writer(
    eu_editor, eu_legal, administrator, about
):
    write(eu_editor, about, "About Sirtex")
    submit(administrator, about)
    approve(eu_legal, about)
    assert Publication.objects.chain(about.pk).last().written_by == "eu-editor"


def test_no_visitor_reads_a_comment_on_what_is_live(eu_editor, eu_legal, about, client):
    write(eu_editor, about, "About Sirtex", **comments({"text": "Rather xyzzy"}, {"contentpath": "intro"}))
    submit(eu_editor, about)
    approve(eu_legal, about, comments_seen=str(Comment.objects.latest("pk").pk))
    assert Comment.objects.filter(page=about.pk, text="Rather xyzzy").exists()
    assert "xyzzy" not in client.get(about.url).text


def test_all_that_an_approval_lacks_is_told_at_once_and_then_what_came_of_it(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    eu_legal.post(screen(about), {"comment": "1", "place": "title", "text": "Which one?"})
    lacking = eu_legal.post(screen(about), {"approve": "1", "approve-code": ""}).text
    assert "This field is required." in lacking
    assert "Read them, and say that you have." in lacking
    answer = approve(eu_legal, about, comments_seen=str(Comment.objects.get(page=about.pk).pk))
    assert "“About Sirtex” has been approved. It is live." in said(answer)
