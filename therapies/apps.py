"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    """Treatment content."""

    name = "therapies"
    verbose_name = _("Therapies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what happens when a region is opened or a reference deleted, and check the settings."""
        from . import checks, signals  # noqa: F401 - connects the receivers

        register(checks.check_doi_proxy)
