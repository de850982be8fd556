"""The register holds each published page's links, and legal reads it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from region_gate.auditing import link_index
from region_gate.links.policies import Decision
from region_gate.models import Policy, RegisteredLink

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/links/"


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Return what publishes a page and lets what follows the commit happen."""

    def publish(page):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        return page

    return publish


def links(page) -> dict[str, RegisteredLink]:
    return {link.text: link for link in RegisteredLink.objects.filter(page=page.pk)}


def test_a_publication_records_the_links_of_the_page_navigation_included(publish, eu_home):
    eu_home.intro = '<p><a href="https://site.test/a">Away</a> <a href="ftp://old.test/">Old</a></p>'
    publish(eu_home)
    found = links(eu_home)
    away = found["Away"]
    assert (away.kind, away.outcome, away.host, away.url) == (
        "third-party",
        "gated",
        "site.test",
        "https://site.test/a",
    )
    assert (away.region, away.language) == ("eu", "en")
    assert (found["Old"].outcome, found["Old"].reason) == ("blocked", "scheme")
    assert found["Change region"].outcome == "passed"


def test_the_register_names_the_policy_that_decided(publish, eu_home):
    policy = Policy.objects.create(decision=Decision.EXEMPT, host="site.test", reason="Duty.", live=True)
    eu_home.intro = '<p><a href="https://site.test/">Away</a></p>'
    publish(eu_home)
    assert links(eu_home)["Away"].policy == policy
    assert links(eu_home)["Away"].outcome == "passed"


def test_a_link_keeps_the_moment_it_was_first_seen(publish, eu_home):
    publish(eu_home)
    first = timezone.now() - timedelta(days=30)
    RegisteredLink.objects.filter(page=eu_home.pk).update(first_seen=first)
    eu_home.intro = '<p><a href="https://site.test/">Away</a></p>'
    publish(eu_home)
    found = links(eu_home)
    assert found["Change region"].first_seen == first
    assert found["Away"].first_seen > first


def test_a_page_taken_down_is_forgotten(publish, us_home):
    publish(us_home)
    assert links(us_home)
    us_home.unpublish()
    assert not links(us_home)


def test_a_page_that_cannot_be_visited_keeps_its_record_until_it_is_healed(
    publish, eu_home, monkeypatch, caplog
):
    publish(eu_home)
    before = {*links(eu_home)}
    with monkeypatch.context() as broken:
        broken.setattr(link_index, "_links", lambda *told: 1 / 0)
        eu_home.intro = '<p><a href="https://site.test/">Away</a></p>'
        publish(eu_home)
    assert {*links(eu_home)} == before
    assert "could not be recorded" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert eu_home.live
    assert eu_home.pk in link_index.behind().values_list("pk", flat=True)
    call_command("keep_record")
    assert "Away" in links(eu_home)
    assert eu_home.pk not in link_index.behind().values_list("pk", flat=True)


def test_the_links_of_a_host_that_is_not_allowed_are_recorded(publish, eu_home, settings):
    settings.ALLOWED_HOSTS = ["www.hospital.example"]
    eu_home.intro = '<p><a href="https://site.test/">Away</a></p>'
    publish(eu_home)
    assert (links(eu_home)["Away"].region, links(eu_home)["Away"].outcome) == ("eu", "gated")


def test_legal_reads_and_filters_the_report(eu_legal, publish, eu_home):
    eu_home.intro = '<p><a href="https://site.test/">Away</a></p>'
    publish(eu_home)
    assert eu_legal.get(REPORT).status_code == 200
    assert "site.test" in eu_legal.get(REPORT, {"host": "site.test", "region": "eu"}).text
    assert "site.test" not in eu_legal.get(REPORT, {"kind": "cross-region"}).text.partition("<table")[2]


def test_an_editor_does_not_see_the_report(eu_editor):
    for address in (REPORT, f"{REPORT}results/", f"{REPORT}?export=csv"):
        assert eu_editor.get(address).status_code in (302, 403)


def test_the_exports_compute_nothing(eu_legal, publish, eu_home):
    eu_home.intro = '<p><a href="https://site.test/">=cmd|calc</a></p>'
    publish(eu_home)
    csv = b"".join(eu_legal.get(REPORT, {"export": "csv"})).decode()
    assert ",'=cmd|calc," in csv
    sheet = load_workbook(BytesIO(b"".join(eu_legal.get(REPORT, {"export": "xlsx"})))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "'=cmd|calc" in cells


def test_the_register_and_its_exports_hold_long_addresses_whole(eu_legal, publish, eu_home):
    href = "https://site.test/?" + "&" * 3981
    eu_home.intro = f'<p><a href="{href.replace("&", "&amp;")}">Long</a></p>'
    publish(eu_home)
    long = links(eu_home)["Long"]
    assert (len(long.url), long.href, long.url, long.outcome) == (4000, href, href, "gated")
    csv = b"".join(eu_legal.get(REPORT, {"export": "csv"})).decode()
    assert f",{href},{href}," in csv
    sheet = load_workbook(BytesIO(b"".join(eu_legal.get(REPORT, {"export": "xlsx"})))).active
    assert href in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_long_register_opens_with_as_many_queries(
    eu_legal, publish, eu_home, django_assert_max_num_queries
):
    publish(eu_home)
    row = RegisteredLink.objects.filter(page=eu_home.pk).values().first()
    RegisteredLink.objects.bulk_create(RegisteredLink(**{**row, "id": None}) for _ in range(5000))
    with django_assert_max_num_queries(30):
        assert eu_legal.get(REPORT).status_code == 200
