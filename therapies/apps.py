"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    """Treatment content."""

    name = "therapies"
    verbose_name = _("Therapies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what happens when regions open and things are published."""
        from . import signals  # noqa: F401 - connects the receivers
        from .page_record import signals as record_signals  # noqa: F401 - after those whose outcome it keeps
