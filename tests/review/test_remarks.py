"""Reviewers remark on passages; editors answer and close it in their editor; approving takes note of it."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, CommentReply, PageLogEntry

from home.models import StandardPage
from review.models import Approval
from tests.conftest import signed_in
from tests.home.blocks_in_preview import stored
from tests.therapies.conftest import image  # noqa: F401 - a fixture
from tests.therapies.test_parts import figure

from .conftest import approve, edit, fresh, screen, submit, waiting, write
from .test_attacks import send
from .test_comments import comments

pytestmark = pytest.mark.django_db

TEXT = "Is this so?"


def remark(client, page, text: str = TEXT, place: str = "title"):
    return client.post(screen(page), {"comment": "1", "place": place, "text": text})


def on_passage(client, page) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(screen(page) + "?whole=1").text).css_first("#passage-title")


def test_a_remark_is_made_answered_closed_and_told_of_all_the_way(
    eu_editor, eu_legal, about, django_capture_on_commit_callbacks
):
    submit(eu_editor, about)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = remark(eu_legal, about)
    assert answer.headers["Location"].endswith("#passage-title")
    one = Comment.objects.get(page=about.pk)
    assert (one.user.username, one.text, one.revision_created) == ("eu-legal", TEXT, waiting(about).revision)
    assert PageLogEntry.objects.filter(page=about.pk, action="wagtail.comments.create").count() == 1
    (message,) = mail.outbox
    assert message.to == ["eu-editor@example.com"]
    assert TEXT in message.body
    shown = on_passage(eu_legal, about)
    assert "Open" in shown.css_first(".review-standing").text()
    reason = LexborHTMLParser(eu_legal.get(screen(about)).text).css_first("[name=reject-comment]").text()
    assert TEXT in reason

    eu_legal.post(screen(about), {"reject": "1", "reject-comment": reason})
    assert TEXT in eu_editor.get(edit(about)).text
    known = {"id": str(one.pk), "text": TEXT}
    reply = {"replies-TOTAL_FORMS": "1", "replies-0-text": "It is.", "replies-0-id": ""}
    write(
        eu_editor, about, "About Sirtex", **comments({**known, **reply}, stored=1), **{"action-submit": "1"}
    )
    shown = on_passage(eu_legal, about)
    assert "Answered" in shown.css_first(".review-standing").text()
    assert "It is." in shown.text()

    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "Close it."})
    stored = CommentReply.objects.get()
    replies = {"replies-TOTAL_FORMS": "1", "replies-INITIAL_FORMS": "1", "replies-0-id": str(stored.pk)}
    closing = {**known, **replies, "replies-0-text": stored.text, "resolved": "on"}
    write(eu_editor, about, "About Sirtex", **comments(closing, stored=1), **{"action-submit": "1"})
    shown = on_passage(eu_legal, about)
    assert "Closed by eu-editor" in " ".join(shown.text().split())
    approve(eu_legal, about)
    assert fresh(about).title == "About Sirtex"


def test_whoever_approves_has_read_all_that_is_open(eu_editor, eu_legal, about, settings):
    submit(eu_editor, about)
    remark(eu_legal, about)
    first = Comment.objects.get(page=about.pk)
    assert "There are open comments." in approve(eu_legal, about).text
    remark(eu_legal, about, "And this?", "intro")
    assert "There are open comments." in approve(eu_legal, about, comments_seen=str(first.pk)).text
    address = f"/admin/pages/{about.pk}/workflow/action/approve/{waiting(about).pk}/"
    eu_legal.post(address, {"code": "EU-2026-9", "prepared_on": "2026-11-01", "review_by": "2027-11-01"})
    assert not Approval.objects.filter(code__startswith="EU-2026").exists()
    tick = LexborHTMLParser(eu_legal.get(screen(about)).text).css_first("[name=approve-comments_seen]")
    assert "checked" not in tick.attributes
    approve(eu_legal, about, comments_seen=tick.attributes["value"])
    assert fresh(about).title == "About Sirtex"


def test_a_remark_on_a_text_or_picture_stands_where_the_editor_shows_it(eu_editor, eu_legal, about, image):  # noqa: F811
    about.intro = '<p data-block-key="a1b2c">Beads 🙂</p><ul><li data-block-key="d3e4f">x</li></ul>'
    key = "0b67e4a2-6ed2-4ec8-8d4f-70b0f7bd4fd6"
    about.body = [{"id": key, "type": "figure", "value": figure(image)[0]["value"]}]
    send(about, "eu-editor")
    for place in ("intro", f"body.{key}.image.alt_text"):
        remark(eu_legal, about, place=place)
    on_intro, on_picture = Comment.objects.filter(page=about.pk).order_by("pk")
    ranges = [{"key": "a1b2c", "start": 0, "end": 8}, {"key": "d3e4f", "start": 0, "end": 1}]
    assert json.loads(on_intro.position) == ranges
    draft = fresh(about).get_latest_revision_as_object()
    assert on_intro.has_valid_contentpath(draft)
    assert on_picture.has_valid_contentpath(draft)
    remark(eu_legal, about, place=f"body.{key}.image")
    assert Comment.objects.filter(page=about.pk).count() == 2


def test_a_remark_on_a_cell_quotes_it_and_stands_on_its_table(eu_editor, eu_legal, about):
    about.body = json.dumps([{"type": "table", "value": stored("table"), "id": "t"}])
    send(about, "eu-editor")
    offered = LexborHTMLParser(eu_legal.get(screen(about) + "?whole=1").text).css("#passage-body\\.t option")
    names = {option.text(): option.attributes["value"] for option in offered}
    assert next(iter(names)) == "Table"
    cell = "Row 2, Room: “104”"
    remark(eu_legal, about, "Has it moved?", names[cell])
    one = Comment.objects.get(page=about.pk)
    assert (one.contentpath, one.text) == ("body.t", f"{cell}\nHas it moved?")
    assert one.has_valid_contentpath(fresh(about).get_latest_revision_as_object())
    assert "Has it moved?" in eu_editor.get(edit(about)).text
    remark(eu_legal, about, place="body.t#9.9")
    assert Comment.objects.filter(page=about.pk).count() == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [("", "title"), (" \n", "title"), ("x" * 5001, "title"), (TEXT, "nothing"), (TEXT, "body.1"), (TEXT, "")],
)
def test_a_remark_has_words_and_a_place(eu_editor, eu_legal, about, text, place):
    submit(eu_editor, about)
    assert remark(eu_legal, about, text, place).status_code == 302
    assert not Comment.objects.filter(page=about.pk).exists()


PEOPLE = [None, "eu-editor", "us-editor", "us-legal"]


def test_nobody_but_its_reviewers_remarks_on_what_waits(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    for person in PEOPLE:
        remark(signed_in(person) if person else Client(), about)
    assert not Comment.objects.filter(page=about.pk).exists()
    for number, person in enumerate(("eu-legal", "admin"), start=1):
        remark(signed_in(person), about)
        assert Comment.objects.filter(page=about.pk).count() == number


def test_what_has_been_decided_takes_no_remark(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    address = screen(about)
    approve(eu_legal, about)
    eu_legal.post(address, {"comment": "1", "place": "title", "text": TEXT})
    assert not Comment.objects.filter(page=about.pk).exists()


@pytest.fixture
def of_all_blocks(about, eu) -> StandardPage:
    """The page with every block in its body, and a picture in the figure."""
    picture = get_image_model().objects.create(
        title="Photo", file=get_test_image_file(), collection=eu.collection
    )
    plain = set(StandardPage.body.field.stream_block.child_blocks)
    body = [{"type": name, "value": stored(name), "id": name} for name in sorted(plain - {"figure"})]
    figure = {"image": {"image": picture.pk, "alt_text": "A room", "decorative": False}, "caption": ""}
    about.body = json.dumps([*body, {"type": "figure", "value": figure, "id": "figure"}])
    about.save_revision(user=get_user_model().objects.get(username="eu-editor"))
    return about


def test_a_page_of_all_blocks_is_reviewed_with_a_remark_on_what_its_picture_shows(
    eu_editor, eu_legal, of_all_blocks
):
    of_all_blocks.get_workflow().start(of_all_blocks, get_user_model().objects.get(username="eu-editor"))
    place = "body.figure.image.alt_text"
    assert remark(eu_legal, of_all_blocks, place=place).status_code == 302
    assert TEXT in eu_legal.get(screen(of_all_blocks)).text
    assert Comment.objects.get(page=of_all_blocks.pk).contentpath == place
    assert TEXT in eu_editor.get(edit(of_all_blocks)).text
