"""The lists of pages: where they open, what they show, filter and find."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale, Page, Revision
from wagtail.users.models import UserProfile

from home.models import Region, StandardPage
from region_gate import clock
from review.models import Approval
from tests.conftest import TOPIC, signed_in
from tests.review.conftest import screen, submit, write
from therapies.models import CatchUp, Product, SourceChange, Topic

from .conftest import explorer, listed

pytestmark = pytest.mark.django_db
SEARCH = "/admin/pages/search/"


@pytest.fixture
def root(db) -> Page:
    """The root of all pages."""
    return Page.get_first_root_node()


def cells(client, address: str, **asked: object) -> list[list[str]]:
    rows = LexborHTMLParser(client.get(address, asked).text).css("table.listing tbody tr")
    return [[" ".join(cell.text().split()) for cell in row.css("td")] for row in rows]


@pytest.mark.parametrize(("name", "code"), [("eu-editor", "eu"), ("us-legal", "us")])
def test_pages_open_at_the_persons_own_region(name, code):
    home = Region.objects.get(code=code).home_pages.get(locale__language_code="en")
    client = signed_in(name)
    answer = client.get("/admin/pages/")
    assert answer.url == explorer(home)
    assert client.get("/admin/pages/", {"q": "a&b"}).url == f"{explorer(home)}?q=a%26b"
    assert f'"{explorer(home)}"' in client.get("/admin/").text


def test_pages_open_in_the_persons_language(eu):
    client = signed_in("eu-editor")
    user = client.get("/admin/").wsgi_request.user
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "de"})
    home = eu.home_pages.get(locale__language_code="de")
    assert client.get("/admin/pages/").url == explorer(home)


def test_who_works_in_all_regions_begins_above_them(administrator):
    answer = administrator.get("/admin/pages/")
    assert answer.status_code == 200


def test_each_page_is_listed_with_its_region_and_language(eu_editor, eu_home):
    for row in cells(eu_editor, explorer(eu_home)):
        assert "Europe" in row
        assert "English" in row


def test_more_pages_take_no_more_queries(eu_home):
    for name in ("eu-editor", "eu-legal", "admin"):
        client = signed_in(name)
        client.get(explorer(eu_home))
        with CaptureQueriesContext(connection) as few:
            client.get(explorer(eu_home))
        for number in range(10):
            page = StandardPage(title=f"More of {name} {number}", slug=f"{name}-{number}")
            eu_home.add_child(instance=page)
        with CaptureQueriesContext(connection) as many:
            client.get(explorer(eu_home))
        assert len(many) <= len(few) + 2, name


def test_pages_are_filtered_by_region_and_language(administrator, root, eu, us):
    german = Locale.objects.get(language_code="de")
    found = listed(administrator, explorer(root), region=eu.code, locale="de", p=1)
    expected = Page.objects.filter(locale=german, path__startswith=eu.home_pages.get(locale=german).path)
    assert len(found) == expected.count() > 0
    both = cells(administrator, explorer(root), region=[eu.code, us.code], locale="en")
    assert {region for row in both for region in ("Europe", "United States", "Canada") if region in row} == {
        "Europe",
        "United States",
    }


def test_pages_are_filtered_by_state(eu_editor, eu_legal, eu_home, about):
    title = "About us"
    assert title in listed(eu_editor, explorer(eu_home), state="live")
    assert listed(eu_editor, explorer(eu_home), state="changed") == []
    write(eu_editor, about, title)
    assert listed(eu_editor, explorer(eu_home), state="changed") == [title]
    submit(eu_editor, about, title)
    assert listed(eu_editor, explorer(eu_home), state="review") == [title]
    eu_legal.post(screen(about), {"reject": "1", "reject-comment": "Why?"})
    assert listed(eu_editor, explorer(eu_home), state="sent-back") == [title]
    assert listed(eu_editor, explorer(eu_home), state="scheduled") == []
    Revision.objects.filter(pk=Page.objects.get(pk=about.pk).latest_revision_id).update(
        approved_go_live_at=timezone.now() + timedelta(days=3)
    )
    assert listed(eu_editor, explorer(eu_home), state="scheduled") == [title]
    eu_home.add_child(instance=StandardPage(title="Begun", slug="begun", live=False))
    both = listed(eu_editor, explorer(eu_home), state=["draft", "sent-back"])
    assert sorted(both) == [title, "Begun"]


def test_pages_are_filtered_by_product_and_topic(eu_editor, eu_home):
    product, topic = Product.objects.get(), Topic.objects.get(slug=TOPIC)
    named = Page.objects.filter(mentions__product=product).descendant_of(eu_home, inclusive=False)
    assert len(listed(eu_editor, explorer(eu_home), product=product.pk)) == named.count() > 0
    (one,) = listed(eu_editor, explorer(eu_home), topic=topic.pk)
    assert one in {page.title for page in Page.objects.descendant_of(eu_home)}


def test_pages_are_filtered_by_the_day_of_their_review(eu_editor, eu_home, about):
    day = clock.today() + timedelta(days=900)
    Approval.objects.filter(page=about.pk).update(review_by=day)
    assert Approval.objects.shown().filter(page=about.pk, review_by=day).exists()
    title = "About us"
    assert listed(eu_editor, explorer(eu_home), review_by_from=day) == [title]
    assert title not in listed(eu_editor, explorer(eu_home), review_by_to=day - timedelta(days=1))
    assert title in listed(eu_editor, explorer(eu_home), review_by_to=day)


def test_pages_are_filtered_by_being_behind(eu_editor, english, german):
    moment = timezone.now()
    CatchUp.objects.create(
        page=german, source=english, up_to=moment - timedelta(days=1), in_effect_since=moment
    )
    SourceChange.objects.create(page=english, at=moment)
    home = german.get_parent()
    assert listed(eu_editor, explorer(home), behind="behind") == [german.title]
    assert listed(eu_editor, explorer(home), behind="urgent") == []
    QuerySet(SourceChange).update(is_urgent=True)
    assert listed(eu_editor, explorer(home), behind="urgent") == [german.title]


def test_filters_and_a_search_hold_together(administrator, root, eu):
    asked = {"q": "About us", "region": eu.code, "locale": "en"}
    assert listed(administrator, explorer(root), **asked, state="live")[0] == "About us"
    assert "About us" not in listed(administrator, explorer(root), **{**asked, "locale": "de"}, state="live")
    assert "About us" not in listed(administrator, explorer(root), **asked, state="draft")


@pytest.mark.parametrize("address", [SEARCH, None])
def test_a_search_marks_the_words_in_titles_and_texts(eu_editor, eu_home, address):
    page = StandardPage(
        title="A <b> leaflet", slug="leaflet", intro="<p>What the zebrafinch &amp; others sing</p>"
    )
    eu_home.add_child(instance=page)
    shown = eu_editor.get(address or explorer(eu_home), {"q": "leafl"}).text
    assert "A &lt;b&gt; <mark>leafl</mark>et" in shown
    shown = eu_editor.get(address or explorer(eu_home), {"q": "zebrafinch"}).text
    assert "What the <mark>zebrafinch</mark> &amp; others sing" in shown


def test_a_search_finds_nobody_elses_drafts(eu_editor, us_home):
    page = us_home.add_child(instance=StandardPage(title="Walrus", slug="walrus", live=False))
    for address in (SEARCH, explorer(Page.get_first_root_node())):
        assert page.title not in eu_editor.get(address, {"q": "walrus", "search_all": "1"}, follow=True).text


@pytest.mark.parametrize("query", ['"', "%", "a" * 500, "_", "\\", "OR", "' OR 1=1"])
def test_a_search_for_whatever_is_typed_breaks_nothing(administrator, query):
    for address in (SEARCH, explorer(Page.get_first_root_node())):
        assert administrator.get(address, {"q": query}).status_code == 200


@pytest.mark.parametrize("asked", [{"region": "x"}, {"state": "x"}, {"review_by_from": "x"}, {"behind": "x"}])
def test_a_filter_that_makes_no_sense_breaks_nothing(eu_editor, eu_home, asked):
    assert eu_editor.get(explorer(eu_home), asked).status_code == 200


def test_where_pages_are_added_one_of_another_region_is_offered(eu_editor, eu_legal, eu_home):
    usable = reverse("therapies_usable_pages")
    assert usable in eu_editor.get(reverse("wagtailadmin_pages:add_subpage", args=[eu_home.pk])).text
    assert usable in eu_editor.get(explorer(eu_home)).text
    assert usable not in eu_legal.get(explorer(eu_home)).text


def test_the_search_says_what_it_counts(eu_editor):
    head = LexborHTMLParser(eu_editor.get(SEARCH, {"q": "contact"}).text).css_first("table.listing th.title")
    assert "pages" in head.text()
    assert "None" not in head.text()


def test_topics_that_another_region_has_only_proposed_are_not_offered(eu_editor, administrator, eu_home, us):
    proposed = Topic.objects.create(name="Proposed elsewhere", slug="proposed-elsewhere", is_approved=False)
    proposed.proposed_in.add(us)
    assert "Proposed elsewhere" not in eu_editor.get(explorer(eu_home)).text
    assert "Proposed elsewhere" in administrator.get(explorer(eu_home)).text
