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
        from . import signals, whole_names  # noqa: F401 - registers the steps
        from .models.whole_names import listed_names
        from .renditions import show_broken_as_missing

        whole_names.sources.append(listed_names)
        show_broken_as_missing()
