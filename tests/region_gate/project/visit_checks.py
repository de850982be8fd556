"""`check` finds what would leave a new site ungated, and is silent where there is no database yet."""

from pathlib import Path
from unittest import mock

import pytest
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.db.models import QuerySet
from django.middleware.locale import LocaleMiddleware
from wagtail.models import Locale, Site

from region_gate import conf
from region_gate.links.regions import Address, Regions, RegionSpec
from region_gate.models import Notice, NoticeVersion
from region_gate.placement_checks import INSIDE, MIDDLEWARE, OUTSIDE, check_placement
from region_gate.region_checks import check_regions

pytestmark = pytest.mark.django_db
HOST = "www.example.com"


class OwnLocale(LocaleMiddleware):
    """A middleware of a site's own."""


@pytest.fixture(autouse=True)
def _site(settings):
    site = Site.objects.get()
    site.hostname = HOST
    site.save()
    settings.LANGUAGES = [("en", "English")]


def ids(messages) -> list[str]:
    return [message.id.removeprefix("region_gate.") for message in messages]


def found() -> list[str]:
    return ids(check_regions(None))


def given(*addresses: Address, code: str = "eu") -> mock._patch:
    regions = Regions((RegionSpec(code, "Europe", addresses),)) if addresses else Regions()
    return mock.patch.object(conf, "regions", return_value=regions)


def test_a_site_in_order_has_nothing_to_say():
    assert found() == ids(check_placement(None)) == []


@pytest.mark.parametrize("name", sorted(INSIDE - {"django.middleware.cache.CacheMiddleware"}))
def test_what_answers_must_not_stand_above(settings, name):
    settings.MIDDLEWARE = [name, MIDDLEWARE]
    assert ids(check_placement(None)) == ["E013"]
    settings.MIDDLEWARE = [MIDDLEWARE, name]
    assert ids(check_placement(None)) == []


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_what_compresses_must_not_stand_below(settings, name):
    settings.MIDDLEWARE = [MIDDLEWARE, name]
    assert ids(check_placement(None)) == ["E013"]
    settings.MIDDLEWARE = [name, MIDDLEWARE]
    assert ids(check_placement(None)) == []


def test_a_middleware_of_the_site_s_own_is_known_by_what_it_derives_from(settings):
    settings.MIDDLEWARE = ["project.visit_checks.OwnLocale", MIDDLEWARE]
    assert ids(check_placement(None)) == ["E013"]


def test_security_and_what_is_unknown_may_stand_above(settings):
    settings.MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "not.there", MIDDLEWARE]
    assert ids(check_placement(None)) == []


@pytest.mark.parametrize("text", [None, "<html></html>", "{# gate_script #}"])
def test_a_missing_script_is_named(settings, tmp_path, text):
    if text is not None:
        (tmp_path / "base.html").write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "APP_DIRS": False}]
    assert ids(check_placement(None)) == ["W001"]


def test_no_regions_are_named():
    with given():
        assert found() == ["W002"]


@pytest.mark.parametrize("host", ["www.exmaple.com", "example.com", f"{HOST}:8000"])
def test_a_host_that_no_site_has_is_named(host):
    with given(Address(host, "/eu/")):
        assert found() == ["W003"]
    with given(Address(HOST, "/eu/"), Address(host, "/")):
        assert found() == ["W003"]


@pytest.mark.parametrize("host", [HOST, HOST.upper(), f"{HOST}."])
def test_a_host_of_a_site_is_known_however_it_is_written(host):
    with given(Address(host, "/eu/")):
        assert found() == []


@pytest.mark.parametrize("prefix", ["/eu/", "/EU/", "/eu/admin/", "/e/"])
def test_an_ungated_path_that_covers_a_region_is_named(settings, prefix):
    settings.REGION_GATE = {**settings.REGION_GATE, "UNGATED_PREFIXES": ["/admin/", prefix]}
    with given(Address(HOST, "/e/f/" if prefix == "/e/" else "/eu/")):
        assert found() == ["E015"]


def test_an_admin_is_no_part_of_a_region_that_is_a_whole_host():
    with given(Address(HOST, "/")):
        assert found() == []


def test_two_regions_of_one_code_are_named():
    twins = Regions(tuple(RegionSpec("eu", "Europe", (Address(HOST, at),)) for at in ("/a/", "/b/")))
    with mock.patch.object(conf, "regions", return_value=twins):
        assert found() == ["E016"]


@pytest.mark.parametrize("error", [ValueError("claimed"), KeyError("eu"), RuntimeError()])
def test_regions_that_cannot_be_read_are_named(error):
    with mock.patch.object(conf, "regions", side_effect=error):
        assert found() == ["E014"]


@pytest.mark.parametrize("error", [OperationalError, ProgrammingError, InterfaceError, ImproperlyConfigured])
def test_a_database_that_is_not_there_is_no_fault(error):
    with mock.patch.object(conf, "regions", side_effect=error):
        assert found() == []


def test_words_that_are_not_on_record_are_named():
    QuerySet(NoticeVersion).delete()
    assert found() == ["W004", "W004"]


def test_words_that_were_changed_in_their_folder_are_named(settings, tmp_path):
    folder = tmp_path / "1.0"
    folder.mkdir()
    for path in Path(settings.REGION_GATE["NOTICES"]).iterdir():
        (folder / path.name).write_text(path.read_text().replace("leaving", "quitting"))
    settings.REGION_GATE = {**settings.REGION_GATE, "NOTICES": folder}
    assert found() == ["W004", "W004"]


def test_a_language_without_words_is_named_until_it_has_both(settings):
    settings.LANGUAGES = [("en", "English"), ("en-gb", "British"), ("de", "German"), ("fr", "French")]
    for kind in ("third-party", "cross-region"):
        (message,) = check_regions(None)
        assert (message.id, "in de, fr:" in message.msg) == ("region_gate.W005", True)
        german, _ = Locale.objects.get_or_create(language_code="de")
        notice = Notice(kind=kind, locale=german, heading="H", body="B", live=False)
        notice.save()
        notice.save_revision().publish()
    (message,) = check_regions(None)
    assert "in fr:" in message.msg


def test_where_the_site_names_no_languages_those_of_its_pages_count(settings):
    settings.LANGUAGES = global_settings.LANGUAGES
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("de", "German")]
    (message,) = check_regions(None)
    assert "in de:" in message.msg
