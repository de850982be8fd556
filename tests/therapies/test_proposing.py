"""Topics that editors propose: their own until legal approves a page about one, and nobody else's before."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page

from home.models import Region
from tests.conftest import TOPIC, approval, signed_in
from tests.home.test_access import form
from therapies.models import TherapyIndexPage, TherapyPage, Topic
from therapies.models.topic import slug_of
from therapies.proposing import propose

pytestmark = pytest.mark.django_db
CREATE = "wagtailsnippetchoosers_therapies_topic:create"
CHOOSE = "wagtailsnippetchoosers_therapies_topic:choose"
CHOSEN = "wagtailsnippetchoosers_therapies_topic:chosen"


@pytest.fixture
def therapies(eu_home) -> TherapyIndexPage:
    return TherapyIndexPage.objects.child_of(eu_home).get()


def person(name: str):
    return get_user_model().objects.get(username=name)


def ask(client, name: str, parent: Page | None = None):
    """Propose a topic in the chooser, while a page below `parent` is begun."""
    came_from = (
        reverse("wagtailadmin_pages:add", args=["therapies", "therapypage", parent.pk]) if parent else ""
    )
    return client.post(reverse(CREATE), {"name": name}, headers={"referer": f"http://testserver{came_from}"})


def begin(client, parent: Page, topic: Topic, **more: str):
    """Write a page about `topic` below `parent`."""
    address = reverse("wagtailadmin_pages:add", args=["therapies", "therapypage", parent.pk])
    values = {"topic": str(topic.pk), "audience": "public", "slug": "new-topic", **more}
    return client.post(address, form("A new therapy", **values))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lebermetastasen: Übersicht", "lebermetastasen-uebersicht"),
        ("Größe & Maße", "groesse-masse"),
        ("Métastases hépatiques", "metastases-hepatiques"),
        ("肝转移", "topic"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_topics_slug_comes_from_its_name(name, slug):
    assert slug_of(name) == slug


def test_two_topics_have_two_slugs():
    slugs = [Topic.objects.create(name=name).slug for name in ("肝转移", "骨转移", "Leber", "leber ")]
    assert slugs == ["topic", "topic-2", "leber", "leber-2"]


def test_an_editor_proposes_a_topic_and_it_is_approved_with_the_page(eu_editor, eu_legal, eu, therapies):
    answer = ask(eu_editor, "  Bone   metastases ", therapies)
    topic = Topic.objects.get(name="Bone metastases")
    assert json.loads(answer.content)["result"]["id"] == str(topic.pk)
    assert (topic.slug, topic.is_approved, [*topic.proposed_in.all()]) == ("bone-metastases", False, [eu])
    begin(eu_editor, therapies, topic, **{"action-submit": "1"})
    page = TherapyPage.objects.get(slug="new-topic")
    assert page.topic == topic
    screen = reverse("review", args=[page.current_workflow_task_state.pk])
    shown = eu_legal.get(screen).text
    assert "New topic" in shown
    assert "Bone metastases" in shown
    eu_legal.post(screen, {"approve": "1", **{f"approve-{k}": v for k, v in approval().items()}})
    page.refresh_from_db()
    assert page.live
    assert Topic.objects.get(pk=topic.pk).is_approved
    assert topic in Topic.objects.offered_to(person("us-editor"))


def test_a_topic_that_is_refused_with_its_page_stays_the_regions_own(eu_editor, eu_legal, therapies):
    ask(eu_editor, "Bone metastases", therapies)
    topic = Topic.objects.get(name="Bone metastases")
    begin(eu_editor, therapies, topic, **{"action-submit": "1"})
    page = TherapyPage.objects.get(slug="new-topic")
    screen = reverse("review", args=[page.current_workflow_task_state.pk])
    eu_legal.post(screen, {"reject": "1", "reject-comment": "Not now."})
    assert not Topic.objects.get(pk=topic.pk).is_approved
    assert "Bone metastases" not in signed_in("us-editor").get(reverse(CHOOSE)).text
    assert (
        "Bone metastases"
        not in signed_in("us-legal").get(reverse("wagtailsnippets_therapies_topic:list")).text
    )


def test_no_other_region_reads_or_takes_a_proposal(us, us_home, eu):
    topic = propose("Bone metastases", eu, person("eu-editor"))
    browser = signed_in("us-editor")
    assert "Bone" not in browser.get(reverse(CHOOSE)).text
    assert browser.get(reverse(CHOSEN, args=[topic.pk])).status_code == 404
    assert browser.get(reverse("wagtailsnippets_therapies_topic:list")).text.count("Bone") == 0
    begin(browser, TherapyIndexPage.objects.child_of(us_home).get(), topic)
    assert not TherapyPage.objects.filter(topic=topic).exists()


def test_two_regions_that_propose_one_topic_share_it(eu, us):
    first = propose("Bone metastases", eu, person("eu-editor"))
    assert propose("bone Metastases", us, person("us-editor")) == first
    assert first in Topic.objects.offered_to(person("us-editor"))
    assert {*first.proposed_in.all()} == {eu, us}


def test_what_is_approved_already_is_chosen(eu_editor, therapies):
    known = Topic.objects.approved()[0]
    ask(eu_editor, known.name.upper(), therapies)
    assert Topic.objects.filter(proposed_in__isnull=False).count() == 0


@pytest.mark.parametrize("who", ["eu-legal", "us-legal"])
def test_only_editors_propose(who, therapies):
    ask(signed_in(who), "Bone metastases", therapies)
    assert not Topic.objects.filter(name="Bone metastases").exists()


def test_a_proposal_is_for_the_editors_own_region_wherever_they_say_to_come_from(eu, us_home, eu_editor):
    ask(eu_editor, "Bone metastases", TherapyIndexPage.objects.child_of(us_home).get())
    assert [*Region.objects.filter(pk__in=Topic.objects.get(name="Bone metastases").proposed_in.all())] == [
        eu
    ]


def test_a_region_that_goes_takes_its_proposals_from_all_but_administrators(us):
    topic = propose("Bone metastases", us, person("us-editor"))
    topic.proposed_in.clear()
    assert topic not in Topic.objects.offered_to(person("us-editor"))
    assert topic in Topic.objects.offered_to(person("admin"))


def test_a_second_page_about_a_topic_is_refused_at_its_field_and_nothing_is_made(eu_editor, therapies):
    known = TherapyPage.objects.child_of(therapies).get(slug=TOPIC).topic
    answer = begin(eu_editor, therapies, known)
    assert answer.status_code == 200
    assert "This region already has a page about this topic." in answer.text
    assert 'value="A new therapy"' in answer.text
    assert not TherapyPage.objects.filter(slug="new-topic").exists()
