"""What Prometheus is told, by a process of its own."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError

import pytest
from prometheus_client import REGISTRY

from monitoring.exposition import forget_ended
from tests.browser.server import ROOT, serving
from tests.config.test_settings import manage

pytestmark = pytest.mark.django_db


def counted(**labels: str) -> float:
    return REGISTRY.get_sample_value("site_requests_total", labels) or 0.0


def test_requests_are_counted_by_view_and_outcome(client):
    labels = {"view": "wagtail_serve", "method": "GET", "status": "200"}
    before = counted(**labels)
    client.get("/eu/")
    assert counted(**labels) == before + 1


def test_a_made_up_method_is_counted_among_others(client):
    labels = {"view": "", "method": "other", "status": "200"}
    before = counted(**labels)
    client.generic("BREW", "/healthz")
    assert counted(**labels) == before + 1


@contextmanager
def metrics_served(folder: Path) -> Iterator[str]:
    """Serve the metrics of the site in `folder`, and give their address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = {**os.environ, "DATA_DIR": str(folder), "METRICS_BIND": bind}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve_metrics"], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    )
    with process:
        try:
            process.stdout.readline()
            yield bind
        finally:
            process.terminate()
    assert process.returncode == 0


def asked(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
        return answer.read().decode()


def test_what_all_processes_count_is_served_at_an_inner_address(tmp_path, settings):
    with metrics_served(tmp_path) as bind:
        with serving(METRICS_BIND=bind, DATA_DIR=str(tmp_path), WEB_CONCURRENCY="2") as site:
            for _ in range(4):
                with suppress(HTTPError):
                    asked(f"{site}/nowhere/")
            told = asked(f"http://{bind}/metrics")
        assert 'site_requests_total{method="GET",status="404",view="wagtail_serve"} 4.0' in told
        assert 'site_part_well{part="database"}' in told


def test_what_ended_processes_have_counted_is_deleted(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for process in (ended.pid, os.getpid()):
        (tmp_path / f"counter_{process}.db").touch()
    forget_ended(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [f"counter_{os.getpid()}.db"]


def test_it_does_not_start_where_nobody_said_where(tmp_path):
    refused = manage("serve_metrics", settings="dev", tmp_path=tmp_path)
    assert refused.returncode != 0
    assert "METRICS_BIND is not set" in refused.stderr


@pytest.mark.parametrize("bind", ["9100", "127.0.0.1:", "127.0.0.1:99999", ":9100", "127.0.0.1:a"])
def test_what_is_no_address_is_refused(tmp_path, bind):
    refused = manage("check", settings="dev", tmp_path=tmp_path, METRICS_BIND=bind)
    assert refused.returncode != 0
    assert "METRICS_BIND has to be like" in refused.stderr
