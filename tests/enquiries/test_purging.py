"""What people wrote is deleted when its time is over, unless a legal hold keeps it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import timezone

from action_log.models import LoggedAction
from enquiries.models import Enquiry
from enquiries.purging import PURGED, purge
from jobs.registry import job_named
from tests.legal_holds.conftest import end, hold, person  # noqa: F401 - a fixture
from therapies.models import Product

from .conftest import WORDS, make

pytestmark = pytest.mark.django_db
OLD = timedelta(days=181)


def old(region, **given) -> Enquiry:
    return make(region, received_at=timezone.now() - OLD, **given)


def left() -> list[int]:
    return sorted(Enquiry.objects.values_list("pk", flat=True))


def test_what_is_old_goes_answered_or_not_and_what_is_young_stays(eu):
    old(eu)
    old(eu, answered_at=timezone.now())
    young = make(eu, received_at=timezone.now() - timedelta(days=179))
    assert purge() == "2 enquiries."
    assert left() == [young.pk]
    assert purge() == ""


def test_that_it_went_is_noted_without_what_it_said(eu):
    gone = old(eu).pk
    purge()
    (noted,) = LoggedAction.objects.filter(action=PURGED)
    assert (noted.object_id, noted.regions.strip(), noted.title) == (str(gone), "eu", f"Enquiry {gone}")
    assert noted.message == "Enquiry deleted, for its time was over"
    for secret in (WORDS, "patient@example.org", "Pat Ient"):
        assert secret not in str(LoggedAction.objects.values().get(pk=noted.pk))


def test_a_setting_says_how_long(eu, settings):
    old(eu)
    settings.ENQUIRIES_KEPT_DAYS = 200
    purge()
    assert len(left()) == 1


@pytest.mark.parametrize("days", [0, -1, "180", 4000, None])
def test_a_setting_that_cannot_be_is_named(settings, days):
    settings.ENQUIRIES_KEPT_DAYS = days
    with pytest.raises(SystemCheckError, match=r"enquiries\.E001"):
        call_command("check")


def test_a_rate_that_cannot_be_is_named(settings):
    settings.ENQUIRIES_PER_HOUR = 0
    with pytest.raises(SystemCheckError, match=r"enquiries\.E002"):
        call_command("check")


HELD = {
    "the region": lambda eu: ("region", eu),
    "the sender": lambda eu: ("email", "PATIENT@example.org"),
    "a name in the words": lambda eu: ("email", "nurse@example.org"),
    "a product that it names": lambda eu: ("product", Product.objects.get()),
    "who answered": lambda eu: ("person", person("eu-legal")),
}


@pytest.mark.parametrize("what", HELD)
def test_what_a_hold_names_stays_until_it_ends(hold, eu, us, what):  # noqa: F811 - the fixture
    said = "nurse@example.org gave me SIR-Spheres."
    kept = old(eu, message=said, answered_by=person("eu-legal"))
    other = old(us, email="somebody@example.org", message="Hello.")
    held = hold(*HELD[what](eu))
    purge()
    assert left() == [kept.pk]
    assert not Enquiry.objects.filter(pk=other.pk).exists()
    end(held)
    purge()
    assert left() == []


def test_the_worker_does_it_each_night(eu):
    old(eu)
    assert job_named("enquiries").run() == "1 enquiries."
