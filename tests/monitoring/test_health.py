"""What a load balancer is told, by whatever name it asks."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from monitoring import readiness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unasked():
    """Have the migrations asked for anew."""
    readiness._require_applied.cache_clear()
    yield
    readiness._require_applied.cache_clear()


def test_a_process_that_lives_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.text) == (200, "alive\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_process_that_can_serve_says_so(client, monkeypatch):
    monkeypatch.setattr("config.jobs.overdue", list)
    answer = client.get("/readyz", headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "parts": {"database": "well", "migrations": "well", "cache": "well", "worker": "well"},
    }


def test_without_the_database_it_cannot_serve(client):
    def fail(*told):
        raise DatabaseError("no answer")

    with connection.execute_wrapper(fail):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "does not answer"


def test_without_its_migrations_it_cannot_serve(client):
    loader = MigrationLoader(connection)
    for app, name in loader.graph.leaf_nodes("review"):
        MigrationRecorder(connection).record_unapplied(app, name)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == "1 to be applied"


def test_migrations_are_asked_for_until_they_are_applied(client, monkeypatch, django_assert_max_num_queries):
    client.get("/readyz")
    monkeypatch.setattr("config.jobs.overdue", list)
    with django_assert_max_num_queries(1):
        assert client.get("/readyz").status_code == 200


def test_without_the_cache_it_serves_and_somebody_has_to_look(client, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *told: None)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["parts"]["cache"].startswith("does not answer")


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/", "/de/healthz", "/healthz/x", "/HEALTHZ"])
def test_nothing_else_is_answered_so(client, path):
    assert client.get(path).status_code in (301, 302, 404)


def test_without_a_worker_it_serves_and_somebody_has_to_look(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["parts"]["worker"].startswith("overdue: publish_scheduled, enforce_labels")
