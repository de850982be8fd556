"""The app's configuration."""

from django.apps import AppConfig
from django.conf import settings


class MonitoringConfig(AppConfig):
    """Health, metrics and error reports."""

    name = "monitoring"

    def ready(self) -> None:
        """Begin to report errors, if an address for them is set."""
        if settings.SENTRY_DSN:
            from .error_reports import report_errors_to

            report_errors_to(settings.SENTRY_DSN)
