"""What becomes of old addresses when a page is renamed, moved or published."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, Page, Site

from home.models import StandardPage
from redirecting.models import Redirect

pytestmark = pytest.mark.django_db

TOPIC = "liver-metastases-colorectal-cancer/"


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another slug, as a publication would."""

    def renamed(page: Page, slug: str, *, live: bool | None = None) -> Page:
        fresh = Page.objects.get(pk=page.pk).specific
        fresh.slug = slug
        fresh.live = fresh.live if live is None else live
        with django_capture_on_commit_callbacks(execute=True):
            fresh.save()
        return fresh

    return renamed


def move(page: Page, target: Page) -> Page:
    Page.objects.get(pk=page.pk).specific.move(Page.objects.get(pk=target.pk).specific, pos="last-child")
    return Page.objects.get(pk=page.pk).specific


def child(home: Page, slug: str) -> Page:
    return Page.objects.child_of(home).get(slug=slug)


def below(parent: Page, slug: str, *, live: bool = True) -> Page:
    page = StandardPage(title=slug.title(), slug=slug, live=live)
    return Page.objects.get(pk=parent.pk).specific.add_child(instance=page)


def kept() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_an_old_slug_leads_to_the_new_one(client, eu_home, rename):
    rename(child(eu_home, "about"), "company")
    assert kept() == {"/eu/about": "/eu/company/"}
    for method in (client.get, client.head):
        answer = method("/eu/about/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/eu/company/")
    assert client.post("/eu/about/").status_code == 404
    assert client.get("/eu/about/", follow=True).status_code == 200


def test_each_page_below_leads_on_in_its_own_address(client, eu, rename):
    german = eu.home_pages.get(locale__language_code="de")
    rename(child(german, "therapies"), "therapien")
    found = kept()
    assert found["/de/eu/therapies"] == "/de/eu/therapien/"
    assert found[f"/de/eu/therapies/{TOPIC}".rstrip("/")] == f"/de/eu/therapien/{TOPIC}"
    assert len(found) == 6  # the other topics' as well
    answer = client.get(f"/de/eu/therapies/{TOPIC}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/de/eu/therapien/{TOPIC}")
    assert client.get(f"/eu/therapies/{TOPIC}").status_code == 200


def test_a_moved_page_takes_its_live_pages_along(client, eu_home):
    about, contact = child(eu_home, "about"), child(eu_home, "contact")
    team = below(about, "team")
    below(team, "board")
    below(team, "draft", live=False)
    move(team, contact)
    assert kept() == {
        "/eu/about/team": "/eu/contact/team/",
        "/eu/about/team/board": "/eu/contact/team/board/",
    }
    answer = client.get("/eu/about/team/board/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/eu/contact/team/board/")
    assert client.get("/eu/about/team/draft/").status_code == 404


def test_a_page_moved_into_another_region_is_reached_through_the_gate(client, eu_home, us_home):
    move(below(child(eu_home, "about"), "team"), child(us_home, "about"))
    assert kept() == {"/eu/about/team": "/us/about/team/"}
    answer = client.get("/eu/about/team/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/leaving/?to=http://testserver/us/about/team/&from=eu&sig=")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_new_order_among_siblings_writes_nothing(eu_home):
    move(child(eu_home, "about"), eu_home)
    assert kept() == {}


def test_no_chain_grows(client, eu_home, rename, keep):
    keep("/campaign", "/eu/about")
    about = child(eu_home, "about")
    for slug in ("company", "who-we-are", "us"):
        rename(about, slug)
    assert kept() == {
        "/campaign": "/eu/us/",
        "/eu/about": "/eu/us/",
        "/eu/company": "/eu/us/",
        "/eu/who-we-are": "/eu/us/",
    }
    assert client.get("/eu/company/").headers["Location"] == "/eu/us/"


@pytest.mark.long
def test_a_page_that_returns_finds_its_address_free(client, eu_home, rename):
    about = child(eu_home, "about")
    rename(about, "company")
    rename(about, "about")
    assert kept() == {"/eu/company": "/eu/about/"}
    assert client.get("/eu/about/").status_code == 200
    contact = child(eu_home, "contact")
    team = below(about, "team")
    move(team, contact)
    move(team, about)
    assert kept() == {"/eu/company": "/eu/about/", "/eu/contact/team": "/eu/about/team/"}


def test_a_page_published_at_an_old_address_takes_it(client, eu_home, rename):
    rename(child(eu_home, "about"), "company")
    draft = below(eu_home, "about", live=False)
    assert client.get("/eu/about/").status_code == 301
    draft.save_revision().publish()
    assert kept() == {}
    assert client.get("/eu/about/").status_code == 200


def test_two_pages_that_trade_places_lead_nowhere_wrong(client, eu_home, rename):
    about, contact = child(eu_home, "about"), child(eu_home, "contact")
    rename(about, "between")
    rename(contact, "about")
    rename(about, "contact")
    assert kept() == {"/eu/between": "/eu/contact/"}
    for address in ("/eu/about/", "/eu/contact/"):
        assert client.get(address).status_code == 200


def test_a_page_that_was_never_public_leaves_no_address(eu_home, rename):
    draft = below(eu_home, "secret", live=False)
    rename(draft, "still-secret")
    rename(draft, "public", live=True)
    assert kept() == {}


def test_a_page_that_was_public_once_leaves_its_address(eu_home, rename):
    about = child(eu_home, "about").specific
    about.unpublish()
    rename(about, "company", live=True)
    assert kept() == {"/eu/about": "/eu/company/"}


def test_a_slug_changed_by_approval_leads_on(client, eu_home, django_capture_on_commit_callbacks):
    about = child(eu_home, "about").specific
    about.slug = "company"
    revision = about.save_revision()
    assert kept() == {}
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert client.get("/eu/about/").headers["Location"] == "/eu/company/"


def test_all_rules_are_written_or_none(eu_home, rename, keep, monkeypatch):
    keep("/campaign", "/eu/therapies/")

    def fail(*_arguments: object, **_more: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(type(Redirect.objects), "bulk_create", fail)
    with pytest.raises(DatabaseError):
        rename(child(eu_home, "therapies"), "treatments")
    assert kept() == {"/campaign": "/eu/therapies/"}


def test_a_subtree_takes_as_many_queries_as_a_page(eu_home, rename, monkeypatch):
    # The record of pages looks at each page that has a new address, as it must.
    for put in ("publish", "settle"):
        monkeypatch.setattr(f"therapies.page_record.signals.{put}", lambda *arguments, **more: None)
    alone, parent = below(eu_home, "alone"), below(eu_home, "parent")
    for number in range(30):
        below(parent, f"page-{number}")
    spent = []
    for page, slug in [(alone, "write-to-us"), (parent, "company")]:
        with CaptureQueriesContext(connection) as queries:
            rename(page, slug)
        spent.append(len(queries))
    assert spent[1] <= spent[0]
    assert len(kept()) == 32


def test_letters_of_any_script_lead_on(client, eu_home, rename):
    page = below(eu_home, "über-uns")
    rename(page, "profil-é")
    assert kept() == {"/eu/%C3%BCber-uns": "/eu/profil-%C3%A9/"}
    assert client.get("/eu/über-uns/", follow=True).status_code == 200


@pytest.mark.long
def test_a_region_on_its_own_host_leads_on_there_too(client, eu_home, rename):
    Site.objects.create(hostname="eu.example.com", root_page=eu_home)
    rename(child(eu_home, "about"), "company")
    assert kept() == {"/about": "/company/", "/eu/about": "/eu/company/"}
    answer = client.get("/about/", headers={"host": "eu.example.com"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "/company/")


def test_a_page_that_leaves_a_host_is_named_with_its_new_one(eu_home, us_home):
    Site.objects.create(hostname="eu.example.com", root_page=eu_home)
    move(below(child(eu_home, "about"), "team"), child(us_home, "about"))
    assert kept()["/about/team"] == "http://localhost/us/about/team/"


def test_a_rule_that_gives_way_stands_in_the_log(eu_home, rename, administrator, keep):
    rule = keep("/eu/company", "/eu/contact/")
    rename(child(eu_home, "about"), "company")
    entry = ModelLogEntry.objects.get(action="wagtail.delete", object_id=str(rule.pk))
    assert "/eu/company" in entry.label
