"""What the cache in front is told to drop, and what happens when it does not."""

import logging
from datetime import timedelta
from typing import ClassVar

import pytest
import requests
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.models import Page, Site

from config.settings.cdn import frontend_caches
from jobs.attempts import waiting
from jobs.overdue import failed_tasks
from jobs.registry import PURGE
from jobs.retries import USUAL_PAUSES
from page_cache.purging import MAX_ADDRESSES, drop, purge, purge_all
from region_gate.links.policies import Decision
from region_gate.models import Policy
from therapies.models import Label

from ..jobs.conftest import work

pytestmark = pytest.mark.django_db

EVERYTHING = ["http://localhost/*"]
ABOUT = "/regions/eu/about/"


class Front(BaseBackend):
    """A cache in front that notes what it is told, and fails as often as it is to."""

    told: ClassVar[list[list[str]]] = []
    failures = 0

    def purge_batch(self, urls):
        """Note what is to be dropped."""
        self.told.append([*urls])
        if Front.failures:
            Front.failures -= 1
            logging.getLogger("wagtail.frontendcache").error("Couldn't purge.")


@pytest.fixture
def front(settings):
    """The cache in front."""
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.Front"}}
    Front.told.clear()
    Front.failures = 0
    return Front


@pytest.fixture
def dropped(front, django_capture_on_commit_callbacks):
    """Return what gives the addresses that the cache in front is told to drop by a change."""

    def by(change) -> list[str]:
        front.told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        work(PURGE)
        return sorted({url for told in front.told for url in told})

    return by


def test_a_page_with_other_words_takes_its_own_addresses_along_and_no_more(dropped, front, one_person_may):
    page = Page.objects.get(url_path=ABOUT).specific
    page.intro = "<p>Other words.</p>"
    paths = [url.removeprefix("http://localhost") for url in dropped(page.save_revision().publish)]
    translations = {f"{language}/eu/about/" for language in ("", "/de", "/fr")}
    assert {*paths} == {*translations, "/eu/", "/eu/glossary/", "/", "/sitemap.xml"}
    assert len(front.told) == 1


@pytest.mark.parametrize("change", ["title", "slug", "show_in_menus"])
def test_what_other_pages_show_of_it_takes_everything_along(dropped, one_person_may, change):
    page = Page.objects.get(url_path=ABOUT).specific
    setattr(page, change, not page.show_in_menus if change == "show_in_menus" else "other")
    assert dropped(page.save_revision().publish) == EVERYTHING


def test_what_comes_down_moves_or_goes_takes_everything_along(dropped):
    page = Page.objects.get(url_path=ABOUT)
    neighbour = page.get_prev_sibling() or page.get_next_sibling()
    assert dropped(lambda: page.move(neighbour, "left")) == EVERYTHING
    assert dropped(page.unpublish) == EVERYTHING
    assert dropped(page.delete) == EVERYTHING


def test_what_many_pages_show_takes_everything_along(dropped):
    policy = Policy(decision=Decision.BLOCKED, host="a.example", reason="Asked for.", live=True)
    assert dropped(policy.save) == EVERYTHING
    assert dropped(Label.objects.filter(live=True).first().save) == EVERYTHING


def test_every_host_is_told(dropped, eu_home):
    Site.objects.create(hostname="eu.example.com", root_page=eu_home)
    policy = Policy(decision=Decision.BLOCKED, host="a.example", reason="Asked for.", live=True)
    assert dropped(policy.save) == ["http://eu.example.com/*", *EVERYTHING]


def test_drafts_and_what_is_undone_drop_nothing(dropped):
    page = Page.objects.get(url_path=ABOUT).specific
    assert dropped(page.save_revision) == []

    def undone() -> None:
        with transaction.atomic():
            page.save()
            transaction.set_rollback(True)

    assert dropped(undone) == []


def test_without_a_cache_in_front_nothing_is_done(settings, django_capture_on_commit_callbacks):
    settings.WAGTAILFRONTENDCACHE = {}
    with django_capture_on_commit_callbacks(execute=True):
        Policy.objects.create(decision=Decision.BLOCKED, host="a.example", reason="Asked for.", live=True)
    assert not DBTaskResult.objects.exists()


@pytest.fixture
def refused(dropped, front) -> Policy:
    """A change of which a cache that is away was told once."""
    front.failures = 99
    policy = Policy(decision=Decision.BLOCKED, host="a.example", reason="Asked for.", live=True)
    assert dropped(policy.save) == EVERYTHING
    return policy


def test_a_cache_that_does_not_drop_is_asked_again_and_told_of(refused, front):
    assert Policy.objects.filter(pk=refused.pk).exists()
    now = timezone.now()
    for pause in USUAL_PAUSES:
        assert not failed_tasks().exists()
        now += pause + timedelta(seconds=30)
        with time_machine.travel(now):
            assert work(PURGE) == 1
    assert len(front.told) == 1 + len(USUAL_PAUSES)
    (given_up,) = failed_tasks()
    assert "http://localhost/*" in given_up.return_value


def test_a_cache_that_is_back_drops_what_it_was_told_of_meanwhile(refused, front):
    front.failures = 0
    with time_machine.travel(timezone.now() + USUAL_PAUSES[0] + timedelta(seconds=1)):
        assert work(PURGE) == 1
    assert front.told == [EVERYTHING] * 2


def test_what_to_drop_is_kept_with_the_change(front):
    """So that nobody who is killed once it is committed leaves a cache that was not told."""
    with transaction.atomic():
        purge(["http://localhost/eu/"])
        assert waiting(PURGE).count() == 1
        transaction.set_rollback(True)
    assert not waiting(PURGE).exists()


def test_one_transaction_tells_of_each_address_once_whatever_is_undone_in_it(dropped, front):
    def change() -> None:
        with transaction.atomic():
            purge(["http://localhost/eu/"])
            transaction.set_rollback(True)
        purge(["http://localhost/eu/", "http://localhost/us/"])
        purge(["http://localhost/eu/"])

    dropped(change)
    assert front.told == [["http://localhost/eu/", "http://localhost/us/"]]


def test_everything_takes_the_place_of_all_else(dropped, front):
    def change() -> None:
        purge(["http://localhost/eu/"])
        purge_all()
        purge(["http://localhost/eu/about/"])
        purge_all()

    dropped(change)
    assert front.told == [EVERYTHING]


def test_what_changes_much_tells_of_everything(dropped, front):
    def change() -> None:
        for number in range(MAX_ADDRESSES + 50):
            purge([f"http://localhost/{number}/"])

    dropped(change)
    assert front.told == [EVERYTHING]


def test_cloudflare_drops_the_zone_where_all_is_to_go(settings, monkeypatch):
    monkeypatch.setenv("CLOUDFLARE_TOKEN", "a token")
    settings.WAGTAILFRONTENDCACHE = frontend_caches("cloudflare:zone")
    asked = []

    def post(url, json, headers, timeout):
        asked.append((url, json, headers["Authorization"]))
        answer = requests.Response()
        answer.status_code, answer._content = 200, b'{"success": true}'
        return answer

    monkeypatch.setattr(requests, "post", post)
    drop.func(["http://localhost/eu/", *EVERYTHING])
    drop.func(["http://localhost/eu/"])
    address = "https://api.cloudflare.com/client/v4/zones/zone/purge_cache"
    assert asked == [
        (address, {"purge_everything": True}, "Bearer a token"),
        (address, {"files": ["http://localhost/eu/"]}, "Bearer a token"),
    ]


@pytest.mark.parametrize("cdn", ["varnish", "cloudfront:", "cloudflare:", "ftp://host", ":"])
def test_what_is_no_cache_in_front_is_refused(cdn):
    with pytest.raises(ValueError, match="CDN"):
        frontend_caches(cdn)


def test_the_variable_names_one():
    assert frontend_caches("") == {}
    assert frontend_caches("http://127.0.0.1:6081")["default"]["LOCATION"] == "http://127.0.0.1:6081"
    assert frontend_caches("cloudfront:E1")["default"]["DISTRIBUTION_ID"] == "E1"
