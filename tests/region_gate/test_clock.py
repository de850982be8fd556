"""The site's day is one for all, whatever the time zone of whoever is signed in."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from region_gate import clock

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ["home", "therapies", "region_gate", "site"]
BEFORE_MIDNIGHT = datetime(2027, 6, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Pago_Pago", "UTC"])
def test_the_day_is_the_same_whoever_is_signed_in(time_machine, zone):
    time_machine.move_to(BEFORE_MIDNIGHT)
    with timezone.override(zone):
        assert clock.today() == date(2027, 6, 1)
        assert clock.day_of(BEFORE_MIDNIGHT) == date(2027, 6, 1)


@pytest.fixture
def in_auckland(settings):
    """A site whose own day is that of Auckland."""
    settings.TIME_ZONE = "Pacific/Auckland"
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


def test_the_day_is_that_of_the_sites_time_zone(time_machine, in_auckland):
    time_machine.move_to(BEFORE_MIDNIGHT)
    with timezone.override("UTC"):
        assert clock.today() == date(2027, 6, 2)
        assert clock.zone() == "Pacific/Auckland"


@pytest.mark.parametrize(
    "asking",
    [
        "from django.utils import timezone\nDAY = timezone.localdate()\n",
        "from django.utils.timezone import localdate\nDAY = localdate()\n",
        "from datetime import date\nDAY = date.today()\n",
        "import datetime\nDAY = datetime.datetime.today()\n",
        "from datetime import datetime\nDAY = datetime.now().date()\n",
    ],
)
def test_asking_for_the_day_elsewhere_is_found(asking):
    check = [Path(sys.executable).with_name("ruff"), "check", "--no-cache", "--stdin-filename", "home/new.py"]
    found = subprocess.run([*check, "-"], input=asking, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert re.search("TID251|DTZ", found.stdout)


def test_no_other_module_cuts_the_day_off_a_moment():
    sources = (path for part in HOUSE for path in (ROOT / part).rglob("*.py"))
    cutting = {str(path.relative_to(ROOT)) for path in sources if ".date()" in path.read_text()}
    # The jobs' moments are told the site's zone, and know no clock.
    assert cutting == {"region_gate/clock.py", "site/jobs/moments.py"}


def test_a_day_is_assumed_for_what_is_tried_before_it():
    now = clock.today()
    with clock.assumed(now + timedelta(days=9)):
        assert clock.today() == now + timedelta(days=9)
    assert clock.today() == now
