"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Signing in to the admin."""

    name = "accounts"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        """Have what happens to accounts logged, and the settings checked."""
        from . import signals  # noqa: F401 - listens to who signs in
        from .checks import check_settings

        register(check_settings)
