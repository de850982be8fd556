"""Two people who decide at once make one decision, and nothing goes live without a label."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[2]
# A few of each kind that was seen to go wrong; `python -m tests.races` runs more, and all.
KINDS = [
    "page: approve, request changes",
    "page: approve, approve",
    "label: approve, approve",
    "one code for two pages",
    "two saves of one draft",
    "two saves of one reference",
    "withdraw a label, approve a page",
    "withdraw a label at once, approve a page",
    "publish_scheduled twice",
    "release: publish_scheduled twice",
    "one page into two releases",
    "set a hold, delete its page",
    "anchor_record twice",
]


@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite lets one transaction write at a time, so there is no race",
)
def test_two_people_at_once_make_one_decision(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connections.close_all()  # a database that somebody uses cannot be copied
    chosen = [part for kind in KINDS for part in ("--kind", kind)]
    command = [sys.executable, "-m", "tests.races", "--rounds", "2", "--template", template, *chosen]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
