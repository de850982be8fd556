"""The tests' own databases are the demo's, whatever another run has left beside them."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.models import QuerySet

from home.models import Region

from .database import database_apart


def test_a_copy_does_not_take_up_the_log_of_a_process_that_was_stopped(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            pytest.skip("only SQLite keeps a log beside the file")
        with database_apart():
            log = Path(f"{connection.settings_dict['NAME']}-wal")
            names = set(Region.objects.values_list("name", flat=True))
            QuerySet(Region).filter(code="eu").update(name="Of another run")
            left = log.read_bytes()
        log.write_bytes(left)
        with database_apart():
            assert set(Region.objects.values_list("name", flat=True)) == names
