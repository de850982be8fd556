"""The reviewer's screen tells all: texts as they are laid out, labels beside claims, files old beside new."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import TaskState

from region_gate import clock
from region_gate.models import Notice
from tests.conftest import TOPIC, signed_in
from tests.therapies.label_texts import say
from therapies.labels.succession import replace
from therapies.models import Label, TherapyPage

from .test_attacks import send

pytestmark = pytest.mark.django_db

LISTED = "<p>SIR-Spheres are small.</p><ul><li>one thing</li><li>two things</li></ul>"
CHANGED = "<p>SIR-Spheres are very small.</p><ul><li>one thing</li></ul>"
LINKED = '<p>Some were made by <a href="https://third.example/">a third party</a></p>'


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An empty folder for files."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def therapy(eu_home, settings) -> TherapyPage:
    """The European therapy page, live with a list in its introduction, and a picture and a document."""
    page = TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)
    page.body = [*page.body.get_prep_value()[:1], figure("old.png", "Beads", "As small as dust")]
    page.intro = LISTED + download("leaflet.pdf")
    settings.REVIEW_FOUR_EYES = False
    page.save_revision().publish(user=get_user_model().objects.get(username="admin"))
    settings.REVIEW_FOUR_EYES = True
    return TherapyPage.objects.get(pk=page.pk)


@pytest.fixture
def step(therapy) -> TaskState:
    """The step in which a draft waits that changes all of these."""
    therapy.intro = CHANGED + LINKED
    therapy.body = [*therapy.body.get_prep_value()[:1], figure("IMG_2034.png", "More beads", "")]
    return send(therapy, "eu-editor")


def figure(name: str, alt: str, caption: str) -> dict:
    file = BytesIO()
    Pillow.new("RGB", (40, 30)).save(file, "PNG")
    image = Image.objects.create(title=name, file=ContentFile(file.getvalue(), name))
    value = {"image": {"image": image.pk, "decorative": False, "alt_text": alt}, "caption": caption}
    return {"type": "figure", "id": "0b67e4a2-6ed2-4ec8-8d4f-70b0f7bd4fd6", "value": value}


def download(name: str) -> str:
    document = Document.objects.create(title=name, file=ContentFile(b"leaflet", name))
    return f'<p>Read <a linktype="document" id="{document.pk}">more</a>.</p>'


def screen_of(step: TaskState, name: str = "review") -> str:
    return reverse(name, args=[step.pk])


def shown(client: Client, address: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(address).text)


def words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def test_the_screen_shows_texts_as_laid_out_files_old_and_new_and_labels_beside_claims(eu_legal, step):
    cut, whole = (shown(eu_legal, screen_of(step) + query) for query in ("", "?whole=1"))
    intro = cut.css_first("#passage-intro .review-text")
    assert "very" in words(intro.css_first("p ins"))
    assert "two things" in words(intro.css_first("ul > li > del"))
    assert words(intro.css_first("ul > li")) == "one thing"

    assert {node.id for node in cut.css(".review-change")} < {node.id for node in whole.css(".review-change")}
    assert "are not shown" in words(cut.css_first(".review-hidden"))
    assert whole.css_first(".review-hidden") is None
    assert whole.css_first("#passage-title ins, #passage-title del") is None

    old, new = cut.css(".review-pair-differs:has(img) .review-file")
    assert all(one in words(old) for one in ("Before", "old", "40 × 30", "Beads", "As small as dust"))
    assert all(one in words(new) for one in ("Now", "IMG_2034", "bytes", "More beads"))
    assert old.css_first("img").attributes["src"] != new.css_first("img").attributes["src"]
    leaflet = words(cut.css_first("#passage-intro .review-file"))
    assert leaflet.startswith("Removed")
    assert "leaflet" in leaflet

    claim = cut.css_first(".review-claim")
    assert "SIR-Spheres are very small." in words(claim.css_first("blockquote"))
    label = Label.objects.get(region__code="eu")
    authority = label.text_in("en").authority
    for text in (label.registration_number, authority, "approved indication", "safety information"):
        assert text in words(claim)
    assert "There is no label" not in words(claim)


def test_a_claim_without_a_label_on_its_day_says_so(eu_legal, therapy):
    ends = clock.today() + timedelta(days=5)
    QuerySet(Label).filter(region__code="eu").update(withdrawn_on=ends)
    step = send(therapy, "eu-editor")
    assert "There is no label" not in words(shown(eu_legal, screen_of(step)).css_first(".review-claim"))
    QuerySet(Label).filter(region__code="eu").update(withdrawn_on=clock.today())
    claim = words(shown(eu_legal, screen_of(step)).css_first(".review-claim"))
    assert "There is no label in force for it." in claim
    assert "was withdrawn on" in claim


def test_the_page_is_shown_gated_with_its_changes_marked_and_nothing_runs_in_it(eu_legal, step):
    answer = eu_legal.get(screen_of(step, "review_marked"))
    page = LexborHTMLParser(answer.text)
    main = page.css_first("main")
    assert words(main.css_first(".marked-note")).startswith("Changed since")
    assert "very" in words(main.css_first("p:not(.marked-note) ins"))
    assert "two things" in words(main.css_first("li > del"))
    assert "IMG_2034" in main.css_first("ins img").attributes["src"]
    assert "old" in main.css_first("del img").attributes["src"]
    assert page.css("script") == []
    (third,) = (link for link in main.css("a") if "a third party" in words(link))
    assert third.attributes["href"].startswith("/leaving/")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert {"no-store", "private"} <= {part.strip() for part in answer.headers["Cache-Control"].split(",")}


PEOPLE = {
    "eu-legal": 200,
    "admin": 200,
    "eu-editor": 302,  # back to the admin's first page, where Wagtail says why
    "us-editor": 302,
    "us-legal": 302,
    None: 302,
}


def test_only_reviewers_open_the_screen_and_what_belongs_to_it(step):
    for name in ("review", "review_marked"):
        clients = {person: signed_in(person) if person else Client() for person in PEOPLE}
        answers = {person: client.get(screen_of(step, name)) for person, client in clients.items()}
        assert {person: answer.status_code for person, answer in answers.items()} == PEOPLE
        assert all("SIR-Spheres" not in answers[person].text for person in PEOPLE if PEOPLE[person] != 200)


def notice(**values) -> Notice:
    made = Notice.objects.get(kind="cross-region", region="", locale__language_code="en")
    for field, value in values.items():
        setattr(made, field, value)
    return made


def test_shared_words_are_compared_with_what_is_live_and_with_what_was_shipped(administrator):
    step = send(notice(heading="You are about to leave"), "eu-legal")
    found = shown(administrator, screen_of(step))
    assert words(found.css_first("#review-changes")) == "Compared with what is live"
    assert found.css_first("#passage-heading del") is not None
    assert found.css_first(".gate-differences del") is not None


def test_a_regions_own_words_are_compared_with_those_they_take_the_place_of(administrator):
    own = notice(pk=None, region="eu", live=False, live_revision=None, latest_revision=None, body="Short.")
    own.translation_key = "5e1f9f0e-5d19-4f5c-8a55-5b1a0f5a7d15"
    own.save()
    found = shown(administrator, screen_of(send(own, "eu-legal")))
    assert words(found.css_first("#review-changes")).startswith("New: compared with what it would take")
    assert "Short." in words(found.css_first("#passage-body ins"))
    assert found.css_first("#passage-body del") is not None
    assert found.css_first("#passage-heading") is None


def test_a_new_label_is_compared_with_the_one_it_follows(administrator):
    label = Label.objects.get(region__code="eu")
    draft = replace(label, clock.today() + timedelta(days=1))
    say(draft, "en", indication=label.text_in("en").indication.replace("Sample", "Another sample"))
    found = shown(administrator, screen_of(send(draft, "eu-legal")))
    changed = [node.id for node in found.css(".review-change")]
    assert changed == ["passage-effective_from", "passage-replaces", "passage-texts.en.indication"]
    assert "nother sample" in words(found.css_first("[id='passage-texts.en.indication'] ins"))
