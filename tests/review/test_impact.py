"""What a decision will change, told and shown before it is taken."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from home.models import StandardPage
from region_gate import clock
from region_gate.models import Edition, Notice, NoticeVersion, Policy, RegisteredLink
from review.impact.change import PendingChange, ending_of
from review.impact.impact import Impact
from tests.conftest import signed_in
from tests.therapies.label_texts import label_of, say
from therapies.labels.succession import replace
from therapies.models import EndingChoice, Label, LabelVersion, Mention, Product, ProductPage, Publication
from therapies.models.in_force import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    """The demo's people, by their names."""
    return {person.username: person for person in get_user_model().objects.all()}


@pytest.fixture
def label(eu) -> Label:
    """The European label, in force."""
    return Label.objects.filter(region=eu, live=True).first()


def sent(thing, writer):
    """Have `writer` write and send `thing`; return the address of its review."""
    if not thing.pk:
        thing.save()
    thing.save_revision(user=writer)
    stored = type(thing).objects.get(pk=thing.pk)
    stored.get_workflow().start(stored, writer)
    state = type(thing).objects.get(pk=thing.pk).current_workflow_task_state
    return reverse("review", args=[state.pk])


def told(html: str) -> str:
    """Return what the section about the impact says."""
    return " ".join(LexborHTMLParser(html).css_first(".review-impact").text().split())


def groups(change: PendingChange) -> dict[str, list[str]]:
    """Return the groups: their headings, and of each row where it is and why."""
    found = Impact(change).groups
    return {one.heading: [f"{row.region}, {row.subject}: {row.reason}" for row in one.rows] for one in found}


def preview_of(client, html: str, number: int = 0):
    """Follow the link to a preview."""
    links = [a.attributes["href"] for a in LexborHTMLParser(html).css(".review-impact-rows .review-preview")]
    return client.get(links[number])


def state_of_the_site() -> tuple:
    """Return all that a preview must leave as it is."""
    kept = (Publication, LabelVersion, NoticeVersion, RegisteredLink, Mention)
    rows = [[*model.objects.order_by("pk").values_list("pk", flat=True)] for model in kept]
    things = (Label, Product, Policy, Notice, Page)
    return (Edition.current(), rows, [[*model.objects.order_by("pk").values()] for model in things])


def test_the_reviewer_of_a_label_sees_its_pages_and_one_of_them_as_it_will_be(
    label, people, mailoutbox, django_capture_on_commit_callbacks
):
    say(label, indication="<p>For adults above seventy.</p>")
    screen = sent(label, people["admin"])
    legal = signed_in("eu-legal")
    shown = legal.get(screen).text
    page = (
        ProductPage.objects.live()
        .filter(mentions__product=label.product_id)
        .child_of(label.region.home_pages.get(locale__language_code="en"))[0]
    )
    assert page.title in told(shown)
    assert f"in these words from {clock.today():%-d %B %Y} on" in told(shown)
    assert "is older than these words" in told(shown)
    before = state_of_the_site()
    mailoutbox.clear()
    with django_capture_on_commit_callbacks() as later:
        seen = preview_of(legal, shown)
    assert "For adults above seventy." in seen.text
    assert "no-store" in seen["Cache-Control"]
    assert seen["X-Robots-Tag"] == "noindex"
    assert (later, mailoutbox) == ([], [])
    assert state_of_the_site() == before
    assert "above seventy" not in signed_in("us-editor").get(page.url).text


@pytest.mark.parametrize(
    ("days", "keeps_up", "fate"),
    [
        (0, True, "It stays up, with the label’s last safety information, marked as withdrawn."),
        (0, False, "It comes down."),
        (30, False, "It comes down."),
    ],
)
def test_a_label_that_ends_says_what_becomes_of_its_pages(label, days, keeps_up, fate):
    EndingChoice.objects.create(region=label.region, keeps_up=keeps_up, is_in_force=True)
    before = Label.objects.get(pk=label.pk)
    label.withdrawn_on, label.status = clock.today() + timedelta(days=days), Status.WITHDRAWN
    found = groups(PendingChange(before, label, clock.today()))
    (ended,) = (rows for heading, rows in found.items() if "no label allows" in heading)
    assert ended
    assert all(fate in row or "home page" in row for row in ended)
    assert any("shows it" in heading or "that show it" in heading for heading in found) is (days > 0)


def test_pages_that_are_kept_up_are_seen_as_they_will_be(label, people):
    EndingChoice.objects.create(region=label.region, keeps_up=True, is_in_force=True)
    label.withdrawn_on, label.status = clock.today() + timedelta(days=1), Status.WITHDRAWN
    legal = signed_in("eu-legal")
    shown = legal.get(sent(label, people["admin"])).text
    assert "marked as withdrawn" in told(shown)
    before = state_of_the_site()
    links = LexborHTMLParser(shown).css(".review-impact-rows a[href*=ended]")
    seen = legal.get(links[0].attributes["href"])
    assert LexborHTMLParser(seen.text).css_first("section.withdrawn-labels") is not None
    assert state_of_the_site() == before


def test_what_replaces_a_label_is_seen_in_its_place(label, people):
    next_one = replace(label, clock.today() + timedelta(days=9))
    say(next_one, indication="<p>For adults above seventy.</p>")
    shown = signed_in("eu-legal").get(sent(next_one, people["admin"])).text
    seen = preview_of(signed_in("eu-legal"), shown).text
    assert "For adults above seventy." in seen
    assert label.stored_texts()[0].indication not in seen


def test_another_label_in_force_keeps_the_pages_up(label, eu):
    QuerySet(Label).bulk_create([label_of(eu, effective_from=clock.today(), live=True)])
    assert not any("no label" in heading for heading in groups(ending_of(label)))


def test_what_ends_by_unpublishing_is_told_at_the_confirmation(label, administrator):
    shown = administrator.get(reverse(Label.snippet_viewset.get_url_name("unpublish"), args=[label.pk])).text
    assert "It comes down." in told(shown)
    assert LexborHTMLParser(shown).css_first(".review-impact-rows .review-preview") is None
    assert Label.objects.get(pk=label.pk).live


def test_new_names_of_a_product_are_looked_for_on_all_pages(people, eu_home, us_home):
    product = Product.objects.get()
    for home in (eu_home, us_home):
        page = home.add_child(instance=StandardPage(title="Our microspheres", slug="spheres", live=False))
        page.save_revision().publish()
    product.further_names += "\nmicrospheres"
    Label.objects.filter(region=us_home.region).delete()
    screen = sent(product, people["admin"])
    legal = signed_in("eu-legal")
    shown = legal.get(screen).text
    found = groups(PendingChange(Product.objects.get(), product, clock.today()))
    (refused,) = (rows for heading, rows in found.items() if "where no label allows it" in heading)
    (allowed,) = (rows for heading, rows in found.items() if "will show its label" in heading)
    assert any(row.startswith("United States, Our microspheres: It says “microspheres”.") for row in refused)
    assert any(row.startswith("Europe, Our microspheres") for row in allowed)
    rows = LexborHTMLParser(shown).css(".review-impact-rows tbody tr")
    told_of = [row.text() for row in rows if row.css_first(".review-preview")]
    place = next(n for n, row in enumerate(told_of) if "Europe" in row and "Our microspheres" in row)
    before = state_of_the_site()
    assert (
        Label.objects.filter(region=eu_home.region).first().registration_number
        in preview_of(legal, shown, place).text
    )
    assert state_of_the_site() == before


def test_a_name_taken_away_says_which_pages_lose_the_label(eu_home):
    stored, product = Product.objects.get(), Product.objects.get()
    product.name, product.further_names = "Something else", ""
    found = groups(PendingChange(stored, product, clock.today()))
    (lost,) = (rows for heading, rows in found.items() if "no longer be found" in heading)
    assert len(lost) == Mention.objects.filter(product=product.pk, page__live=True).count()
    assert "names stay watched" in next(iter(groups(ending_of(stored))))


def test_a_notice_says_who_reads_other_words_and_who_has_their_own(people):
    notice = Notice.objects.get(region="", kind="third-party", locale__language_code="en")
    notice.heading = "You are about to leave"
    screen = sent(notice, people["admin"])
    legal = signed_in("eu-legal")
    shown = legal.get(screen).text
    assert "Who will read other words than now" in told(shown)
    assert "Then: “You are about to leave”" in told(shown)
    before = state_of_the_site()
    assert "You are about to leave" in preview_of(legal, shown).text
    assert state_of_the_site() == before
    own = NoticeVersion.objects.in_force().get(notice=notice.pk)
    NoticeVersion.objects.create(
        kind=own.kind,
        region="us",
        language=own.language,
        heading="Ours",
        body="B",
        continue_label="Continue",
        published_at=own.published_at,
    )
    found = groups(PendingChange(Notice.objects.get(pk=notice.pk), notice, clock.today()))
    (rows,) = (rows for heading, rows in found.items() if "own notice stands before" in heading)
    assert [row.partition(",")[0] for row in rows] == ["United States"]


def test_a_policy_says_which_links_will_mean_something_else(people, eu_home):
    link = RegisteredLink.objects.filter(kind="third-party", page__live=True).first()
    assert link is not None
    policy = Policy(decision="blocked", host=link.host, reason="Gone.", live=False)
    screen = sent(policy, people["admin"])
    legal = signed_in("us-legal")
    shown = legal.get(screen).text
    assert "Third party → Blocked" in told(shown)
    assert link.page.title in told(shown)
    before = state_of_the_site()
    page = LexborHTMLParser(preview_of(legal, shown).text)
    assert not [a for a in page.css("a") if link.host in (a.attributes.get("href") or "")]
    assert state_of_the_site() == before
    policy.ends = clock.today() + timedelta(days=9)
    begins, ends = groups(PendingChange(None, policy, clock.today())).items()
    assert f"from {policy.ends + timedelta(days=1):%-d %B %Y} on" in ends[0]
    assert "Third party → Blocked" in begins[1][0]
    assert "Blocked → Third party" in ends[1][0]
    taken = Policy(decision="exempt", host=link.host, reason="The same place.")
    policy.live = True
    policy.save()
    assert "Blocked → Exempt" in str(groups(PendingChange(None, taken, clock.today())))
    nothing = Policy(decision="exempt", host="nowhere.example", reason="A duty.")
    assert groups(PendingChange(None, nothing, clock.today())) == {
        "No link on a live page will mean anything else.": []
    }


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("eu-legal", 200),
        ("admin", 200),
        ("us-legal", 302),
        ("eu-editor", 302),
        ("us-editor", 302),
        (None, 302),
    ],
)
def test_only_those_who_decide_see_what_it_would_change(label, people, client, name, answer):
    say(label, indication="<p>Something secret.</p>")
    screen = sent(label, people["admin"])
    client = signed_in(name) if name else client
    page = Mention.objects.filter(product=label.product_id, page__path__startswith="0001").first()
    legal = signed_in("eu-legal")
    link = LexborHTMLParser(legal.get(screen).text).css_first(".review-impact-rows .review-preview")
    for address in (f"{screen}impact/", f"{screen}impact/?export=csv", link.attributes["href"]):
        found = client.get(address)
        assert found.status_code == answer, address
        assert answer == 200 or b"secret" not in b"".join(found)
    assert client.post(link.attributes["href"]).status_code in (302, 405)
    ending = reverse("review_ending_impact", args=["therapies", "label", label.pk])
    assert client.get(ending).status_code == (200 if name == "admin" else 302)
    assert page is not None


@pytest.mark.parametrize(
    "query",
    ["", "?page=1", "?page=999999", "?page=x", "?page=²", "?region=eu&language=en", "?page=" + "9" * 30],
)
def test_nothing_else_is_previewed(label, people, query):
    screen = sent(label, people["admin"])
    assert signed_in("eu-legal").get(f"{screen}impact/preview/{query}").status_code == 404


@pytest.mark.parametrize("place", ["therapies/topic/1", "auth/user/1", "no/such/1", "therapies/label/99999"])
def test_no_other_thing_ends_here(administrator, place):
    assert administrator.get(f"/admin/review/ending/{place}/impact/").status_code == 404


def test_many_pages_take_no_more_queries_and_fifty_are_shown(label, people, eu_home):
    say(label, indication="<p>Other words.</p>")
    screen = sent(label, people["admin"])
    legal = signed_in("eu-legal")
    legal.get(screen)
    with CaptureQueriesContext(connection) as few:
        legal.get(screen)
    for number in range(60):
        page = eu_home.add_child(instance=StandardPage(title=f"Many {number}", slug=f"many-{number}"))
        Mention.objects.get_or_create(page=page, product=label.product)
    with CaptureQueriesContext(connection) as many:
        shown = legal.get(screen).text
    assert len(many) <= len(few)
    assert len(LexborHTMLParser(shown).css(".review-impact-rows tbody tr")) == 50
    whole = legal.get(f"{screen}impact/").text
    assert "Many 59" in told(whole)
    assert b"Many 59" in b"".join(legal.get(f"{screen}impact/?export=csv"))
