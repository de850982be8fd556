"""What visitors behind a cache see of a change: it, the next time they ask."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import Page

from region_gate import clock
from region_gate.links.policies import Decision
from region_gate.models import Policy
from therapies.models import Label
from therapies.models.in_force import Status

PRODUCT = "/eu/sir-spheres/"
TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"


@pytest.fixture
def front(front_of, one_person_may):
    return front_of()


def test_a_page_is_kept_and_a_publication_is_seen_by_the_next_visitor(front):
    assert not front.get("/eu/about/").was_kept
    assert front.get("/eu/about/").was_kept
    assert front.get("/eu/about/?utm_source=x").status == 200
    page = Page.objects.get(url_path="/regions/eu/about/").specific
    page.intro = "<p>Words of another kind.</p>"
    page.save_revision().publish()
    for address in ("/eu/about/", "/eu/about/?utm_source=x"):
        assert "Words of another kind." in front.get(address).text
    assert front.get("/eu/about/").was_kept
    page.title = "A new name"
    page.save_revision().publish()
    assert "A new name" in front.get("/eu/").text


@pytest.mark.long
def test_only_what_shows_it_is_dropped(front):
    for _time in range(2):
        others = [front.get(address) for address in (TREATMENT, "/us/", "/eu/regions/")]
        front.get("/eu/about/")
    page = Page.objects.get(url_path="/regions/eu/about/").specific
    page.intro = "<p>Words of another kind.</p>"
    page.save_revision().publish()
    assert [front.get(address).was_kept for address in (TREATMENT, "/us/", "/eu/regions/")] == [True] * 3
    assert all(other.was_kept for other in others)
    assert not front.get("/eu/about/").was_kept


@pytest.mark.long
def test_a_page_that_comes_down_is_gone_and_one_that_comes_is_there(front):
    page = Page.objects.get(url_path="/regions/eu/about/").specific
    assert front.get("/eu/about/").status == 200
    page.unpublish()
    assert front.get("/eu/about/").status == 404
    page.save_revision().publish()
    assert front.get("/eu/about/").status == 200


def test_a_label_that_is_withdrawn_is_shown_no_more(front):
    assert front.get(PRODUCT).status == front.get(PRODUCT).status == 200
    label = Label.objects.get(region__code="eu", live=True)
    label.status, label.withdrawn_on = Status.WITHDRAWN, clock.today()
    label.save()
    assert front.get(PRODUCT).status == 410
    assert f'href="{PRODUCT}"' not in front.get("/eu/about/").text


@pytest.mark.long
def test_a_host_that_is_blocked_is_led_to_no_more(front):
    def links() -> int:
        return front.get(TREATMENT).text.count('data-crossing="third-party"')

    before = links()
    assert before == links() > 0
    for host in ("doi.org", "www.who.int", "www.cancer.org", "pubmed.ncbi.nlm.nih.gov", "clinicaltrials.gov"):
        Policy.objects.create(
            decision=Decision.BLOCKED, host=host, reason="Asked for.", live=True, subdomains=False
        )
    assert links() < before


@pytest.mark.long
def test_what_a_day_ends_ends_behind_the_cache_too(front_of):
    """The site's clock stands some seconds before midnight; Varnish's own need not."""
    label = Label.objects.get(region__code="eu", live=True)
    tomorrow = clock.today() + timedelta(days=1)
    Label._base_manager.filter(pk=label.pk).update(withdrawn_on=tomorrow, status=Status.WITHDRAWN)
    midnight = datetime.combine(tomorrow, datetime.min.time(), UTC)
    seconds = 12
    shift = (midnight - datetime.now(UTC)).total_seconds() - seconds
    front = front_of("tests.varnish.shifted", SHIFT_SECONDS=str(shift))
    answer = front.get(PRODUCT)
    asked = time.monotonic()
    assert answer.status == 200
    told = dict(part.partition("=")[::2] for part in answer.headers["Cache-Control"].split(", "))
    left = int(told["s-maxage"]) + int(told["stale-if-error"])
    assert 0 < left < seconds
    assert front.get(PRODUCT).was_kept
    time.sleep(max(0.0, asked + left + 1 - time.monotonic()))
    assert front.get(PRODUCT).status == 410


def test_whoever_is_signed_in_and_what_is_not_everybodys_passes_by(front):
    front.get("/eu/")
    assert not front.get("/eu/", Cookie="sessionid=made-up").was_kept
    assert front.get("/eu/", Cookie="consent=yes").was_kept
    for _time in range(2):
        assert not front.get("/admin/login/").was_kept
        assert not front.get("/eu/nowhere/").was_kept


@pytest.mark.long
def test_browsers_are_not_sent_what_they_have_nor_what_varnish_notes(front):
    tag = front.get("/eu/").headers["ETag"]
    assert front.get("/eu/", **{"If-None-Match": tag}).status == 304
    assert "X-Kept-Host" not in front.get("/eu/").headers
