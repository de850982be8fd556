"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionLogConfig(AppConfig):
    """Who did what."""

    name = "action_log"
    verbose_name = _("Action log")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep each entry of Wagtail's logs with what is true of its person and its region then."""
        from . import signals  # noqa: F401 - registers the steps
