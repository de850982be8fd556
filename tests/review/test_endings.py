"""Labels that legal withdraws at once, and pages that it takes down, on its screens and by other ways."""

from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from home.exceptions import RefusedError
from home.models import StandardPage
from region_gate import clock
from region_gate.models.append_only import RecordError
from region_gate.signoff import acting_as
from review.endings import withdrawing
from review.endings.models import (
    PageTakeDown,
    SecondOpinion,
    TakeDownAnswer,
    TakeDownRequest,
    UrgentWithdrawal,
)
from review.models import Release
from review.release_models import ReleaseState
from review.releases import parts
from review.releases.checking import faults_of
from tests.conftest import findings, signed_in
from tests.therapies.label_texts import label_of, say
from therapies.labels.succession import replace
from therapies.models import EndingChoice, Label, LabelEnd, LabelVersion, Mention, ProductPage, Publication
from therapies.models.in_force import Status
from therapies.reports.alerts import Watch, alert_groups

from .conftest import approve, fresh, submit, waiting

pytestmark = pytest.mark.django_db
PRODUCT = "/us/sir-spheres/"


@pytest.fixture
def us_legal_2(db) -> Client:
    """A browser in which another person of the American legal team is signed in."""
    person = get_user_model().objects.create_user("us-legal-2", email="us-legal-2@example.com")
    person.groups.add(Group.objects.get(name="us legal"))
    return signed_in("us-legal-2")


@pytest.fixture
def label(us) -> Label:
    """The American label."""
    return Label.objects.get(region=us)


@pytest.fixture
def mails(django_capture_on_commit_callbacks, mailoutbox):
    """Return a function that does something and returns the mails sent once it is certain."""

    def sent(act):
        del mailoutbox[:]
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return {(sorted(one.to)[0], one.subject.partition(":")[0]) for one in mailoutbox}

    return sent


def person(name: str):
    return get_user_model().objects.get(username=name)


def said(answer) -> str:
    return " ".join(map(str, get_messages(answer.wsgi_request)))


def withdraw(client: Client, label: Label, **more: str):
    address = reverse("withdraw_label", args=[label.pk])
    return client.post(address, {"reason": "A death was reported.", "is_sure": "on", **more})


def attention(name: str) -> Counter[str]:
    groups = alert_groups(Watch(person(name)), most=1)
    return Counter({group.source.kind: group.number for group in groups})


def test_one_person_ends_a_label_at_once_and_a_second_one_confirms_it(
    client, us_legal, us_legal_2, label, mails
):
    words = [text.words for text in label.stored_texts()]
    screen = us_legal.get(reverse("withdraw_label", args=[label.pk]))
    assert PRODUCT in screen.text
    assert "End this label now. I know" in screen.text
    assert withdraw(us_legal, label, is_sure="").status_code == 200
    assert Label.objects.get(pk=label.pk).is_in_force(clock.today())

    sent = mails(lambda: withdraw(us_legal, label))
    label.refresh_from_db()
    assert (label.status, label.withdrawn_on, label.live) == (Status.WITHDRAWN, clock.today(), True)
    assert [text.words for text in label.stored_texts()] == words
    assert client.get(PRODUCT).status_code == 410
    assert not Page.objects.get(url_path=f"/regions{PRODUCT}").live
    assert LabelVersion.objects.filter(label=label.pk).last().published_by == "us-legal"
    assert len(LabelEnd.objects.get(label=label.pk).numbers_down) == 2
    assert sent == {
        ("us-editor@example.com", "Label ended"),
        ("us-legal@example.com", "Label ended"),
        ("us-legal-2@example.com", "Label ended"),
        ("us-legal-2@example.com", "Urgent withdrawal to confirm"),
    }
    made = UrgentWithdrawal.objects.get()
    assert [attention(name)["withdrawals"] for name in ("us-legal", "us-legal-2")] == [0, 1]
    address = reverse("withdrawal", args=[made.pk])
    assert "Another person" in us_legal.get(address).text
    assert "Another person" in said(us_legal.post(address, {"yes": "1"}))
    us_legal_2.post(address, {"yes": "1", "reason": ""})
    assert made.opinion.is_confirmed
    assert attention("us-legal-2")["withdrawals"] == 0
    assert "has decided about this already" in said(us_legal_2.post(address, {"no": "1", "reason": "No."}))
    for row in (made, made.opinion):
        with pytest.raises(RecordError):
            row.save()


def test_refused_by_the_second_it_stands_and_only_a_new_label_brings_the_pages_back(
    us_legal, us_legal_2, label, mails
):
    withdraw(us_legal, label)
    address = reverse("withdrawal", args=[UrgentWithdrawal.objects.get().pk])
    assert us_legal_2.post(address, {"no": "1", "reason": ""}).status_code == 200  # a refusal has a reason
    sent = mails(lambda: us_legal_2.post(address, {"no": "1", "reason": "It was another product."}))
    assert ("us-editor@example.com", "Urgent withdrawal not confirmed") in sent
    opinion = SecondOpinion.objects.get()
    assert (opinion.is_confirmed, opinion.reason) == (False, "It was another product.")
    again = Label.objects.get(pk=label.pk)
    assert again.status == Status.WITHDRAWN
    again.status, again.withdrawn_on = Status.APPROVED, None
    with pytest.raises(RefusedError, match="Write a new label"):
        again.save_revision().publish()
    with pytest.raises(RefusedError, match="Write a new label"):
        again.save()
    new = label_of(label.region, effective_from=clock.today(), live=False)
    new.save()
    new.save_revision().publish()
    page = ProductPage.objects.get(url_path=f"/regions{PRODUCT}")
    page.get_latest_revision().publish()
    assert Page.objects.get(pk=page.pk).live


def test_no_label_that_ended_before_it_comes_back_either(us_legal, us_legal_2, label):
    today = clock.today()
    new = replace(Label.objects.get(pk=label.pk), today)
    new.save_revision().publish()
    withdraw(us_legal, new)
    before = Label.objects.get(pk=label.pk)
    assert before.withdrawn_on == today
    for first, end in ((today, None), (today + timedelta(days=1), None), (None, today + timedelta(days=9))):
        before.effective_from, before.withdrawn_on = first or label.effective_from, end
        with pytest.raises(RefusedError, match="Write a new label"):
            before.save_revision().publish()
    before.effective_from, before.withdrawn_on = label.effective_from, today - timedelta(days=1)
    before.save_revision().publish()  # it may have ended earlier

    other = label_of(label.region, effective_from=today, live=False)
    other.save()
    other.save_revision().publish()
    other.withdrawn_on = today
    other.save_revision().publish()
    other.withdrawn_on = None
    other.save_revision().publish()
    assert Label.objects.get(pk=other.pk).is_in_force(today)


@pytest.mark.parametrize("state", ReleaseState.values)
def test_no_release_keeps_a_label_from_being_withdrawn_at_once(us, us_legal, label, state):
    release = Release.objects.create(name="New words", reason="So.")
    release.regions.set([us])
    parts.add(release, Label.objects.get(pk=label.pk), person("us-legal"))
    Release.objects.filter(pk=release.pk).update(state=state)
    withdraw(us_legal, label)
    assert not Label.objects.get(pk=label.pk).is_in_force(clock.today())
    assert [fault for fault in faults_of(release) if str(label.product) in fault]


def test_a_draft_stays_a_draft_and_its_review_ends(us_legal, label):
    say(label, indication="<p>Words that nobody has approved.</p>")
    label.save_revision(user=person("us-legal"))
    stored = Label.objects.get(pk=label.pk)
    stored.get_workflow().start(stored, person("us-legal"))
    assert "has ended" in said(withdraw(us_legal, label))
    stored = Label.objects.get(pk=label.pk)
    assert "nobody has approved" not in stored.texts.get().indication
    assert stored.has_unpublished_changes
    assert "nobody has approved" in stored.get_latest_revision_as_object().texts.get().indication
    assert stored.latest_revision.user == person("us-legal")
    assert stored.current_workflow_state is None
    assert "nobody has approved" not in LabelVersion.objects.filter(label=label.pk).last().indication
    stored.get_latest_revision_as_object().save_revision(user=person("us-legal"))  # one may go on writing


@pytest.mark.parametrize("state", ["ends", "ended", "begins", "draft"])
def test_only_a_label_in_force_is_withdrawn_at_once(us_legal, label, state):
    day = clock.today()
    label.status = Status.WITHDRAWN if state in {"ends", "ended"} else Status.APPROVED
    label.withdrawn_on = {"ends": day + timedelta(days=9), "ended": day}.get(state)
    label.effective_from = day + timedelta(days=1) if state == "begins" else label.effective_from
    label.save_revision().publish()
    if state == "draft":
        Label.objects.get(pk=label.pk).unpublish()
    withdraw(us_legal, label)
    assert UrgentWithdrawal.objects.exists() is (state == "ends")


def test_two_at_once_end_it_once(us_legal, us_legal_2, label):
    withdraw(us_legal, label)
    assert "us-legal has withdrawn this label already" in said(withdraw(us_legal_2, label))
    assert UrgentWithdrawal.objects.count() == 1


def test_no_other_way_round_the_review_has_opened(us_legal, us_legal_2, label, administrator):
    """The exception is for the very revision that an urgent withdrawal made, and for what it says."""
    label.status, label.withdrawn_on = Status.WITHDRAWN, clock.today()
    revision = label.save_revision(user=person("us-legal"))
    with acting_as(person("us-legal")), pytest.raises(RefusedError, match="without a review"):
        revision.publish(user=person("us-legal"), skip_permission_checks=True)
    withdraw(us_legal, Label.objects.get(pk=label.pk))
    label = Label.objects.get(pk=label.pk)
    say(label, indication="<p>Other words.</p>")
    revision = label.save_revision(user=person("us-legal"))
    with acting_as(person("us-legal")), pytest.raises(RefusedError, match="without a review"):
        revision.publish(user=person("us-legal"), skip_permission_checks=True)
    assert withdrawing.is_urgent_end(Label.objects.get(pk=label.pk))
    assert not withdrawing.is_urgent_end(Page.objects.get(url_path=f"/regions{PRODUCT}").specific)


def take_down(client: Client, page: Page, **more: str):
    address = reverse("take_down_page", args=[page.pk])
    return client.post(address, {"reason": "It says too much.", "is_sure": "on", **more})


def test_legal_takes_a_page_down_and_editors_read_why(client, eu_legal, eu_editor, about, mails):
    sent = mails(lambda: take_down(eu_legal, about))
    assert sent == {("eu-editor@example.com", "Taken down by legal")}
    assert client.get("/eu/about/").status_code == 410
    assert "It says too much." in findings(eu_editor, about)
    entry = PageLogEntry.objects.get(page=about.pk, action="review.take_down")
    assert str(entry.formatter.format_message(entry)) == "Taken down by legal: It says too much."
    assert entry.user == person("eu-legal")
    last = Publication.objects.chain(about.pk).last()
    assert (last.is_live, last.published_by) == (False, "eu-legal")
    submit(eu_editor, about)
    approve(eu_legal, about)
    assert fresh(about).live
    assert "It says too much." not in findings(eu_editor, about)


def test_with_what_is_below_and_its_translations_all_or_nothing(eu_legal, eu_home, monkeypatch):
    home = Page.objects.get(pk=eu_home.pk)
    therapies = Page.objects.get(url_path="/regions/eu/therapies/")
    take_down(eu_legal, therapies, with_below="on", with_translations="on")
    live = Page.objects.live().filter(slug__in=["therapies", "liver-metastases-colorectal-cancer"])
    assert {path.split("/")[2] for path in live.values_list("url_path", flat=True)} == {"us", "ap", "ca"}
    assert "home page itself stays" in said(take_down(eu_legal, home))

    unpublish = Page.unpublish

    def fail(self, **options):
        if self.slug == "legal":
            raise RefusedError("no luck")
        unpublish(self, **options)

    monkeypatch.setattr(Page, "unpublish", fail)
    before = Page.objects.live().count()
    take_down(eu_legal, home, with_below="on")
    assert Page.objects.live().count() == before
    monkeypatch.undo()
    take_down(eu_legal, home, with_below="on")
    assert [*Page.objects.descendant_of(home, inclusive=True).live()] == [home]


def test_no_older_approval_and_no_schedule_brings_it_back(eu_editor, eu_legal, administrator, about):
    submit(eu_editor, about)
    approve(eu_legal, about)
    approved = fresh(about).live_revision
    take_down(eu_legal, about)
    administrator.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={about.pk}"
    )
    assert not fresh(about).live
    with acting_as(person("admin")), pytest.raises(RefusedError, match="without a review"):
        approved.publish(user=person("admin"))
    approved.approved_go_live_at = timezone.now()
    with acting_as(person("admin")), pytest.raises(RefusedError, match="scheduled without a review"):
        approved.save()

    below = about.add_child(instance=StandardPage(title="Below", locale=about.locale, live=False))
    revision = below.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    take_down(eu_legal, about, with_below="on")
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None
    call_command("publish_scheduled")
    assert not fresh(below).live


def test_editors_ask_and_legal_answers_with_a_reason(eu_editor, eu_legal, about, mails):
    asking = reverse("request_take_down", args=[about.pk])
    sent = mails(lambda: eu_editor.post(asking, {"reason": "A number is wrong."}))
    assert sent == {("eu-legal@example.com", "A page is to come down")}
    assert "has been asked for this already" in said(eu_editor.post(asking, {"reason": "Again."}))
    asked = TakeDownRequest.objects.get()
    assert (attention("eu-legal")["take-downs"], attention("eu-editor")["take-downs"]) == (1, 0)
    address = reverse("take_down_request", args=[asked.pk])
    assert "A number is wrong." in eu_legal.get(address).text
    eu_legal.post(address, {"no": "1"})
    assert not TakeDownAnswer.objects.exists()
    sent = mails(lambda: eu_legal.post(address, {"no": "1", "reason": "The number is right."}))
    assert sent == {("eu-editor@example.com", "Not taken down")}
    assert fresh(about).live

    eu_editor.post(asking, {"reason": "It is wrong."})
    asked = TakeDownRequest.objects.first()
    eu_legal.post(reverse("take_down_request", args=[asked.pk]), {"yes": "1"})
    assert not fresh(about).live
    assert (asked.answer.is_granted, PageTakeDown.objects.get().reason) == (True, "It is wrong.")


@pytest.mark.parametrize("buttons", [{}, {"yes": "1", "no": "1"}])
def test_without_a_button_or_with_both_nothing_is_decided(eu_legal, about, eu, us_legal, label, buttons):
    asked = TakeDownRequest(page=about.pk, title="-", region=eu, reason="-", by=person("eu-editor"))
    asked.save()
    withdraw(us_legal, label)
    posted = {"reason": "A reason.", **buttons}
    assert eu_legal.post(reverse("take_down_request", args=[asked.pk]), posted).status_code == 200
    address = reverse("withdrawal", args=[UrgentWithdrawal.objects.get().pk])
    assert signed_in("admin").post(address, posted).status_code == 200
    assert [*TakeDownAnswer.objects.all(), *SecondOpinion.objects.all()] == []
    assert fresh(about).live


def test_nobody_grants_what_they_asked_for_themselves(about):
    person("eu-editor").groups.add(Group.objects.get(name="eu legal"))
    both = signed_in("eu-editor")
    both.post(reverse("request_take_down", args=[about.pk]), {"reason": "A number is wrong."})
    asked = TakeDownRequest.objects.get()
    assert "Another person" in said(both.post(reverse("take_down_request", args=[asked.pk]), {"yes": "1"}))
    assert fresh(about).live


def test_legal_puts_the_pages_of_its_menu_in_order(client, eu_legal, eu_home):
    def slugs() -> list[str]:
        return [page.slug for page in Page.objects.child_of(Page.objects.get(pk=eu_home.pk)).order_by("path")]

    address = reverse("order_pages", args=[eu_home.pk])
    before = slugs()
    places = {page.slug: f"page-{page.pk}" for page in Page.objects.child_of(eu_home)}
    assert f'name="{places["about"]}"' in eu_legal.get(address).text
    wanted = ["about", *(slug for slug in reversed(before) if slug != "about")]
    posted = {places[slug]: number for number, slug in enumerate(wanted, start=1)}
    assert "in the new order" in said(eu_legal.post(address, posted))
    assert slugs() == wanted
    menu = client.get("/eu/").text
    assert menu.index('href="/eu/about/"') < menu.index('href="/eu/therapies/"')
    assert all(page.live for page in Page.objects.child_of(eu_home))
    assert eu_legal.post(address, {places["about"]: "1"}).status_code == 200  # not every page has a place
    assert slugs() == wanted
    assert "Nothing moves yet" in eu_legal.post(address, posted).text
    first, second, *_others, last = wanted
    answer = eu_legal.post(address, {**posted, places[first]: "3", places[last]: "3"})
    assert "is to have this place, too" in answer.text
    assert slugs() == wanted
    eu_legal.post(address, {**posted, places[last]: "1"})  # which another page has
    assert slugs() == [last, *wanted[:-1]]
    eu_legal.post(address, {**dict(zip(map(places.get, slugs()), count(1), strict=False)), places[last]: "2"})
    assert slugs() == [first, last, second, *_others]


def test_to_keep_pages_up_takes_two_people_and_to_take_them_down_one(us, us_legal, us_legal_2, client, label):
    def choose(browser: Client, **given: str):
        posted = {"region": "us", "us-reason": "The safety text must stay.", **given}
        return browser.post(reverse("ending_choices"), posted)

    assert "Pages come down." in us_legal.get(reverse("ending_choices")).text
    choose(us_legal, keep="1")
    proposal = EndingChoice.objects.proposal(us)
    assert not EndingChoice.objects.keeping([us.pk])
    assert attention("us-legal-2")["endings"] == 1
    assert "Another person" in said(choose(us_legal, confirm="1", proposal=str(proposal.pk)))
    assert not EndingChoice.objects.keeping([us.pk])
    choose(us_legal_2, confirm="1", proposal=str(proposal.pk))
    assert EndingChoice.objects.keeping([us.pk]) == {us.pk}
    withdraw(us_legal, label)
    assert "This label was withdrawn on" in client.get(PRODUCT).text
    choose(us_legal, take_down="1")
    assert not EndingChoice.objects.keeping([us.pk])
    assert not Page.objects.get(url_path=f"/regions{PRODUCT}").live
    assert "is not the last any more" in said(choose(us_legal_2, confirm="1", proposal=str(proposal.pk)))


SCREENS = {
    "withdraw_label": ("us-legal", "us-legal-2", "admin"),
    "withdrawal": ("us-legal", "us-legal-2", "admin"),
    "take_down_page": ("us-legal", "us-legal-2", "admin"),
    "order_pages": ("us-legal", "us-legal-2", "admin"),
    "take_down_request": ("us-legal", "us-legal-2", "admin"),
    "request_take_down": ("us-editor", "admin"),
    "ending_choices": ("us-legal", "us-legal-2", "admin", "eu-legal"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_each_screen_is_open_to_those_only_whose_decision_it_is(screen, us, us_home, us_legal_2, label):
    page = Page.objects.child_of(us_home).get(slug="about")
    other = Label.objects.filter(region__code="eu").first()
    made = UrgentWithdrawal(
        label=label, revision=other.live_revision, ended_on=clock.today(), reason="-", by=person("eu-legal")
    )
    made.save()
    asked = TakeDownRequest(page=page.pk, title="-", region=us, reason="-", by=person("us-editor"))
    asked.save()
    numbers = {"withdraw_label": label.pk, "withdrawal": made.pk, "take_down_request": asked.pk}
    args = [] if screen == "ending_choices" else [numbers.get(screen, page.pk)]
    people = ["us-editor", "us-legal", "us-legal-2", "eu-editor", "eu-legal", "admin"]
    address = reverse(screen, args=args)
    posted = {"region": "us", "keep": "1", "us-reason": "-", "reason": "-", "is_sure": "on", "yes": "1"}
    for name in people:
        browser = signed_in(name)
        may = name in SCREENS[screen]
        assert (browser.get(address).status_code != 302) is may, name
        if not may or name == "eu-legal":
            assert browser.post(address, posted).status_code == 302
    assert Client().get(address).status_code == 302
    assert [*PageTakeDown.objects.all(), *SecondOpinion.objects.all()] == []
    assert EndingChoice.objects.filter(region=us).count() == 0
    assert Label.objects.get(pk=label.pk).is_in_force(clock.today())
    assert TakeDownRequest.objects.count() == 1


def test_a_failing_mail_stops_nothing_and_is_logged(us_legal, label, mails, monkeypatch, caplog):
    monkeypatch.setattr("home.mail.send_mail", lambda *_given: 1 / 0)
    assert mails(lambda: withdraw(us_legal, label)) == set()
    assert Label.objects.get(pk=label.pk).status == Status.WITHDRAWN
    assert "could not be sent to" in caplog.text
    assert mail.outbox == []
    assert TaskState.objects.filter(status="in_progress").count() == 0
    assert waiting(StandardPage.objects.first()) is None


def test_whoever_decides_is_told_who_got_no_mail(eu_legal, about, monkeypatch):
    monkeypatch.setattr("home.mail.send_mail", lambda *_given: 1 / 0)
    answer = take_down(eu_legal, about)
    assert "Taken down: " in said(answer)
    assert "No e-mail could be sent to eu-editor. Tell them yourself." in said(answer)


def test_what_becomes_of_the_pages_is_told_as_the_region_has_chosen(us_legal, label):
    address = reverse("withdraw_label", args=[label.pk])
    assert "name the product and come down:" in us_legal.get(address).text
    EndingChoice.objects.create(region=label.region, keeps_up=True, is_in_force=True)
    assert "Your region keeps them up" in us_legal.get(address).text
    Mention.objects.all().delete()
    assert "No live page names the product." in us_legal.get(address).text


def test_the_screens_are_offered_where_people_work(eu_legal, eu_editor, us_legal, about, label):
    explorer = reverse("wagtailadmin_explore", args=[about.get_parent().pk])
    offered = {
        name: [reverse(screen, args=[about.pk]) in browser.get(explorer).text for screen in ASKED]
        for name, browser in (("legal", eu_legal), ("editor", eu_editor))
    }
    assert offered == {"legal": [True, False], "editor": [False, True]}
    assert reverse("order_pages", args=[about.get_parent().pk]) in eu_legal.get(explorer).text
    editor = reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk])
    assert reverse("withdraw_label", args=[label.pk]) in us_legal.get(editor).text
    assert reverse("ending_choices") in us_legal.get(reverse("wagtailadmin_home")).text


ASKED = ["take_down_page", "request_take_down"]
