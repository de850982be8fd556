"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    """What falls due reaches whoever has to act."""

    name = "reminders"
    verbose_name = _("Reminders")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the settings checked, and safety changes told of."""
        from . import conf, signals  # noqa: F401 - registers the steps

        register(conf.check_settings)
