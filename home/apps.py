"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Regions and the pages that every region has."""

    name = "home"
    verbose_name = _("Regions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what happens when a region's home page appears, and guard pages from broken pictures."""
        from . import signals  # noqa: F401 - registers the steps
        from .renditions import show_broken_as_missing

        show_broken_as_missing()
