"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    """The cache of public pages."""

    name = "page_cache"
    verbose_name = _("Page cache")

    def ready(self) -> None:
        """Have each change of what visitors may see start a new edition, and the settings checked."""
        from . import signals  # noqa: F401 - registers the steps
        from .checks import check_settings

        register(check_settings)
