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
<<<<<<< HEAD
        """Connect what happens when regions open and things are published; have the settings checked."""
        from . import signals  # noqa: F401 - connects the receivers
        from .reports.checks import check_settings
=======
        """Have the settings checked, and connect what happens when regions open and things are published."""
        from . import ending_signals, signals  # noqa: F401 - connects the receivers
        from .conf import check_settings
        from .page_record import signals as record_signals  # noqa: F401 - after those whose outcome it keeps
>>>>>>> record

        register(check_settings)
