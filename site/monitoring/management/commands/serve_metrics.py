"""Serve what is counted to Prometheus, at an inner address, until it is ended."""

from signal import SIG_BLOCK, SIGINT, SIGTERM, pthread_sigmask, sigwait
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from prometheus_client import start_http_server

from monitoring.exposition import forget_ended, registry

ENDINGS = {SIGINT, SIGTERM}


class Command(BaseCommand):
    """Serves `/metrics` at METRICS_BIND."""

    help = "Serves the metrics of all processes of this machine at METRICS_BIND, for Prometheus."

    def handle(self, **options: Any) -> None:
        """Serve until SIGTERM or SIGINT."""
        if not settings.METRICS_BIND:
            raise CommandError("METRICS_BIND is not set: it is like 127.0.0.1:9100, where only you can ask.")
        pthread_sigmask(SIG_BLOCK, ENDINGS)  # for all threads: the server's goes on until it is told
        host, _colon, port = settings.METRICS_BIND.rpartition(":")
        forget_ended(settings.METRICS_DIR)
        try:
            server, _thread = start_http_server(int(port), host, registry(settings.METRICS_DIR))
        except OSError as error:
            raise CommandError(f"Nothing can listen at {settings.METRICS_BIND}: {error}") from error
        self.stdout.write(f"Metrics at http://{settings.METRICS_BIND}/metrics")
        self.stdout.flush()
        sigwait(ENDINGS)
        server.shutdown()
