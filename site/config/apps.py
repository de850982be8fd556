"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    """The site as a whole."""

    name = "config"

    def ready(self) -> None:
        """Connect what happens when a region is opened; have the hosts checked before the site goes out."""
        from . import signals  # noqa: F401 - registers the steps
        from .checks import check_hosts

        register(check_hosts, deploy=True)
