"""The app's configuration."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The site as a whole."""

    name = "config"

    def ready(self) -> None:
        """Connect what happens when a region is opened."""
        from . import signals  # noqa: F401 - connects the receivers
