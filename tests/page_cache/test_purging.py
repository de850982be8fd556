"""What the cache in front is told to drop, and what happens when it does not."""

import logging
from typing import ClassVar

import pytest
import requests
from django.db import transaction
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.models import Page, Site

from config.settings.cdn import frontend_caches
from page_cache import purging
from page_cache.purging import PurgeError, drop
from region_gate.links.policies import Decision
from region_gate.models import Policy
from therapies.models import Label

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
    purging._due.addresses.clear()
    return Front


@pytest.fixture
def dropped(front, django_capture_on_commit_callbacks):
    """Return what gives the addresses that the cache in front is told to drop by a change."""

    def by(change) -> list[str]:
        front.told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return sorted({url for told in front.told for url in told})

    return by


def test_a_page_with_other_words_takes_its_own_addresses_along_and_no_more(dropped, front, one_person_may):
    page = Page.objects.get(url_path=ABOUT).specific
    page.intro = "<p>Other words.</p>"
    paths = [url.removeprefix("http://localhost") for url in dropped(page.save_revision().publish)]
    translations = {f"{language}/eu/about/" for language in ("", "/de", "/fr")}
    assert {*paths} == {*translations, "/eu/", "/", "/sitemap.xml"}
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
    with django_capture_on_commit_callbacks() as waiting:
        Policy.objects.create(decision=Decision.BLOCKED, host="a.example", reason="Asked for.", live=True)
    assert not [one for one in waiting if "purging" in getattr(one, "__module__", "")]


def test_a_cache_that_does_not_drop_is_asked_again_and_told_of(front):
    front.failures = 2
    drop.func(EVERYTHING)
    assert front.told == [EVERYTHING] * 3
    front.failures = 3
    with pytest.raises(PurgeError, match="localhost"):
        drop.func(EVERYTHING)


def test_a_change_stands_though_the_cache_in_front_is_away(dropped, front):
    front.failures = 99
    policy = Policy(decision=Decision.BLOCKED, host="a.example", reason="Asked for.", live=True)
    dropped(policy.save)
    assert len(front.told) == 3
    assert Policy.objects.filter(host="a.example").exists()


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
