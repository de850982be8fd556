"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    """What visitors write to a region's team."""

    name = "enquiries"
    verbose_name = _("Enquiries")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the settings checked, and each region's legal team read its enquiries."""
        from . import conf, signals  # noqa: F401 - answers when a region is opened

        register(conf.check_settings)
