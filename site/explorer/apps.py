"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExplorerConfig(AppConfig):
    """The lists of pages in the admin, in the place of Wagtail's."""

    name = "explorer"
    verbose_name = _("Explorer")

    def ready(self) -> None:
        """Have the editor describe a body's blocks once."""
        from .block_definitions import remember_blocks

        remember_blocks()
