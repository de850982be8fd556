"""The page cache's settings, checked; and what tells one release from another."""

import pytest
from django.conf import settings as site
from django.core.checks import run_checks

from config.settings.page_cache import page_cache
from page_cache import software


def found_by_checks() -> set[str]:
    return {message.id for message in run_checks() if str(message.id).startswith("page_cache.")}


def test_the_sites_own_are_right(db):
    assert found_by_checks() == set()


@pytest.mark.parametrize("name", ["CACHE_MAX_STALE", "PAGE_CACHE_MEGABYTES"])
@pytest.mark.parametrize("value", [-1, "600", None, 1.5])
def test_a_number_that_is_none_is_found(db, settings, name, value):
    setattr(settings, name, value)
    assert found_by_checks() == {"page_cache.E002"}


def test_a_missing_cache_is_found(db, settings):
    settings.CACHES = {"default": site.CACHES["default"]}
    assert found_by_checks() == {"page_cache.E001"}


def test_pages_are_kept_in_memory_or_in_the_shared_cache():
    assert "PageMemory" in page_cache({"BACKEND": "django.core.cache.backends.locmem.LocMemCache"})["BACKEND"]
    shared = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://somewhere"}
    assert page_cache(shared) == {**shared, "KEY_PREFIX": "pages"}


@pytest.mark.parametrize("name", ["SECRET_KEY", "TIME_ZONE", "SITE_URL"])
def test_another_release_and_other_settings_make_other_pages(settings, name, monkeypatch, tmp_path):
    fingerprint = software.fingerprint.__wrapped__
    before = fingerprint()
    assert fingerprint() == before
    monkeypatch.setattr(software, "FOLDERS", ("home",))
    assert fingerprint() != before
    monkeypatch.undo()
    setattr(settings, name, "Europe/Berlin")
    assert fingerprint() != before
