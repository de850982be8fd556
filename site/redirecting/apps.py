"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RedirectingConfig(AppConfig):
    """Rules that lead from addresses without a page to where visitors shall go."""

    name = "redirecting"
    label = "forwarding"  # as the tables and permissions have been called from the start
    verbose_name = _("Redirects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what happens when a page moves or is published."""
        from . import signals  # noqa: F401 - registers the steps
