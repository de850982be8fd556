"""Comments on what waits for its review, answered and closed by whoever may change it."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry

from region_gate.models import Notice
from review.answers import address_of
from review.snippet_comments import SnippetComment, SnippetReply
from tests.conftest import signed_in
from therapies.models import Label, Product, Reference

from .conftest import edit, fresh, screen, submit, waiting
from .test_attacks import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    """The European label in English, of which a draft waits that the European legal team has sent."""
    found = Label.objects.get(region__code="eu")
    found.registration_number = "ANOTHER-1"
    send(found, "eu-legal")
    return Label.objects.get(pk=found.pk)


def review(thing) -> str:
    return reverse("review", args=[thing.current_workflow_task_state.pk])


def comment(client: Client, thing, text: str = "Which one?"):
    return client.post(review(thing), {"comment": "1", "place": "registration_number", "text": text})


def words(html: str) -> str:
    return " ".join(LexborHTMLParser(html).css_first("main").text().split())


def test_a_comment_on_a_label_is_answered_and_closed_by_who_may_change_it(administrator, eu_legal, label):
    comment(administrator, label)
    made = SnippetComment.objects.get()
    assert "1 comment is open." in words(administrator.get(review(label)).text)
    administrator.post(review(label), {"approve": "1", "approve-comment": ""})
    assert Label.objects.get(pk=label.pk).registration_number != "ANOTHER-1"

    edit = reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk])
    assert address_of(label) in eu_legal.get(edit).text
    assert "Which one?" in words(eu_legal.get(address_of(label)).text)
    for text in ("The notified body.", " "):
        eu_legal.post(address_of(label), {"answer": str(made.pk), "text": text})
    assert SnippetReply.objects.get().text == "The notified body."
    assert "Answered" in words(administrator.get(review(label)).text)
    eu_legal.post(address_of(label), {"close": str(made.pk)})
    closed_at = SnippetComment.objects.get().resolved_at
    administrator.post(address_of(label), {"close": str(made.pk)})
    made.refresh_from_db()
    assert (made.resolved_at, made.resolved_by.username) == (closed_at, "eu-legal")
    kept = [
        entry.action
        for entry in ModelLogEntry.objects.filter(object_id=label.pk, action__contains="comments")
    ]
    assert sorted(kept) == [f"wagtail.comments.{act}" for act in ("create", "create_reply", "resolve")]
    administrator.post(review(label), {"approve": "1", "approve-comment": ""})
    assert Label.objects.get(pk=label.pk).registration_number == "ANOTHER-1"


def test_nobody_else_reads_answers_or_closes_it(administrator, label):
    comment(administrator, label)
    pk = str(SnippetComment.objects.get().pk)
    for person in (None, "eu-editor", "us-editor", "us-legal"):
        client = signed_in(person) if person else Client()
        comment(client, label, "Mine")
        assert "Which one?" not in client.get(address_of(label)).text
        for post in ({"answer": pk, "text": "Mine"}, {"close": pk}):
            assert client.post(address_of(label), post).status_code == 302
    assert SnippetComment.objects.get().resolved_at is None
    assert not SnippetReply.objects.exists()


def test_it_is_of_one_thing_only(administrator, eu_legal, label):
    comment(administrator, label)
    pk = str(SnippetComment.objects.get().pk)
    other = Product.objects.first()
    for address in (address_of(other), address_of(Notice.objects.first())):
        assert eu_legal.post(address, {"close": pk}).status_code == 404
    assert eu_legal.post(address_of(label), {"close": "x"}).status_code == 404
    person = get_user_model().objects.first()
    assert eu_legal.get(address_of(person)).status_code == 404
    assert eu_legal.get(address_of(Reference.objects.first())).status_code == 404


def test_a_comment_stands_on_a_labels_words_in_one_language(administrator, label):
    place = "texts.de.indication"
    answer = administrator.post(review(label), {"comment": "1", "place": place, "text": "Word for word?"})
    assert answer.url.endswith(f"#passage-{place}")
    assert SnippetComment.objects.get().contentpath == place
    shown = LexborHTMLParser(administrator.get(f"{review(label)}?whole=1").text)
    assert "Word for word?" in shown.css_first(f"[id='passage-{place}']").text()
    assert "Word for word?" not in shown.css_first("[id='passage-texts.en.indication']").text()


def test_whoever_sent_a_page_answers_while_it_waits(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    sent = waiting(about).revision
    eu_legal.post(screen(about), {"comment": "1", "place": "title", "text": "Which one?"})
    made = Comment.objects.get(page=about.pk)
    assert address_of(about) in eu_editor.get(edit(about)).text
    assert address_of(about) not in eu_legal.get(edit(about)).text  # whose editor takes answers itself
    assert "Which one?" in words(eu_editor.get(address_of(about)).text)
    eu_editor.post(address_of(about), {"answer": str(made.pk), "text": "The notified body."})
    assert CommentReply.objects.get().text == "The notified body."
    assert "Answered" in words(eu_legal.get(screen(about)).text)
    eu_editor.post(address_of(about), {"close": str(made.pk)})
    assert Comment.objects.get().resolved_by.username == "eu-editor"
    log = PageLogEntry.objects.filter(page=about.pk, action__contains="comments")
    assert {entry.action for entry in log} == {
        f"wagtail.comments.{act}" for act in ("create", "create_reply", "resolve")
    }
    assert (fresh(about).latest_revision, waiting(about).revision) == (sent, sent)  # it is no edit


def test_nobody_else_answers_what_is_said_of_a_page(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    eu_legal.post(screen(about), {"comment": "1", "place": "title", "text": "Which one?"})
    pk = str(Comment.objects.get(page=about.pk).pk)
    for person in (None, "us-editor", "us-legal"):
        client = signed_in(person) if person else Client()
        assert "Which one?" not in client.get(address_of(about)).text
        for post in ({"answer": pk, "text": "Mine"}, {"close": pk}):
            assert client.post(address_of(about), post).status_code == 302
    assert Comment.objects.get().resolved_at is None
    assert not CommentReply.objects.exists()
